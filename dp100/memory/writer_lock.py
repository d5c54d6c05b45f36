"""One writer at a time: a lock that the system drops when its process ends, however it ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from dp100.memory.trouble import as_sentences, in_use

if TYPE_CHECKING:
    from filelock import BaseFileLock


class WriterLock:
    """The right to write to one learner's data."""

    def __init__(self, lock: BaseFileLock, pid_file: Path) -> None:
        self._lock = lock
        self._pid_file = pid_file

    @classmethod
    def acquire(cls, path: Path) -> WriterLock:
        """Takes the lock of the database at ``path``, without waiting.

        Raises:
            InUse: when another process, or another store of this one, has it.
            StoreError: when the folder cannot be written.
        """
        # Readers need no lock, so commands that only read do without this import.
        from filelock import FileLock, Timeout

        # The pid has a file of its own: Windows lets nobody read the locked one.
        pid_file = path.with_suffix(".pid")
        lock = FileLock(path.with_suffix(".lock"), blocking=False, thread_local=False)
        with as_sentences(path):
            try:
                lock.acquire()
            except Timeout as error:
                raise in_use(path, _read_pid(pid_file)) from error
            try:
                pid_file.write_text(f"{os.getpid()}\n", encoding="ascii")
            except BaseException:
                lock.release()
                raise
        return cls(lock, pid_file)

    def release(self) -> None:
        """Gives the lock back."""
        with suppress(OSError):
            self._pid_file.unlink()
        self._lock.release()


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
