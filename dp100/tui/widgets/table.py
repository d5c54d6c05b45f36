"""A table of a note, with columns as wide as what is in them asks for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets._markdown import MarkdownTable

_GAP = 2
_LONGEST_WORD = 28
"""Words longer than this are broken rather than allowed to set the width of their column."""


def column_widths(cells: Sequence[Sequence[Content]], width: int) -> list[int]:
    """Cells for each column, so that the table is at most ``width`` wide.

    Every column has room for its longest word; what is left goes to those that would like more, in proportion.
    When not even the words fit, the columns shrink alike.

    Args:
        cells: Rows of cells, all of the same length.
        width: What there is, gaps included.
    """
    columns = list(zip(*cells, strict=True))
    wishes = [max(1, *(cell.cell_length for cell in column)) for column in columns]
    room = max(len(columns), width - _GAP * (len(columns) - 1))
    if sum(wishes) <= room:
        return wishes
    needs = [
        min(wish, _LONGEST_WORD, _longest_word(column)) for wish, column in zip(wishes, columns, strict=True)
    ]
    if sum(needs) > room:
        widths = [max(1, need * room // sum(needs)) for need in needs]
        while sum(widths) > room:
            widths[widths.index(max(widths))] -= 1
        return widths
    spare = room - sum(needs)
    lacks = [wish - need for wish, need in zip(wishes, needs, strict=True)]
    return [need + spare * lack // sum(lacks) for need, lack in zip(needs, lacks, strict=True)]


def _longest_word(column: Sequence[Content]) -> int:
    return max((Content(word).cell_length for cell in column for word in cell.plain.split()), default=1) or 1


class TableLines(Widget):
    """Draws a table: a header, a rule, and rows with a blank line between them where they take several lines."""

    DEFAULT_CSS = """
    TableLines { height: auto; width: 1fr; }
    """

    def __init__(self, headers: Sequence[Content], rows: Sequence[Sequence[Content]]) -> None:
        """A table of these cells; rows that are too short are filled up."""
        super().__init__()
        columns = max(1, len(headers), *(len(row) for row in rows))
        self._cells = [[*row, *[Content()] * (columns - len(row))] for row in (headers, *rows)]

    @property
    def plain(self) -> str:
        """The text of all cells."""
        return " ".join(cell.plain for row in self._cells for cell in row)

    def lines(self, width: int) -> list[Content]:
        """The table at a width."""
        widths = column_widths(self._cells, width)
        header, *rows = [_row(row, widths) for row in self._cells]
        apart = [Content()] if any(len(row) > 1 for row in rows) else []
        rule = Content.styled("─" * (sum(widths) + _GAP * (len(widths) - 1)), "$faint")
        drawn = [line.stylize("bold") for line in header]
        drawn.append(rule)
        for number, row in enumerate(rows):
            drawn += (apart if number else []) + row
        return drawn

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many as there are lines."""
        return len(self.lines(width))

    def render(self) -> Content:
        return Content("\n").join(self.lines(self.size.width))


def _row(cells: Sequence[Content], widths: Sequence[int]) -> list[Content]:
    """The lines of a row, each cell wrapped in its column."""
    wrapped = [cell.wrap(width) if cell else [Content()] for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for parts in zip_longest(*wrapped, fillvalue=Content()):
        padded = [part.truncate(width, pad=True) for part, width in zip(parts, widths, strict=True)]
        lines.append(Content(" " * _GAP).join(padded))
    return lines


class Table(MarkdownTable):
    """A table in a note. Textual's own gives some columns more than they can use and others too little."""

    DEFAULT_CSS = """
    Table { margin: 0 0 1 0; }
    """

    def compose(self) -> ComposeResult:
        """One widget for the whole table."""
        headers, rows = self._get_headers_and_rows()
        yield TableLines(headers, rows)
