"""What went wrong in a run, in one line: the learner should look there first."""

from __future__ import annotations

import os
import re
from pathlib import Path

from dp100.labs.running import Outcome

_FRAME = re.compile(r'^ +File "(?P<file>[^"]+)", line (?P<line>\d+)')
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
    told = next((line for line in lines if line.startswith("ERROR: ")), None) or _last(lines)
    return f"Your code ended with the exit status {ran.status}" + (f": {told[:_LONGEST]}" if told else ".")


def _exception(lines: list[str]) -> str | None:
    """The first line of the exception that a traceback ends with: the rest may be pages of JSON."""
    return next((line[:_LONGEST] for line in lines if line and not line[0].isspace()), None)


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
