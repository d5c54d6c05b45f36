"""What can be wrong with a file before it holds any values, in the words of someone who edits it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

_UNREADABLE = re.compile("[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def unreadable(data: bytes) -> str | Fault:
    """The text of a file, or why it is none."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Fault(line, "the file is not UTF-8 text; save it again with the encoding UTF-8")
    if found := _UNREADABLE.search(text):
        what = "a NUL byte" if found[0] == "\0" else f"the character U+{ord(found[0]):04X}"
        line = text.count("\n", 0, found.start()) + 1
        return Fault(line, f"{what} cannot stand in a text file; remove it")
    return text


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
