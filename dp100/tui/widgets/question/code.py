"""Code in a question: the few colours of the theme, and long lines that show where they go on.

The terminal may be 80 columns wide and code is not: a line that does not fit goes on below, indented
further than it began, so that it is never taken for a line of its own.
"""

from __future__ import annotations

from typing import ClassVar

from pygments.token import (
    Comment,
    Keyword,
    Name,
    Number,
    Operator,
    String,
)
from rich.console import Console, ConsoleOptions, RenderResult
from rich.style import Style
from rich.syntax import Syntax, SyntaxTheme
from rich.text import Text

HANG = 4
"""Columns by which the rest of a long line is indented further than its beginning."""

_BREAK_AFTER = frozenset(" ,([{=/|&")


class Palette(SyntaxTheme):
    """Code in the colours of a theme; names stay the colour of text, as in the notes."""

    _COLOURS: ClassVar[dict[object, str]] = {
        Comment: "quiet",
        Keyword: "accent",
        Keyword.Constant: "warning",
        Operator.Word: "accent",
        Name.Decorator: "accent",
        Name.Tag: "accent",
        Number: "warning",
        String: "success",
    }

    def __init__(self, colours: dict[str, str]) -> None:
        self._styles = {token: Style(color=colours[name]) for token, name in self._COLOURS.items()}

    def get_style_for_token(self, token_type: tuple[str, ...]) -> Style:
        """The style of the token or of the nearest kind it belongs to."""
        token = token_type
        while token:
            if token in self._styles:
                return self._styles[token]
            token = getattr(token, "parent", None) or ()
        return Style.null()

    def get_background_style(self) -> Style:
        """None of its own: the block has one."""
        return Style.null()


def highlighted(code: str, language: str, colours: dict[str, str]) -> Text:
    """``code`` in colours; a language nobody knows is plain text."""
    if not language or language == "text":
        return Text(code)
    text = Syntax("", language, theme=Palette(colours)).highlight(code)
    text.rstrip()
    return text


def folded(code: Text, width: int) -> list[Text]:
    """The lines of ``code``, none wider than ``width``; what goes on is indented by :data:`HANG` more."""
    width = max(1, width)
    lines: list[Text] = []
    for line in code.split("\n", allow_blank=True):
        indent = len(line.plain) - len(line.plain.lstrip())
        hang = min(indent + HANG, width // 2)
        rest, before = line, ""
        while len(before) + rest.cell_len > width:
            room = width - len(before)
            at = _break(rest.plain, room, indent if not before else 0)
            lines.append(Text(before).append_text(rest[:at]))
            rest = rest[at:]
            stripped = len(rest.plain) - len(rest.plain.lstrip())
            rest, before = rest[stripped:], " " * hang
        if rest.plain or not before:
            lines.append(Text(before).append_text(rest))
    return lines


def _break(text: str, room: int, indent: int) -> int:
    """Where to break: behind a blank or a comma where that leaves more than a third of the line."""
    room = max(1, room)
    good = (at for at in range(room, indent + room // 3, -1) if text[at - 1] in _BREAK_AFTER)
    return next(good, room)


class Code:
    """A block of code on a background of its own, as a Rich renderable."""

    def __init__(self, text: Text, background: str) -> None:
        self.text = text
        self.background = Style(bgcolor=background)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lines of equal width, with one blank column on either side."""
        width = options.max_width
        for line in folded(self.text, width - 2):
            padded = Text(" ", style=self.background).append_text(line)
            padded.pad_right(max(0, width - padded.cell_len))
            yield from console.render(padded, options.update(no_wrap=True, overflow="crop"))
