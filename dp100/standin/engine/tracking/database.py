"""Connections to a workspace's MLflow database, safe among threads, processes and MLflow itself."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dp100.standin.engine.errors import Conflict, EngineError, Invalid
from dp100.standin.engine.tracking.template import Place, ensure

_PATIENCE = 60.0  # seconds to wait for another writer; one holds the lock for milliseconds
_threads = threading.local()
_inherited: list[_Held] = []  # connections of the process that this one was forked from; never used or closed


class _Held:
    """A connection with what tells that it is still the right one: process and file."""

    __slots__ = ("connection", "mark")

    def __init__(self, connection: sqlite3.Connection, mark: tuple[int, int, int]) -> None:
        self.connection = connection
        self.mark = mark

    def __del__(self) -> None:
        if self.mark[0] == os.getpid():
            self.connection.close()


class Database:
    """The workspace's ``mlflow.db``. Cheap to make; opened when first used, one connection a thread.

    Args:
        ws: the workspace.
    """

    __slots__ = ("_ws",)

    def __init__(self, ws: Place) -> None:
        self._ws = ws

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, in autocommit mode."""
        with _sentences():
            path = ensure(self._ws)
        found = path.stat()
        mark = (os.getpid(), found.st_dev, found.st_ino)
        held: dict[str, _Held] = _threads.__dict__.setdefault("held", {})
        current = held.get(str(path))
        if current is not None:
            if current.mark == mark:
                return current.connection
            if current.mark[0] != mark[0]:
                _inherited.append(current)
        with _sentences():
            held[str(path)] = opened = _Held(_open(path), mark)
        return opened.connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that holds the only writer's place from its start; all of it is kept, or nothing.

        Raises:
            Conflict: another process has kept the database locked for a minute.
        """
        connection = self.connection()
        if connection.in_transaction:  # a step of a larger change
            yield connection
            return
        with _sentences():
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A view of one moment over several queries, whatever others write meanwhile."""
        connection = self.connection()
        if connection.in_transaction:
            yield connection
            return
        with _sentences():
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")


def close() -> None:
    """Close this thread's connections, so that a workspace's folder can be deleted on Windows."""
    _threads.__dict__.pop("held", None)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    # With the log, NORMAL keeps the database whole through anything; only a power cut can take the last commits.
    connection.executescript("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;")
    return connection


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what SQLite says into what the service would."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a broken rule of the tables is a mistake of ours, not of the learner's
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Conflict("The workspace's store of runs is held by another process.") from error
        raise EngineError(f"The workspace's store of runs cannot be used: {error}.") from error
    except UnicodeEncodeError as error:
        raise Invalid(f"A name or value must be valid Unicode: {error.reason}.") from error
    except OverflowError as error:
        raise Invalid("A number is too large to be stored: it must fit into 64 bits.") from error
