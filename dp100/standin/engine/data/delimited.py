"""Delimited text, read as the service's data engine reads it: columns of text, nothing interpreted.

The rules are those that azureml-dataprep-rslex 2.26, the engine under both ``azureml.core.Dataset`` and ``mltable``,
was seen to follow.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

Header = Literal["none", "first", "combined", "same"]
Row = list[str | None]


def read(
    paths: Sequence[Path],
    *,
    separator: str = ",",
    header: Header = "same",
    encoding: str = "utf-8",
    multi_line: bool = False,
    empty_as_string: bool = False,
    limit: int | None = None,
) -> list[pd.DataFrame]:
    """The rows of each file, all values text or None; an empty field is None, and ``""`` is an empty text.

    Args:
        separator: one character.
        header: which files begin with the names of their columns: none, the first, each (``combined``: columns are
            put together by name; ``same``: by place, with the names of the first file).
        encoding: a codec of Python's.
        multi_line: whether a quoted value may hold line breaks.
        limit: how many rows are read altogether; all by default.

    Raises:
        ValueError: the separator is not one character.
        UnicodeError: a file is not of that encoding.
    """
    if len(separator) != 1:
        raise ValueError("Only single character is supported for argument: separator")
    tables: list[pd.DataFrame] = []
    first: list[str] | None = None
    left = limit
    for path in paths:
        with path.open(encoding=_signed(encoding), newline="\n") as text:
            records = _records(text, separator, multi_line, empty_as_string)
            top = next(records, None) if _is_named(header, first is None) else None
            held = list(itertools.islice(records, left) if left is not None else records)
        if top is not None and (first is None or header == "combined"):
            first = _names(top)
        tables.append(_table(held, first or []))
        if left is not None:
            left -= len(held)
            if left <= 0:
                break
    return tables


def _signed(encoding: str) -> str:
    """The codec that leaves out the byte order mark, where there is one."""
    return "utf-8-sig" if encoding.replace("_", "-").lower() in ("utf-8", "utf8") else encoding


def _is_named(header: Header, is_first: bool) -> bool:
    return header in ("combined", "same") or (header == "first" and is_first)


def _table(rows: list[Row], names: list[str]) -> pd.DataFrame:
    import pandas as pd

    width = max(map(len, rows), default=0)
    columns = [*names, *(f"Column{number}" for number in range(len(names) + 1, width + 1))]
    full = len(columns)
    filled = [row if len(row) == full else row + [None] * (full - len(row)) for row in rows]
    return pd.DataFrame(filled, columns=columns, dtype=object)


def _names(row: Row) -> list[str]:
    """The names of columns in a header: those without one are ``Column2`` and so on, equal ones are numbered."""
    made: list[str] = []
    seen: dict[str, int] = {}
    for number, written in enumerate(row, 1):
        name = (written or "").strip() or f"Column{number}"
        count = seen.get(name, 0)
        seen[name] = count + 1
        if count:
            name = f"{name}_{count}"
            while name in made:
                name = f"{name}_{count + 1}"
            seen[name] = seen.get(name, 0) + 1
        made.append(name)
    return made


def _records(lines: Iterable[str], separator: str, multi_line: bool, empty_as_string: bool) -> Iterator[Row]:
    empty = "" if empty_as_string else None
    fields = _fields(separator)
    for whole in _joined(lines, fields) if multi_line else lines:
        record = whole.removesuffix("\n").removesuffix("\r")
        if not record:
            continue
        if '"' in record:
            yield [_value(found, empty) for found in fields.finditer(record)]
        else:
            row: Row = list(record.split(separator))
            yield [field or empty for field in row] if empty is None and "" in row else row


def _joined(lines: Iterable[str], fields: re.Pattern[str]) -> Iterator[str]:
    """Records that may go over several lines: each up to where no quoted value is open."""
    waiting = list(lines)[::-1]
    while waiting:
        record = [waiting.pop()]
        taken = _is_open(record[0], fields)
        while taken and waiting:
            record.append(waiting.pop())
            if '"' in record[-1]:
                taken = _is_open("".join(record), fields)
        if taken:  # it never ends: the quotation mark is a character like others
            waiting += record[:0:-1]
            del record[1:]
        yield "".join(record)


def _is_open(record: str, fields: re.Pattern[str]) -> bool:
    """Whether a value begins with a quotation mark and does not end."""
    return '"' in record and any((found[3] or "").startswith('"') for found in fields.finditer(record))


def _fields(separator: str) -> re.Pattern[str]:
    """What a field is: a quoted text (1) with what follows it (2), or anything (3), where a quotation may be open."""
    here = re.escape(separator)
    other = f"[^{here}]"
    return re.compile(rf'(?:^|(?<={here}))(?:"((?:[^"]|"")*+)"({other}*)|({other}*))')


def _value(found: re.Match[str], empty: str | None) -> str | None:
    return (found[3] or empty) if found[3] is not None else found[1].replace('""', '"') + found[2]
