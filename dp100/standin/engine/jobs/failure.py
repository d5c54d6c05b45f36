"""Why a script failed, from the end of what it printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_READ = 256 * 1024  # bytes from the end of a log that are looked through
_LONGEST = 6000  # characters of a traceback in an error
_START = "Traceback (most recent call last):"
_EXCEPTION = re.compile(
    r"^[A-Za-z_][\w.]*(?:Error|Exception|Exit|Interrupt|Iteration|Warning|Group)?(?::.*)?$"
)
_NAMED = re.compile(r"^(?:[A-Za-z_][\w.]*\.)?\w*(?:Error|Exception|Interrupt)(?::.*)?$")


@dataclass(frozen=True, slots=True)
class Failure:
    """How a script failed.

    Attributes:
        exception: the last line of the traceback, ``ValueError: no data``; without one the last line printed.
        traceback: the last traceback, or the same line.
    """

    exception: str
    traceback: str


def find(log: Path) -> Failure:
    """The last exception in a log."""
    try:
        with log.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _READ))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return Failure("", "")
    text = text.replace("\r\n", "\n").rstrip()
    start = text.rfind(f"\n{_START}") + 1 or (0 if text.startswith(_START) else -1)
    if start >= 0:
        lines = text[start:].splitlines()
        for index, line in enumerate(lines[1:], 1):
            if line and not line[0].isspace() and _EXCEPTION.match(line):
                return Failure(line, "\n".join(lines[: index + 1])[-_LONGEST:])
    lines = [line for line in text.splitlines() if line.strip()]
    last = next((line for line in reversed(lines[-20:]) if _NAMED.match(line)), lines[-1] if lines else "")
    return Failure(last.strip()[-_LONGEST:], last.strip()[-_LONGEST:])


def error(code: int, program: str, log: Path, name: str) -> dict[str, object]:
    """The error of a run whose process ended with a status code other than 0, as the service words it.

    Args:
        code: the status code.
        program: what ran, such as ``python``.
        log: the process's log;  name: that of the log in the run.
    """
    found = find(log)
    message = (
        f"Execution failed. User process '{program}' exited with status code {code}. "
        f"Please check log file '{name}' for error details."
    )
    if found.traceback:
        message += f" Error: {found.traceback}"
    return {
        "code": "UserError",
        "message": message,
        "exit_code": code,
        "exception": found.exception,
        "traceback": found.traceback,
    }
