"""What went wrong in a run, in one line: the learner should look there first."""

from __future__ import annotations

import os
import re
from pathlib import Path

from dp100.labs.running import Outcome

_FRAME = re.compile(r'^ +File "(?P<file>[^"]+)", line (?P<line>\d+)')
_INNER = re.compile(r'"message": "((?:[^"\\]|\\.)+)"')
_PLAIN = re.compile(r"^\s*Message: (.*[^:\s])\s*$", re.M)
_ESCAPED, _QUOTE = '\\"', '"'
_LONGEST = 300


def trouble(ran: Outcome, folder: Path) -> str | None:
    """A sentence on a run that failed or was stopped; None for one that went well.

    Args:
        ran: the run.
        folder: the learner's folder; of a traceback the last line in there is told.
    """
    if ran.why:
        return ran.why
    if ran.ok:
        return None
    lines = ran.output.splitlines()
    frames = [(number, found) for number, line in enumerate(lines) if (found := _FRAME.match(line))]
    if frames:
        what = _exception(lines[frames[-1][0] + 1 :])
        own = [found for _, found in frames if _inside(found["file"], folder)]
        if what and own:
            return f"{_name(own[-1]['file'], folder)}, line {own[-1]['line']}: {what}"
        if what:
            return f"Your code ended with the exit status {ran.status}: {what}"
    first = next((number for number, line in enumerate(lines) if line.startswith("ERROR: ")), None)
    told = _last(lines) if first is None else _said(lines[first:])
    return f"Your code ended with the exit status {ran.status}" + (f": {told[:_LONGEST]}" if told else ".")


def _exception(lines: list[str]) -> str | None:
    """What the exception says that a traceback ends with."""
    first = next((number for number, line in enumerate(lines) if line and not line[0].isspace()), None)
    return None if first is None else _said(lines[first:])


def _said(lines: list[str]) -> str:
    """The gist of an error of several lines: its first, or the message inside where that one only names the kind.

    Errors of SDK v1 and of `az` are often a name, a colon, and then a page of JSON.
    """
    head = lines[0].strip()
    if not head.endswith(":"):
        return head[:_LONGEST]
    rest = "\n".join(lines[1:])
    inner = _INNER.search(rest)
    if inner is None:
        inner = _PLAIN.search(rest)
    if inner is None:
        following = next((line.strip() for line in lines[1:] if line.strip(" {}")), "")
        return f"{head} {following}".strip()[:_LONGEST]
    kind = head.removeprefix("ERROR: ").partition(":")[0].strip().rpartition(".")[2]
    return f"{kind}: {inner[1].replace(_ESCAPED, _QUOTE)}"[:_LONGEST]


def _last(lines: list[str]) -> str:
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _inside(file: str, folder: Path) -> bool:
    path = Path(folder, file)
    return path.is_relative_to(folder) or os.path.realpath(path).startswith(os.path.realpath(folder) + os.sep)


def _name(file: str, folder: Path) -> str:
    path = Path(folder, file)
    try:
        return path.relative_to(folder).as_posix()
    except ValueError:
        return path.name
