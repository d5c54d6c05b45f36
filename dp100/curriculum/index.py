"""The index: every entry of every content file, validated, in SQLite beside the learner's data.

It is a cache. One that is damaged, or was written by another version of the program, is made anew; where
none can be written, a temporary one serves until the program ends.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
import time
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dp100.curriculum.problem import Problem
from dp100.curriculum.refresh import agrees, refresh
from dp100.curriculum.sources import Sources, find, folder_of
from dp100.errors import Dp100Error

PATIENCE = 30.0
"""Seconds to wait for another process that writes the index."""

UNUSED = 30 * 24 * 3600.0
"""Seconds after which the index of packs that were not opened since is removed."""

_PLAIN = "index.sqlite"
_FOREIGN = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, *_FOREIGN}


class Index:
    """An open index that agrees with the files.

    Attributes:
        path: the SQLite file; it may be attached to another connection.
    """

    path: Path

    def __init__(self, home: Path, packs: Sequence[Path] = ()) -> None:
        """Open the index of ``home`` and bring it up to date.

        Raises:
            Dp100Error: when an index can be written neither in ``home`` nor in a temporary folder.
        """
        self._home = home
        self._packs = [Path(pack) for pack in packs]
        self._connection: sqlite3.Connection | None = None
        self._open()

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the content: problems of folders, then of files in their order."""
        rows = self.rows("SELECT path, line, message FROM problem ORDER BY position")
        return [*self._found.problems, *(Problem(*row) for row in rows)]

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; a damaged index is made anew and asked again.

        Raises:
            Dp100Error: when the index is closed, or cannot be read even so.
        """
        try:
            return self._ask(sql, values)
        except sqlite3.DatabaseError as error:
            if _code(error) not in _DAMAGED:
                raise _unreadable(self.path, error) from error
            self.rebuild()
        try:
            return self._ask(sql, values)
        except sqlite3.DatabaseError as error:
            raise _unreadable(self.path, error) from error

    def rebuild(self) -> None:
        """Throw the index away and make it anew."""
        self.close()
        self._open(anew=True)

    def close(self) -> None:
        """Close the file. Calling it again does nothing."""
        if self._connection is not None:
            self._connection = None
            self._release()

    def _ask(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        if self._connection is None:
            raise Dp100Error(
                "The content was closed before it was asked for; this is a mistake of the program."
            )
        # What stands for bytes that were no text, as in an argument of a command, is no text for SQLite.
        values = [one.encode(errors="replace").decode() if isinstance(one, str) else one for one in values]
        # A cursor that is not read to its end would keep the file locked against other processes.
        return self._connection.execute(sql, values).fetchall()

    def _open(self, *, anew: bool = False) -> None:
        self._found = find(self._packs)
        path, folder = self._home / _name(self._packs), None
        connection = _connect(path, self._found, anew=anew)
        if connection is None:
            try:
                folder = tempfile.mkdtemp(prefix="dp100-")
            except OSError as error:
                raise _nowhere(self._home) from error
            path = Path(folder) / path.name
            connection = _connect(path, self._found)
        if connection is None:
            shutil.rmtree(folder or "", ignore_errors=True)
            raise _nowhere(self._home)
        self.path = path
        self._connection = connection
        self._release = weakref.finalize(self, _release, connection, folder)


def _release(connection: sqlite3.Connection, folder: str | None) -> None:
    connection.close()
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)


def _connect(path: Path, found: Sources, *, anew: bool = False) -> sqlite3.Connection | None:
    """A connection to an index at ``path`` that agrees with ``found``; None when that cannot be had."""
    for attempt in range(2):
        connection = None
        try:
            if anew or attempt:
                _remove(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(
                path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            if not agrees(connection, found):
                refresh(connection, found)
                _remove_unused(path)
            if path.name != _PLAIN:
                with contextlib.suppress(OSError):
                    os.utime(path)  # reading alone leaves no trace of when it was used last
            return connection
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            if _code(error) not in _DAMAGED:
                return None
        except BaseException:
            if connection is not None:
                connection.close()
            raise
    return None


def _name(packs: Sequence[Path]) -> str:
    """File name: one index for each choice of packs, so that two programs with other packs do not clash."""
    if not packs:
        return _PLAIN
    import hashlib  # loads OpenSSL, which the way to Home without packs does not need

    folders = "\0".join(str(folder_of(pack)) for pack in packs)
    return f"index-{hashlib.blake2b(folders.encode('utf-8', 'replace'), digest_size=6).hexdigest()}.sqlite"


def _remove_unused(path: Path) -> None:
    """Remove the indexes beside ``path`` of packs that were not studied for long. They are only caches."""
    for other in path.parent.glob("index-*.sqlite"):
        with contextlib.suppress(OSError):
            if other != path and time.time() - other.stat().st_mtime > UNUSED:
                _remove(other)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(name).unlink()


def _code(error: Exception) -> int | None:
    """SQLite's primary error code."""
    code = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def _nowhere(home: Path) -> Dp100Error:
    return Dp100Error(
        f"The index of the questions can be written neither in {home} nor in a temporary folder. "
        "Make room on the disk, or set DP100_HOME to a folder that you may write to."
    )


def _unreadable(path: Path, error: Exception) -> Dp100Error:
    return Dp100Error(
        f"The index {path} cannot be read ({error}). Delete it and start dp100 again; nothing is lost."
    )
