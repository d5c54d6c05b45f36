"""A copy of everything the learner did, in one file, and the way back."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from dp100.errors import Dp100Error
from dp100.memory.clock import Clock, SystemClock
from dp100.memory.migrations import version_of
from dp100.memory.store import DATABASE, Store, check_usable, connect, connect_for_reading
from dp100.memory.trouble import DamagedDatabase, StoreError, as_sentences
from dp100.memory.writer_lock import WriterLock


class BackupError(Dp100Error):
    """The file cannot be what it is meant to be. Nothing was changed."""


def backup(store: Store, file: Path) -> None:
    """Copies the learner's database, as of now, into ``file``; an earlier backup there is replaced at once.

    Raises:
        BackupError: when ``file`` is something else than a backup.
        StoreError: when it cannot be written.
    """
    if file.exists():
        if file.is_dir():
            raise BackupError(f"{file} is a folder; give the name of a file in it.")
        if store.path.exists() and file.samefile(store.path):
            raise BackupError(f"{file} is the database itself; give another file.")
        try:
            _examine(file)
        except Dp100Error as error:
            raise BackupError(
                f"{file} exists and is no backup of dp100; give another file, or remove it."
            ) from error
    part = file.with_name(file.name + ".part")
    with as_sentences(file):
        try:
            part.unlink(missing_ok=True)
            with closing(connect(part)) as target:
                store.snapshot(target)
                _single(target)
            _settle(part)
            part.replace(file)
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def restore(home: Path, file: Path, *, clock: Clock | None = None) -> Path | None:
    """Puts a backup in the place of the learner's database, which is kept beside it under another name.

    The backup is checked first; it may be of an older version of the program. What was there is kept even
    when it is damaged.

    Returns:
        Where the replaced database was kept; None when there was none.

    Raises:
        BackupError: when ``file`` is not a backup of dp100.
        StoreError: when it is damaged or newer than this program, or when dp100 is running.
    """
    path = home / DATABASE
    if not file.is_file():
        raise BackupError(f"There is no file {file}; give the file that `dp100 backup FILE` wrote.")
    if path.exists() and file.samefile(path):
        raise BackupError(f"{file} is the database itself; give a backup of it.")
    _examine(file)
    with as_sentences(home):
        home.mkdir(parents=True, exist_ok=True)
    lock = WriterLock.acquire(path)
    part = path.with_suffix(".restoring")
    try:
        with as_sentences(path):
            part.unlink(missing_ok=True)
            with closing(connect_for_reading(file)) as source, closing(connect(part)) as target:
                source.backup(target)
                _single(target)
            _settle(part)
            kept = _keep(path, clock or SystemClock())
            for name in (f"{path.name}-wal", f"{path.name}-shm"):
                path.with_name(name).unlink(missing_ok=True)
            part.replace(path)
            return kept
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        lock.release()


def _examine(file: Path) -> None:
    """Reads a backup from end to end.

    Raises:
        BackupError, StoreError: when it cannot be used.
    """
    try:
        with as_sentences(file), closing(connect_for_reading(file)) as db:
            check_usable(db, file)
            if version_of(db) == 0:
                raise BackupError(f"{file} is empty; give the file that `dp100 backup FILE` wrote.")
            found = [row[0] for row in db.execute("PRAGMA integrity_check(1)")]
            if found != ["ok"]:
                raise BackupError(f"{file} is damaged ({found[0]}); use another backup. Nothing was changed.")
    except DamagedDatabase as error:
        raise BackupError(
            f"{file} is damaged, or no backup of dp100; use another one. Nothing was changed."
        ) from error
    except sqlite3.Error as error:
        raise StoreError(f"{file} cannot be read ({error}); use another backup.") from error


def _single(db: sqlite3.Connection) -> None:
    """Makes a copy one file that needs no other beside it."""
    db.execute("PRAGMA journal_mode = DELETE")


def _settle(file: Path) -> None:
    """Waits until a file is on the disk."""
    with file.open("rb+") as opened:
        os.fsync(opened.fileno())


def _keep(path: Path, clock: Clock) -> Path | None:
    """Copies the present database aside, with the log beside it where that could not be taken in."""
    if not path.exists():
        return None
    with suppress(sqlite3.Error), closing(connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stamp = clock.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    kept = path.with_name(f"{path.stem}-{stamp}{path.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}-{stamp}-{number}{path.suffix}")
    wal = path.with_name(f"{path.name}-wal")
    if wal.exists() and wal.stat().st_size:
        shutil.copy2(wal, kept.with_name(f"{kept.name}-wal"))
    shutil.copy2(path, kept)
    _settle(kept)
    return kept
