"""Numbered migrations: ``schema/NNNN_name.sql`` brings a database from version NNNN - 1 to NNNN."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path

APPLICATION_ID = 0x64703130
"""Marks an SQLite file as one of ours: "dp10" in ASCII."""

_SCHEMA = Path(__file__).parent / "schema"


@cache
def migrations(folder: Path = _SCHEMA) -> dict[int, Path]:
    """The migrations in ``folder`` by number."""
    return {int(path.name[:4]): path for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))}


def known_version(folder: Path = _SCHEMA) -> int:
    """The version of the schema that this program writes."""
    return max(migrations(folder))


def version_of(db: sqlite3.Connection) -> int:
    """The version of the schema that ``db`` has; 0 for an empty database."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def is_ours(db: sqlite3.Connection) -> bool:
    """Whether ``db`` is empty or was made by this program."""
    if db.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        return True
    return version_of(db) == 0 and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0


def migrate(db: sqlite3.Connection, folder: Path = _SCHEMA) -> None:
    """Brings ``db``, a connection in autocommit mode, to :func:`known_version`; each step all or nothing."""
    for number, path in migrations(folder).items():
        if number <= version_of(db):
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(path.read_text(encoding="utf-8")):
                db.execute(statement)
            db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            db.execute(f"PRAGMA user_version = {number}")
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


def _statements(script: str) -> Iterator[str]:
    """The statements of a script. (``executescript`` would commit the transaction that is open.)"""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if any(line.strip() and not line.lstrip().startswith("--") for line in statement.splitlines()):
        raise ValueError(f"unfinished statement: {statement.strip()}")
