"""What the learner says about an item: leave it out, keep it at hand, something is wrong with it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dp100.memory.clock import from_millis, to_millis
from dp100.memory.store import Store


class Marks(NamedTuple):
    """The marks of one item; ``flagged`` is the note that goes with the flag."""

    suspended: bool = False
    bookmarked: bool = False
    flagged: str | None = None


class Flag(NamedTuple):
    """An item that the learner holds to be wrong, since when, and why."""

    item: str
    at: dt.datetime
    note: str


def marks(store: Store, item: str) -> Marks:
    """The marks of an item."""
    row = store.row("SELECT suspended_at, bookmarked_at, note FROM mark WHERE item = ?", (item,))
    return Marks() if row is None else Marks(row[0] is not None, row[1] is not None, row[2])


def suspend(store: Store, item: str, on: bool = True) -> None:
    """Never ask an item again, or do."""
    _set(store, item, suspended_at=to_millis(store.clock.now()) if on else None)


def bookmark(store: Store, item: str, on: bool = True) -> None:
    """Keep an item at hand, or no more."""
    _set(store, item, bookmarked_at=to_millis(store.clock.now()) if on else None)


def flag(store: Store, item: str, note: str) -> None:
    """Flag an item as wrong, with a note to oneself (which may be empty)."""
    _set(store, item, flagged_at=to_millis(store.clock.now()), note=note.strip())


def unflag(store: Store, item: str) -> None:
    """Take the flag off an item."""
    _set(store, item, flagged_at=None, note=None)


def flagged(store: Store) -> list[Flag]:
    """The flagged items, the oldest flag first."""
    rows = store.rows(
        "SELECT item, flagged_at, note FROM mark WHERE note IS NOT NULL ORDER BY flagged_at, item"
    )
    return [Flag(item, from_millis(at), note) for item, at, note in rows]


def _set(store: Store, item: str, **columns: object) -> None:
    names = ", ".join(columns)
    updates = ", ".join(f"{name} = excluded.{name}" for name in columns)
    with store.transaction() as db:
        db.execute(
            f"INSERT INTO mark (item, {names}) VALUES (?, {', '.join('?' * len(columns))}) "
            f"ON CONFLICT (item) DO UPDATE SET {updates}",
            (item, *columns.values()),
        )
        db.execute(
            "DELETE FROM mark WHERE item = ? "
            "AND suspended_at IS NULL AND bookmarked_at IS NULL AND note IS NULL",
            (item,),
        )


def suspended(store: Store) -> set[str]:
    """Ids of the questions that are never to be asked again."""
    return {str(row[0]) for row in store.rows("SELECT item FROM mark WHERE suspended_at IS NOT NULL")}
