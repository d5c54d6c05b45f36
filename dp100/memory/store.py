"""The learner's database: one SQLite file, one writer at a time, a commit is on the disk when it returns."""

from __future__ import annotations

import math
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from dp100.memory.clock import Clock, SystemClock
from dp100.memory.migrations import is_ours, known_version, migrate, version_of
from dp100.memory.trouble import (
    DamagedDatabase,
    DamagedIndex,
    DiskFull,
    InUse,
    NewerDatabase,
    ReadOnly,
    StoreError,
    as_sentences,
    damaged,
    damaged_index,
    newer,
    read_only,
)
from dp100.memory.writer_lock import WriterLock

__all__ = [
    "DATABASE",
    "DamagedDatabase",
    "DamagedIndex",
    "DiskFull",
    "InUse",
    "NewerDatabase",
    "ReadOnly",
    "Store",
    "StoreError",
]

DATABASE = "memory.sqlite"
"""Name of the database in the learner's folder."""

_PATIENCE = 10.0  # seconds to wait for another connection's transaction
_PROBE = (
    "SELECT (SELECT max(id) FROM review), (SELECT max(review) FROM withdrawal), "
    "(SELECT max(id) FROM weights), (SELECT min(item) FROM card), (SELECT max(day) FROM day), "
    "(SELECT min(item) FROM mark), (SELECT min(key) FROM setting), (SELECT max(id) FROM lab_event), "
    "(SELECT min(key) FROM lab_work)"
)


class Store:
    """An open database. May be used from several threads; each call is whole for itself.

    Attributes:
        home: the learner's folder.
        path: the database file.
        clock: where the time comes from.
        writable: whether this store may be written.
    """

    def __init__(
        self, home: Path, db: sqlite3.Connection, clock: Clock, *, writable: bool, lock: WriterLock | None
    ) -> None:
        self.home = home
        self.path = home / DATABASE
        self.clock = clock
        self.writable = writable
        self._db = db
        self._lock = lock
        self._turn = threading.RLock()
        self._index: Path | None = None
        self._within: str | None = None  # how the transaction will end that is going on

    @classmethod
    def open(cls, home: Path, *, clock: Clock | None = None, write: bool = True) -> Store:
        """Opens the learner's database, made where there is none, and brings its schema up to date.

        With ``write=False`` nothing is written: a missing database reads as an empty one, and one of an
        older schema is read through an up-to-date copy in memory.

        Raises:
            StoreError: one of its kinds; then nothing was changed.
        """
        clock = clock or SystemClock()
        path = home / DATABASE
        if not write:
            with as_sentences(path):
                return cls(home, _open_for_reading(path), clock, writable=False, lock=None)
        with as_sentences(home):
            home.mkdir(parents=True, exist_ok=True)
        lock = WriterLock.acquire(path)
        try:
            with as_sentences(path):
                db = _open_for_writing(path)
        except BaseException:
            lock.release()
            raise
        return cls(home, db, clock, writable=True, lock=lock)

    @classmethod
    def beside(cls, home: Path, *, clock: Clock | None = None) -> Store:
        """Opens the database for writing while the app may have it: only for logs that nobody else writes.

        Raises:
            StoreError: one of its kinds; :class:`InUse` only where an older schema must be brought up to date
                first and the app, an older one, is open.
        """
        path = home / DATABASE
        with as_sentences(home):
            home.mkdir(parents=True, exist_ok=True)
        if not path.exists() or _behind(path):
            cls.open(home, clock=clock).close()
        with as_sentences(path):
            return cls(home, _open_for_writing(path), clock or SystemClock(), writable=True, lock=None)

    def second(self) -> Store:
        """Another connection to the same database, for work in a thread; the writer's lock stays here."""
        with as_sentences(self.path):
            if self.writable:
                return Store(self.home, _open_for_writing(self.path), self.clock, writable=True, lock=None)
            return Store(self.home, _open_for_reading(self.path), self.clock, writable=False, lock=None)

    def attach(self, index: Path) -> None:
        """Makes the catalogue's index, a SQLite file, readable as schema ``bank``; replaces an earlier one.

        Raises:
            DamagedIndex: when it cannot be read.
        """
        with self._turn, self._speaking():
            self.detach()
            try:
                self._db.execute("ATTACH DATABASE ? AS bank", (str(index.absolute()),))
                self._index = index
                self._db.execute("SELECT count(*) FROM (SELECT 1 FROM bank.item LIMIT 1)").fetchall()
            except sqlite3.DatabaseError as error:
                raise damaged_index(index, str(error)) from error

    def detach(self) -> None:
        """Lets go of the index, so that it can be removed."""
        with self._turn:
            if self._index is not None:
                self._index = None
                self._db.execute("DETACH DATABASE bank")

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Errors as sentences; a damaged index is not to be mistaken for a damaged database."""
        try:
            with as_sentences(self.path):
                yield
        except DamagedDatabase as error:
            if self._index is not None and not self._bank_is_whole():
                raise damaged_index(self._index, str(error.__cause__)) from error
            raise

    def _bank_is_whole(self) -> bool:
        try:
            return bool(self._db.execute("PRAGMA bank.quick_check(1)").fetchall() == [("ok",)])
        except sqlite3.Error:
            return False

    def rows(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._turn, self._speaking():
            return self._db.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[object] | dict[str, object] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with self._turn, self._speaking():
            rows = self._db.execute(sql, parameters).fetchmany(1)
        return rows[0] if rows else None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several queries that see the same state of the database."""
        with self._turn, self._speaking(), self._bracket("BEGIN", "ROLLBACK"):
            yield self._db

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of it or nothing; on the disk when the block is left. Inside another one, a part of that.

        Raises:
            StoreError: when it could not be written; then nothing of it was.
        """
        if not self.writable:
            raise read_only(self.path, "it was opened for reading")
        with self._turn, self._speaking(), self._bracket("BEGIN IMMEDIATE", "COMMIT"):
            yield self._db

    @contextmanager
    def _bracket(self, begin: str, end: str) -> Iterator[None]:
        """A transaction, unless one is going on. Ctrl-C may come between any two steps."""
        if self._within is not None:
            if self._within == "ROLLBACK" and end == "COMMIT":
                raise RuntimeError(
                    "nothing can be written while reading; the outer block must be a transaction"
                )
            yield
            return
        try:
            self._within = end
            self._roll_back()
            self._db.execute(begin)
            yield
            self._db.execute(end)
        finally:
            self._within = None
            self._roll_back()

    def _roll_back(self) -> None:
        # After a full disk SQLite has done so already.
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def snapshot(self, target: sqlite3.Connection) -> None:
        """Copies the whole database, as of now, into ``target``."""
        with self._turn:
            self._db.backup(target, name="main")

    def close(self) -> None:
        """Gives the file and the writer's lock back. May be called twice."""
        with self._turn:
            # An error of the last checkpoint loses nothing: the log beside the file is read again.
            with suppress(sqlite3.Error):
                self._db.close()
            if self._lock is not None:
                self._lock.release()
                self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def connect(database: Path | str, *, uri: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode, with what the queries of this package need."""
    db = sqlite3.connect(
        database,
        timeout=_PATIENCE,
        isolation_level=None,
        check_same_thread=False,
        uri=uri,
        cached_statements=256,
    )
    try:
        db.execute("PRAGMA temp_store = MEMORY")
        db.execute("PRAGMA cache_size = -8000")
        _have_pow(db)
    except BaseException:
        db.close()
        raise
    return db


def _have_pow(db: sqlite3.Connection) -> None:
    try:
        db.execute("SELECT pow(2.0, 1.0)")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_ERROR:
            raise
        # An SQLite that was built without its mathematical functions.
        db.create_function("pow", 2, math.pow, deterministic=True)


def _open_for_writing(path: Path) -> sqlite3.Connection:
    db = connect(path)
    try:
        check_usable(db, path)
        _try_to_write(db)
        # Only now, that the file is known to be ours, is anything written to it.
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = FULL")
        migrate(db)
        _probe(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _try_to_write(db: sqlite3.Connection) -> None:
    """SQLite opens a file without the right to write all the same, and would say so at the first answer.

    (Opening the file ourselves to find out would, on closing it, drop the locks that SQLite holds on it.)
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        db.execute(f"PRAGMA user_version = {version_of(db)}")
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")


def _behind(path: Path) -> bool:
    with as_sentences(path), closing(connect_for_reading(path)) as db:
        check_usable(db, path)
        return version_of(db) < known_version()


def _open_for_reading(path: Path) -> sqlite3.Connection:
    if not path.exists() or path.stat().st_size == 0:
        return _migrated(connect(":memory:"))
    db = connect_for_reading(path)
    try:
        check_usable(db, path)
        if version_of(db) < known_version():
            with closing(db):
                copy = connect(":memory:")
                db.backup(copy)
            return _migrated(copy)
        _probe(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _migrated(db: sqlite3.Connection) -> sqlite3.Connection:
    try:
        migrate(db)
    except BaseException:
        db.close()
        raise
    return db


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """A connection that cannot write, even to a file in a folder that may not be written."""
    address = path.absolute().as_uri() + "?mode=ro"
    try:
        return connect(address, uri=True)
    except sqlite3.OperationalError:
        # In a folder that may not be written, the files beside it that sharing needs cannot be made. When
        # they are not there, nobody is writing, and the file can be read as one that does not change.
        wal = path.with_name(path.name + "-wal")
        if wal.exists() and wal.stat().st_size:
            raise
    return connect(address + "&immutable=1", uri=True)


def check_usable(db: sqlite3.Connection, path: Path) -> None:
    """Makes sure that this program may use the database at all.

    Raises:
        StoreError: when it was made by another program, or by a newer version of this one.
    """
    if not is_ours(db):
        raise damaged(path, "it is a database, but not one of dp100")
    if version_of(db) > known_version():
        raise newer(path, version_of(db), known_version())


def _probe(db: sqlite3.Connection, path: Path) -> None:
    """Touches every table that matters, so that damage shows now and not at the first answer."""
    try:
        db.execute(_PROBE).fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_ERROR:
            raise damaged(path, str(error)) from error
        raise
