"""Markdown of notes: nothing in it but Markdown is read, code can be focused and copied."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token as MarkdownToken
from pygments.token import Token
from textual.content import Content
from textual.highlight import HighlightTheme, highlight
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownFence

from dp100.tui.widgets.table import Table


class _Colours(HighlightTheme):
    """The themes' few colours; names stay the colour of text."""

    STYLES = {
        Token.Comment: "$quiet italic",
        Token.Keyword: "$accent",
        Token.Keyword.Constant: "$warning",
        Token.Operator.Word: "$accent",
        Token.Name.Builtin: "$foreground",
        Token.Name.Class: "bold",
        Token.Name.Function: "bold",
        Token.Name.Decorator: "$accent",
        Token.Name.Tag: "$accent",
        Token.Literal.Number: "$warning",
        Token.Literal.String: "$success",
        Token.Literal.String.Doc: "$success italic",
        Token.Number: "$warning",
        Token.String: "$success",
    }


class Fence(MarkdownFence, can_focus=True):
    """A block of code."""

    DEFAULT_CSS = """
    Fence {
        background: $surface;
        color: $foreground;
        margin: 0 0 1 0;
        border-left: wide $faint;
        &:focus { border-left: wide $accent; background: $panel; }
        & > Label { padding: 0 1; width: 100%; }
    }
    """

    @classmethod
    def highlight(cls, code: str, language: str, ansi: bool = False, dark: bool = False) -> Content:
        return highlight(code, language=language or "text", theme=_Colours)


def _parser() -> MarkdownIt:
    """CommonMark with tables. HTML is text: ``<name>`` in a note is a placeholder, not a tag."""
    return MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


class Prose(Markdown):
    """Rendered Markdown in the themes' colours."""

    BLOCKS = {**Markdown.BLOCKS, "fence": Fence, "code_block": Fence, "table_open": Table}
    DEFAULT_CSS = """
    Prose {
        padding: 0;
        MarkdownH1, MarkdownH2, MarkdownH3, MarkdownH4 {
            content-align: left middle;
            color: $accent;
            text-style: bold;
            background: transparent;
            padding: 0;
            margin: 0 0 1 0;
        }
        MarkdownParagraph { margin: 0 0 1 0; }
        MarkdownBulletList, MarkdownOrderedList { margin: 0 0 1 0; padding: 0; }
        MarkdownBlockQuote { background: transparent; border-left: wide $faint; margin: 0 0 1 0; }
        MarkdownBullet { color: $quiet; }
        MarkdownBlock:dark > .code_inline, MarkdownBlock:light > .code_inline {
            background: transparent;
            color: $accent;
        }
    }
    """

    def __init__(self, markdown: str | None = None, *, id: str | None = None) -> None:
        super().__init__(markdown, id=id, parser_factory=_parser, open_links=False)

    def unhandled_token(self, token: MarkdownToken) -> None:
        """Nothing the parser finds is left out in silence but what has no text."""
        return
