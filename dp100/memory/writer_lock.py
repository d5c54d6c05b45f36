"""One writer at a time: a lock that the system drops when its process ends, however it ends.

The system's own calls, where the rest of the program uses filelock: importing that takes longer than all the
learner's data takes to open.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

from dp100.memory.trouble import as_sentences, in_use

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        """Locks an open file or raises OSError at once; closing it gives the lock back."""
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        """Locks an open file or raises OSError at once; closing it gives the lock back."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}
"""What the systems say when another has the lock."""


class WriterLock:
    """The right to write to one learner's data."""

    def __init__(self, file: int, pid_file: Path) -> None:
        self._file: int | None = file
        self._pid_file = pid_file

    @classmethod
    def acquire(cls, path: Path) -> WriterLock:
        """Takes the lock of the database at ``path``, without waiting.

        Raises:
            InUse: when another process, or another store of this one, has it.
            StoreError: when the folder cannot be written.
        """
        # The pid has a file of its own: Windows lets nobody read the locked one.
        pid_file = path.with_suffix(".pid")
        with as_sentences(path):
            file = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o644)
            try:
                try:
                    _lock(file)
                except OSError as error:
                    if error.errno not in _HELD:
                        raise
                    raise in_use(path, _read_pid(pid_file)) from error
                pid_file.write_text(f"{os.getpid()}\n", encoding="utf-8")
            except BaseException:
                os.close(file)
                raise
        return cls(file, pid_file)

    def release(self) -> None:
        """Gives the lock back. Calling it again does nothing."""
        if self._file is None:
            return
        with suppress(OSError):
            self._pid_file.unlink()
        os.close(self._file)
        self._file = None


def _read_pid(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
