"""What was done on each study day, counted as it happens, so that no screen has to read the whole log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TypeAlias

from dp100.memory.scheduler import Advance, Answer, Folded, Scheduler

LONGEST_LOOK = 10 * 60 * 1000
"""Milliseconds counted for one answer at most: a question left open over lunch was not studied that long."""

Tally: TypeAlias = "list[int]"
"""One day's counts: reviews, correct, millis, fresh, due, spaced, recalled; the columns of table ``day``."""


def count(tally: Tally, before: Folded | None, rating: int, right: int, day: int, millis: int) -> None:
    """Adds one answer to the tally of its day. ``before`` is the state that it met."""
    tally[0] += 1
    tally[1] += right
    tally[2] += millis if millis < LONGEST_LOOK else LONGEST_LOOK
    if before is None:
        tally[3] += 1
    elif before[5] < day:
        # The first answer of the day to an item seen earlier; a repeat on the same day is neither.
        if before[2] <= day:
            tally[4] += 1
        tally[5] += 1
        if rating > 1:
            tally[6] += 1


def tallies(advance: Advance, answers: Iterable[Answer]) -> dict[int, Tally]:
    """What the answers to one item add to each day."""
    days: dict[int, Tally] = {}
    state: Folded | None = None
    for rating, right, at, day, millis in answers:
        count(days.setdefault(day, [0] * 7), state, rating, right, day, millis)
        state = advance(state, rating, right, at, day)
    return days


def add(db: sqlite3.Connection, days: dict[int, Tally]) -> None:
    """Adds tallies, whose numbers may be negative, to table ``day``; days without reviews vanish."""
    for day, tally in days.items():
        db.execute(
            "INSERT INTO day VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (day) DO UPDATE SET "
            "reviews = reviews + excluded.reviews, correct = correct + excluded.correct, "
            "millis = millis + excluded.millis, fresh = fresh + excluded.fresh, due = due + excluded.due, "
            "spaced = spaced + excluded.spaced, recalled = recalled + excluded.recalled",
            (day, *tally),
        )
    db.execute("DELETE FROM day WHERE reviews = 0")


def difference(scheduler: Scheduler, before: list[Answer], after: list[Answer]) -> dict[int, Tally]:
    """What has to be added to each day when an item's answers change from ``before`` to ``after``."""
    days = tallies(scheduler.advance, after)
    for day, tally in tallies(scheduler.advance, before).items():
        total = days.setdefault(day, [0] * 7)
        for column, number in enumerate(tally):
            total[column] -= number
    return days
