"""The logs of a job: what its processes print, and what the service notes."""

from __future__ import annotations

import codecs
import time
from collections.abc import Iterator
from pathlib import Path

from dp100.standin.engine.jobs import records
from dp100.standin.engine.jobs.control import cancel, wait
from dp100.standin.engine.jobs.records import STANDARD_LOG
from dp100.standin.engine.workspace.workspace import Workspace

__all__ = ["STANDARD_LOG", "cancel", "files", "main_log", "read", "stream", "wait"]

_BLOCK = 1 << 20


def files(ws: Workspace, run_id: str) -> dict[str, Path]:
    """The log files there are, by their name in the run (``user_logs/std_log.txt``), in order."""
    base = records.folder(ws, run_id)
    found = {}
    for top in ("user_logs", "system_logs"):
        for path in sorted((base / top).rglob("*")):
            if path.is_file():
                found[path.relative_to(base).as_posix()] = path
    return found


def main_log(ws: Workspace, run_id: str) -> str:
    """The name of the log to stream: the only one, or that of the first process of several."""
    several = records.spec(ws, run_id).processes > 1
    return log_name(0, several)


def log_name(rank: int, several: bool) -> str:
    """The name of a process's log."""
    return f"user_logs/std_log_process_{rank:02d}.txt" if several else STANDARD_LOG


def read(ws: Workspace, run_id: str, name: str | None = None) -> str:
    """A log as text, the main one by default; bytes that are no UTF-8 become U+FFFD. Empty while there is none."""
    try:
        return (
            (records.folder(ws, run_id) / (name or main_log(ws, run_id)))
            .read_bytes()
            .decode("utf-8", "replace")
        )
    except FileNotFoundError:
        return ""


def stream(ws: Workspace, run_id: str, name: str | None = None, *, pause: float = 0.1) -> Iterator[str]:
    """Pieces of a log as they come, until the job has ended.

    Args:
        name: the log; the main one by default.
        pause: seconds between looks.

    Raises:
        NotFound: there is no such job.
    """
    path = records.folder(ws, run_id) / (name or main_log(ws, run_id))
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    place = 0
    while True:
        over = records.state(ws, run_id).over  # asked first: what is printed until then is read below
        while data := _read(path, place):
            place += len(data)
            if text := decoder.decode(data):
                yield text
        if over:
            if rest := decoder.decode(b"", final=True):
                yield rest
            return
        time.sleep(pause)


def _read(path: Path, place: int) -> bytes:
    try:
        with path.open("rb") as file:
            file.seek(place)
            return file.read(_BLOCK)
    except FileNotFoundError:
        return b""
