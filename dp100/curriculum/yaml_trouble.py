"""What can be wrong with a file before it holds any values, in the words of someone who edits it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

_UNREADABLE = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
"""What ends a line in YAML."""

MOST_UNREADABLE = 20
"""Lines with characters that cannot stand in a text, in a file that may still be meant as one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong on a line (counted from 1), and what to do about it."""

    line: int
    message: str


class Stop(Exception):
    """Raised where reading cannot go on."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, message)


def readable(data: bytes) -> tuple[str, list[Fault]]:
    """The text of a file, and a fault for each line with a character that cannot stand in one.

    Such characters are left out of the text or replaced, so that the lines around them can be read.

    Raises:
        Stop: when it is no text, or hardly one.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Stop(line, "the file is not UTF-8 text; save it again with the encoding UTF-8") from error
    if not _UNREADABLE.search(text):
        return text, []
    rows = BREAK.split(text)
    faults: list[Fault] = []
    for number, row in enumerate(rows):
        if found := _UNREADABLE.search(row):
            what = "a NUL byte" if found[0] == "\0" else f"the character U+{ord(found[0]):04X}"
            faults.append(Fault(number + 1, f"{what} cannot stand in a text file; remove it"))
            rows[number] = _mended(row)
    if len(faults) > MOST_UNREADABLE:
        first = faults[0]
        raise Stop(first.line, f"{first.message}. {len(faults)} lines hold such, so nothing was read")
    return "\n".join(rows), faults


def _mended(row: str) -> str:
    """A line as it may have been meant: a NUL byte in the indentation is taken for a space, one before it for none."""
    inner = row.lstrip(" \0")
    indent = row[: len(row) - len(inner)]
    return (" " * len(indent) if " " in indent else "") + _UNREADABLE.sub("\ufffd", inner)


def syntax(error: yaml.YAMLError, rows: Sequence[str]) -> Fault:
    """What the parser stumbled over in a file of these ``rows``."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return Fault(1, f"this is not YAML: {error}")
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column) if mark else (1, 0)
    row = rows[line - 1] if line <= len(rows) else ""
    problem = str(error.problem or error.context or "it cannot be read")
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Fault(line, "a tab stands in the indentation; use spaces")
    if "cannot start any token" in problem:
        sign = row[column : column + 1]
        if sign == "\t":
            return Fault(line, "a tab stands here; use spaces")
        return Fault(line, f"a text cannot begin with `{sign}`; put it in quotes")
    if error.context_mark:
        began = error.context_mark.line + 1
        if "unexpected end of stream" in problem:
            return Fault(began, "a quotation mark that opens here is never closed; add the closing one")
        if "flow" in str(error.context):
            return Fault(
                began, "a bracket or brace that opens here is not closed, or a comma is missing; mend it"
            )
        if "could not find expected ':'" in problem:
            return Fault(
                began, "a key without a colon, or a text that is not indented as its block is; mend it"
            )
    for sign, advice in _ADVICE.items():
        if sign in problem:
            return Fault(line, advice)
    return Fault(line, f"this is not YAML: {problem}; check the quotes and the indentation")


_ADVICE = {
    "mapping values are not allowed": (
        "a colon stands where none is expected; put a text that holds `: ` in quotes, or check the indentation"
    ),
    "did not find expected": (
        "the indentation or the brackets do not fit what stands above; line this up with its neighbours"
    ),
    "sequence entries are not allowed": (
        "a list begins where none is expected; put it on a line of its own, below its key"
    ),
}
