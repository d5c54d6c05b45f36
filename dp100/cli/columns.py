"""Rows with aligned columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dp100.cli.prose import hang, width

LEAST = 30
"""Columns that the last cell of a row needs beside the others; with fewer it goes on a line of its own."""


def aligned(
    rows: Sequence[Sequence[str]], *, right: Collection[int] = (), columns: int | None = None
) -> list[str]:
    """Rows as text, each column as wide as its widest cell.

    On a terminal the last cell is wrapped below itself, or on its own line where there is no room beside
    the others. In a file or a pipe a row is a line.

    Args:
        rows: all with the same number of cells.
        right: numbers of the columns that are set to the right, from 0.
        columns: those of the terminal; found out by default.
    """
    if not rows:
        return []
    columns = columns or width()
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    before = sum(wide + 2 for wide in widths[:-1])
    alone = columns is not None and before + min(widths[-1], LEAST) > columns
    return [_row(row, widths, right, alone, columns) for row in rows]


def _row(
    row: Sequence[str], widths: Sequence[int], right: Collection[int], alone: bool, columns: int | None
) -> str:
    cells = [
        cell.rjust(wide) if place in right else cell.ljust(wide)
        for place, (cell, wide) in enumerate(zip(row, widths, strict=True))
    ]
    begin = "".join(f"{cell}  " for cell in cells[:-1])
    last = cells[-1].rstrip()
    if alone:
        return f"{begin.rstrip()}\n{hang('    ', last, columns)}"
    return hang(begin, last, columns).rstrip()
