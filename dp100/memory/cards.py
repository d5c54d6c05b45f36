"""What is remembered of each item. Derived: a fold over the log that can be thrown away and made again."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import TYPE_CHECKING, Literal, NamedTuple

from dp100.memory import reviews
from dp100.memory.clock import day_of, from_millis, start_of
from dp100.memory.scheduler import Scheduler, State, is_leech

if TYPE_CHECKING:
    from dp100.memory.store import Store

COLUMNS = ", ".join(State._fields)
"""The columns of table ``card`` after its key."""

_STATE = ", ".join(f"c.{name}" for name in State._fields)

SAVE = f"INSERT OR REPLACE INTO card (item, revision, {COLUMNS}) VALUES ({', '.join('?' * 13)})"
"""Puts a row of item, revision and state in the place of the one before."""


class Card(NamedTuple):
    """What is remembered of one revision of one item.

    Attributes:
        phase: "learning" when it was missed last and comes back in minutes, else "review".
        stability: days after which it is recalled with a probability of 0.9.
        difficulty: 1 (easy) to 10.
        due: when it is to be asked again; in phase "review" the start of a study day.
        last: when it was answered last.
        reps: how often it was answered.
        lapses: how often it was forgotten; missing it several times on a day counts once.
        leech: it was forgotten so often that its note should be read before it is asked again.
        right: the last answer earned all points (a lucky guess did).
    """

    item: str
    revision: int
    phase: Literal["learning", "review"]
    stability: float
    difficulty: float
    due: dt.datetime
    last: dt.datetime
    reps: int
    lapses: int
    leech: bool
    right: bool


def as_card(item: str, revision: int, state: State) -> Card:
    """A state as the rest of the program sees it."""
    due = start_of(day_of(state.due_day)) if state.due_at is None else from_millis(state.due_at)
    return Card(
        item=item,
        revision=revision,
        phase="review" if state.learned else "learning",
        stability=state.stability,
        difficulty=state.difficulty,
        due=due,
        last=from_millis(state.last_at),
        reps=state.reps,
        lapses=state.lapses,
        leech=is_leech(state.lapses),
        right=bool(state.last_right),
    )


def present(store: Store, item: str) -> Card | None:
    """What is remembered of an item in its present revision; None when it was never answered."""
    row = store.row(
        f"SELECT c.item, c.revision, {_STATE} FROM bank.item AS i "
        "JOIN card AS c ON c.item = i.id AND c.revision = i.revision WHERE i.id = ?",
        (item,),
    )
    return None if row is None else as_card(row[0], row[1], State(*row[2:]))


def load(db: sqlite3.Connection, item: str, revision: int) -> State | None:
    """The state of one revision of an item; None when it was never answered."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM card WHERE item = ? AND revision = ?", (item, revision)
    ).fetchone()
    return None if row is None else State(*row)


def save(db: sqlite3.Connection, item: str, revision: int, state: State | None) -> None:
    """Puts a state in the place of the one before; None removes it."""
    if state is None:
        db.execute("DELETE FROM card WHERE item = ? AND revision = ?", (item, revision))
    else:
        db.execute(SAVE, (item, revision, *state))


def refold(db: sqlite3.Connection, scheduler: Scheduler, item: str, revision: int) -> State | None:
    """Makes one card again from the log."""
    state = scheduler.fold(reviews.answers_to(db, item, revision))
    save(db, item, revision, state)
    return state
