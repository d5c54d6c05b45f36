"""Noticing that the learner saved a file."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from dp100.labs.folder import LabFolder

_TICK = 400
"""Milliseconds after which the files are looked at even where the file system sent no event: network folders and
some containers send none."""

_SETTLE = 60
"""Milliseconds in which the events of one save arrive: an editor writes, renames and sets the time."""


class Saves:
    """Calls back when a file of the lab was saved, made, renamed or removed, until it is stopped."""

    def __init__(self, folder: LabFolder, saved: Callable[[list[str]], None]) -> None:
        """Begins to watch.

        Args:
            folder: the learner's folder.
            saved: is given the names of the files, from a thread of its own.
        """
        self._folder = folder
        self._saved = saved
        self._stop = threading.Event()
        self._seen = self._look()
        self._thread = threading.Thread(target=self._watch, name="saves", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stops; returns when the thread has ended."""
        self._stop.set()
        self._thread.join(5.0)

    def _watch(self) -> None:
        while not self._stop.is_set():
            try:
                self._follow()
            except (OSError, RuntimeError):
                # The folder is gone, or the system has no watches left: look at it now and then.
                self._tell()
                self._stop.wait(_TICK / 1000)

    def _follow(self) -> None:
        from watchfiles import watch

        for _ in watch(
            self._folder.path,
            watch_filter=None,
            debounce=10 * _SETTLE,
            step=_SETTLE,
            rust_timeout=_TICK,
            yield_on_timeout=True,
            stop_event=self._stop,
            recursive=self._has_folders(),
        ):
            self._tell()

    def _tell(self) -> None:
        now = self._look()
        changed = sorted(name for name in now if now[name] != self._seen.get(name))
        self._seen = now
        if changed and not self._stop.is_set():
            self._saved(changed)

    def _look(self) -> dict[str, tuple[int, int] | None]:
        """Time and size of each file that the learner works on; None where it is missing."""
        return {name: _state(self._folder.path / name) for name in self._folder.sources()}

    def _has_folders(self) -> bool:
        return any("/" in name for name in self._folder.sources())


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
