"""The keys of a screen, over that screen."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen

from dp100.tui.keys import Keyed, keys_of
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.drawn import Drawn, wrapped


class HelpScreen(ModalScreen[None]):
    """What can be pressed on the screen below, as remapped by the learner."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#panel"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, below: Screen[Any]) -> None:
        """The keys of the screen ``below``."""
        super().__init__()
        self._keys = keys_of(below)

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="panel") as panel:
            panel.border_title = "Keys"
            panel.border_subtitle = "Esc closes"
            yield Drawn(self._draw)

    def _draw(self, width: int) -> list[Content]:
        here = [line for line in self._keys if not line.moving]
        moving = [line for line in self._keys if line.moving]
        column = max((len(line.keys) for line in self._keys), default=0) + 3
        lines: list[Content] = []
        for title, group in (("On this screen", here), ("Moving about", moving)):
            if group:
                lines += [Content()] * bool(lines)
                lines += [Content.styled(title, "$quiet"), *(_line(entry, column, width) for entry in group)]
        lines.append(Content())
        lines += wrapped(
            "Tab goes from part to part. The mouse works too. Settings (,) can move every key.",
            width,
            "$quiet",
        )
        return lines

    def action_scroll(self, by: int) -> None:
        self.query_one("#panel").scroll_relative(y=by, animate=False)


def _line(entry: Keyed, column: int, width: int) -> Content:
    return cut(Content.assemble(cut(entry.keys, column, "$accent"), entry.word), width)
