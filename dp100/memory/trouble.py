"""What can go wrong with the learner's database, each as one sentence that says what to do."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dp100.errors import Dp100Error


class StoreError(Dp100Error):
    """The learner's data cannot be used as asked. Nothing was changed."""


class NewerDatabase(StoreError):
    """Written by a later version of the program than this one."""


class DamagedDatabase(StoreError):
    """The file is no database, or not a whole one."""


class DamagedIndex(StoreError):
    """The catalogue's index cannot be read. It is a cache, and is made anew when it is gone."""


class ReadOnly(StoreError):
    """The file or its folder may not be written."""


class DiskFull(StoreError):
    """There is no room for what should be written."""


class InUse(StoreError):
    """Another dp100 is writing to the same data."""


def newer(path: Path, version: int, known: int) -> NewerDatabase:
    """The sentence for a database of schema ``version`` when this program knows up to ``known``."""
    return NewerDatabase(
        f"{path} was written by a newer dp100 (version {version} of its schema, this one knows {known}); "
        "update dp100. Nothing was changed."
    )


def damaged(path: Path, detail: str) -> DamagedDatabase:
    """The sentence for a damaged database; ``detail`` says what was seen."""
    return DamagedDatabase(
        f"{path} is damaged ({detail}); put a backup in its place with `dp100 restore FILE`, "
        "or move the file away to begin anew. Nothing was changed."
    )


def damaged_index(path: Path, detail: str) -> DamagedIndex:
    """The sentence for a damaged index of the catalogue."""
    return DamagedIndex(
        f"{path}, the index of the questions, cannot be read ({detail}); remove it, and it is made anew. "
        "Your answers are not in it."
    )


def read_only(path: Path, detail: str) -> ReadOnly:
    """The sentence for a file or folder without the right to write."""
    return ReadOnly(
        f"{path} cannot be written ({detail}); allow writing to it and to its folder, or set DP100_HOME "
        "to a folder that you may write to. Nothing was changed."
    )


def disk_full(path: Path) -> DiskFull:
    """The sentence for a full disk."""
    return DiskFull(
        f"The disk is full, so {path} could not be written; free some space and try again. "
        "What was not written is lost, everything before it is kept."
    )


def in_use(path: Path, pid: int | None) -> InUse:
    """The sentence for a second writer; ``pid`` is that of the first, where it is known."""
    who = f"Another dp100 (process {pid})" if pid else "Another dp100"
    return InUse(f"{who} is using {path.parent}; close it first, or set DP100_HOME to another folder.")


@contextmanager
def as_sentences(path: Path) -> Iterator[None]:
    """Turns what SQLite and the file system say about ``path`` into one of the errors above.

    Mistakes of the program (a broken constraint, wrong SQL) pass through as they are.
    """
    try:
        yield
    except sqlite3.Error as error:
        if sentence := _of_sqlite(path, error):
            raise sentence from error
        raise
    except OSError as error:
        raise of_system(path, error) from error


def of_system(path: Path, error: OSError) -> StoreError:
    """The sentence for an error of the file system."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return disk_full(path)
    detail = error.strerror or str(error)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return read_only(path, detail)
    return StoreError(f"{path} cannot be used ({detail}); look at the disk and the folder's permissions.")


def _of_sqlite(path: Path, error: sqlite3.Error) -> StoreError | None:
    # Errors that the sqlite3 module raises by itself carry no code.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(path, str(error))
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _no_room(path)):
        return disk_full(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return read_only(path, str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return InUse(f"{path} is being written by another program; close that and try again.")
    if code == sqlite3.SQLITE_IOERR:
        return StoreError(f"{path} cannot be read or written ({error}); look at the disk it is on.")
    return None


def _no_room(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < 1 << 20
    except OSError:
        return False
