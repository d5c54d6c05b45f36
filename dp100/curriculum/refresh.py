"""Keeping the index in step with the files.

A file is read again only when its size or time changed and its content differs; what depends on several
files is drawn anew whenever one changed. It all happens in one transaction: a killed process leaves the
index as it was, and a second process waits and then finds the work done.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100 import __version__
from dp100.curriculum.sources import Source, Sources

if TYPE_CHECKING:
    from dp100.curriculum.reading import Content

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time is trusted: some file systems count in steps of two seconds."""

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def agrees(connection: sqlite3.Connection, found: Sources) -> bool:
    """Whether the index was made by this program from these very files."""
    if not _is_ours(connection):
        return False
    rows = connection.execute(
        "SELECT path, label, rank, outline, pack, size, mtime_ns FROM file ORDER BY rank"
    ).fetchall()
    return rows == [_row(source) for source in found.files]


def refresh(connection: sqlite3.Connection, found: Sources) -> None:
    """Make the index agree with ``found``. Another process may have done it meanwhile."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_ours(connection):
            _make(connection)
        if _update(connection, found):
            from dp100.curriculum.crosscheck import derive

            derive(connection)
        connection.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


@cache
def fingerprint() -> str:
    """Which program this is: its version, and the state of the files that decide what a valid entry is."""
    folder = Path(__file__).parent
    parts = [__version__]
    for part in (folder, folder / "generators"):
        with contextlib.suppress(OSError), os.scandir(part) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.endswith((".py", ".sql")):
                    status = entry.stat()
                    parts.append(f"{entry.name} {status.st_size} {status.st_mtime_ns}")
    return "\n".join(parts)


def _is_ours(connection: sqlite3.Connection) -> bool:
    if ("maker",) not in connection.execute(_TABLES).fetchall():
        return False
    return connection.execute("SELECT fingerprint FROM maker").fetchall() == [(fingerprint(),)]


def _make(connection: sqlite3.Connection) -> None:
    for (name,) in connection.execute(_TABLES).fetchall():
        quoted = name.replace('"', '""')
        connection.execute(f'DROP TABLE "{quoted}"')
    statement = ""
    # executescript() would end the transaction.
    for line in Path(__file__).with_name("index.sql").read_text(encoding="utf-8").splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.execute("INSERT INTO maker VALUES (?)", (fingerprint(),))


def _update(connection: sqlite3.Connection, found: Sources) -> bool:
    """Read again what changed; True when anything that a learner could see may differ."""
    rows = connection.execute("SELECT path, file, label, rank, outline, pack, size, mtime_ns, hash FROM file")
    before = {row[0]: row[1:] for row in rows.fetchall()}
    changed = False
    for path in before.keys() - {source.path for source in found.files}:
        _forget(connection, before[path][0])
        connection.execute("DELETE FROM file WHERE file = ?", (before[path][0],))
        changed = True
    for source in found.files:
        known = before.get(source.path)
        if known is None:
            changed |= _take_in(connection, source, None, None)
            continue
        number, label, rank, outline, pack, size, mtime_ns, digest = known
        if (label, rank, outline, pack) != (source.label, source.rank, source.outline, source.pack):
            connection.execute(
                "UPDATE file SET label = ?, rank = ?, outline = ?, pack = ? WHERE file = ?",
                (source.label, source.rank, source.outline, source.pack, number),
            )
            changed = True
        if outline != source.outline:
            changed |= _take_in(connection, source, number, None)
        elif (size, mtime_ns) != (source.size, source.mtime_ns):
            changed |= _take_in(connection, source, number, digest)
    return changed


def _row(source: Source) -> tuple[str | int, ...]:
    return (
        source.path,
        source.label,
        source.rank,
        int(source.outline),
        source.pack,
        source.size,
        source.mtime_ns,
    )


def _take_in(
    connection: sqlite3.Connection, source: Source, number: int | None, digest: bytes | None
) -> bool:
    """Read one file; False when its content is what it was."""
    from dp100.curriculum.file_reading import load

    got = load(source, settled_before=time.time_ns() - _SETTLED)
    if number is not None and got.digest == digest:
        connection.execute(
            "UPDATE file SET size = ?, mtime_ns = ? WHERE file = ?", (got.size, got.mtime_ns, number)
        )
        return False
    if number is not None:
        _forget(connection, number)
    rows = connection.execute(
        "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING file",
        (number, *_row(source)[:5], got.size, got.mtime_ns, got.digest),
    ).fetchall()
    _keep(connection, rows[0][0], got.content(outline=source.outline))
    return True


def _forget(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("DELETE FROM body WHERE entry IN (SELECT entry FROM entry WHERE file = ?)", (number,))
    for table in ("entry", "written", "planned", "fault"):
        connection.execute(f"DELETE FROM {table} WHERE file = ?", (number,))


def _keep(connection: sqlite3.Connection, number: int, content: Content) -> None:
    rows = connection.execute("SELECT coalesce(max(entry), 0) + 1 FROM entry").fetchall()
    entries = list(enumerate(content.questions, start=rows[0][0]))
    _insert(connection, "entry", ((entry, number, *asked[:-1]) for entry, asked in entries))
    _insert(connection, "body", ((entry, asked.body) for entry, asked in entries))
    _insert(connection, "written", ((number, note.topic, note.line, note.body) for note in content.notes))
    _insert(connection, "planned", ((number, plan.id, plan.line, plan.body) for plan in content.outlines))
    _insert(connection, "fault", ((number, fault.line, fault.message) for fault in content.faults))


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)
