"""Markdown from the content, typeset by Rich in the colours of the theme.

Rich wraps text and tables to the width at hand, where a scrolling widget would hide what does not fit;
and it draws a paragraph in a millisecond, which the next question is waiting for.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.markdown import CodeBlock, Markdown, MarkdownElement
from rich.segment import Segment
from rich.style import Style
from rich.theme import Theme
from textual.widgets import Static

from dp100.tui.themes import EXTRA
from dp100.tui.widgets.question.code import Code, highlighted

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token
    from textual.app import App


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    # HTML stays off: `<name>` in a stem is text that the learner must see, not a tag.
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


@lru_cache(maxsize=256)
def _parsed(text: str) -> list[Token]:
    """Rich only reads the tokens, so a text that is drawn again need not be parsed again."""
    return _parser().parse(text)


class _Fence(CodeBlock):
    """A block of code in the colours of the theme."""

    def __init__(self, language: str, colours: dict[str, str]) -> None:
        super().__init__(language, "")
        self._colours = colours

    @classmethod
    def create(cls, markdown: Markdown, token: Token) -> _Fence:
        """The element of a token of the parser."""
        language = (token.info or "").partition(" ")[0]
        return cls(language, markdown.colours if isinstance(markdown, Typeset) else EXTRA)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        code = highlighted(str(self.text).rstrip(), self.lexer_name, self._colours)
        yield Code(code, self._colours["surface"])


class Typeset(Markdown):
    """Markdown as a Rich renderable, in given colours.

    Args:
        text: Markdown.
        colours: hex colours by the names of Textual's theme variables.
        style: of plain text, a hex colour, or ``"none"`` for that of the terminal.
    """

    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "fence": _Fence,
        "code_block": _Fence,
    }

    def __init__(self, text: str, colours: dict[str, str], *, style: str = "none") -> None:
        # Rich would make a parser of its own here, which takes longer than all the rest.
        self.markup = text
        self.parsed = _parsed(text)
        self.code_theme = self.inline_code_theme = ""
        self.inline_code_lexer = None
        self.justify = None
        self.style = style
        self.hyperlinks = False
        self.colours = colours
        accent = Style(color=colours["accent"])
        # What is judged right or wrong is so as a whole, the code in it too.
        code = accent if style == "none" else Style(color=style)
        faint = Style(color=colours["faint"])
        self._theme = Theme(
            {
                "markdown.code": code,
                "markdown.code_block": code,
                "markdown.item.bullet": accent,
                "markdown.item.number": accent,
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
        # Rich puts a blank line before a list or a table even where nothing stands above it.
        start = 0
        while start < len(rendered) and isinstance(line := rendered[start], Segment) and line.text == "\n":
            start += 1
        yield from rendered[start:]


class Kept:
    """A renderable that is rendered once for a width; a widget asks for its height first, and then for its lines."""

    def __init__(self, renderable: RenderableType) -> None:
        self._renderable = renderable
        self._rendered: tuple[int, list[Segment]] | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if self._rendered is None or self._rendered[0] != options.max_width:
            found = list(console.render(self._renderable, options.update(height=None)))
            self._rendered = (options.max_width, found)
        yield from self._rendered[1]


def colours(app: App[Any]) -> dict[str, str]:
    """The colours of the app's theme by name, with the extra ones that other themes lack."""
    return {**EXTRA, **app.theme_variables}


def typeset(app: App[Any], text: str, style: str = "none") -> Typeset:
    """Markdown in the colours of the app's theme; ``style`` names a theme variable, or is a Rich style."""
    known = colours(app)
    return Typeset(text, known, style=known.get(style, style))


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
            self.update(Kept(typeset(self.app, self._text, self._style)))
