"""Markdown from the content, typeset by Rich in the colours of the theme.

Rich wraps code and tables to the width at hand, where a scrolling widget would hide what does not fit;
and it draws a paragraph in a millisecond, which the next question is waiting for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import Markdown
from rich.style import Style
from rich.theme import Theme
from textual.widgets import Static

from dp100.tui.themes import EXTRA

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from textual.app import App


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # HTML stays off: `<name>` in a stem is text that the learner must see, not a tag.
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class Typeset(Markdown):
    """Markdown as a Rich renderable, in given colours.

    Args:
        text: Markdown.
        colours: hex colours by the names of Textual's theme variables.
        dark: whether the theme is dark, for the highlighting of code.
        style: of plain text, such as ``"#939aa8"``.
    """

    def __init__(self, text: str, colours: dict[str, str], *, dark: bool, style: str = "none") -> None:
        super().__init__("", code_theme="github-dark" if dark else "xcode", style=style, hyperlinks=False)
        self.markup = text
        self.parsed = _parser().parse(text)
        code = Style(color=colours["accent"])
        faint = Style(color=colours["faint"])
        self._theme = Theme(
            {
                "markdown.code": code,
                "markdown.code_block": code,
                "markdown.item.bullet": code,
                "markdown.item.number": code,
                "markdown.link": Style(underline=True),
                "markdown.link_url": Style(underline=True),
                "markdown.table.border": faint,
                "markdown.table.header": Style(bold=True),
                "markdown.h1": Style(bold=True),
                "markdown.h2": Style(bold=True),
                "markdown.h3": Style(bold=True),
                "markdown.hr": faint,
            }
        )

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Typeset with the colours of the theme rather than with Rich's own."""
        with console.use_theme(self._theme):
            rendered = list(super().__rich_console__(console, options))
        yield from rendered


def colours(app: App[Any]) -> dict[str, str]:
    """The colours of the app's theme by name, with the extra ones that other themes lack."""
    return {**EXTRA, **app.theme_variables}


def typeset(app: App[Any], text: str, style: str = "none") -> Typeset:
    """Markdown in the colours of the app's theme; ``style`` names a theme variable, or is a Rich style."""
    known = colours(app)
    return Typeset(text, known, dark=app.current_theme.dark, style=known.get(style, style))


class Prose(Static):
    """A block of Markdown; takes no room when there is no text."""

    DEFAULT_CSS = """
    Prose { height: auto; width: 1fr; }
    """

    def __init__(self, text: str = "", *, style: str = "none", classes: str | None = None) -> None:
        super().__init__(markup=False, classes=classes)
        self._text = text
        self._style = style

    def show(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self._typeset()

    def on_mount(self) -> None:
        self._typeset()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._typeset())

    def _typeset(self) -> None:
        self.display = bool(self._text)
        if self._text:
            self.update(typeset(self.app, self._text, self._style))
