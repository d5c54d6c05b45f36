"""Where to read on: titles and addresses, which can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style
from textual.widget import Widget

from dp100.curriculum.model import Link
from dp100.tui.widgets.drawn import Drawn, wrapped

_BREAK_AFTER = "/-?&=_#"


class Links(Drawn):
    """A title and an address below it, for each link. The screen opens one by its action ``page``."""

    DEFAULT_CSS = """
    Links { margin-top: 1; display: none; }
    """

    auto_links = False  # Textual would draw what can be clicked as links, in one colour.

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__(self._lines)
        self.links = links

    def _lines(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for number, link in enumerate(self.links):
            click = Style.from_meta({"@click": f"screen.page({number})"})
            shown = [*wrapped(link.title, width), *_address(link.url, width)]
            lines += [line.stylize(click) for line in shown]
        return lines

    def render(self) -> Content:
        """All lines at once, for what is clicked in them."""
        return Content("\n").join(self.lines(self.size.width))

    render_line = Widget.render_line


def _address(url: str, width: int) -> list[Content]:
    """The address without its scheme, broken where an address has a joint."""
    rest = url.removeprefix("https://")
    indent = "  " if width > 20 else ""
    room = max(1, width - len(indent))
    lines = []
    while rest:
        at = len(rest)
        if at > room:
            at = next((at for at in range(room, room // 2, -1) if rest[at - 1] in _BREAK_AFTER), room)
        lines.append(Content.assemble(indent, (rest[:at], "$quiet underline")))
        rest = rest[at:]
    return lines
