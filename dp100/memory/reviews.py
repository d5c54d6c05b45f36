"""The review log: every answer ever given. It is only ever added to, and everything else follows from it."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias

from dp100.memory.clock import day_number, from_millis, study_day, to_millis
from dp100.memory.rating import Confidence, Rating, rate
from dp100.memory.scheduler import Answer

Source: TypeAlias = Literal["study", "exam", "lab"]

_COLUMNS = "item, revision, at, day, points, possible, confidence, rating, millis, source, answer, seed"
_ANSWER = "rating, points = possible, at, day, millis"
_COUNTS = "id NOT IN (SELECT review FROM withdrawal)"


class Review(NamedTuple):
    """One answer to one revision of one item.

    Attributes:
        points: how many of the ``possible`` points it earned.
        confidence: how sure the learner was; None where nobody asked.
        seconds: from showing the question to the answer.
        answer: indexes as in the content, None where nothing was chosen.
        seed: draws the same numbers and the same order of options again.
    """

    item: str
    revision: int
    at: dt.datetime
    points: int
    possible: int
    confidence: Confidence | None
    seconds: float
    source: Source
    answer: tuple[int | None, ...]
    seed: int

    @property
    def rating(self) -> Rating:
        """What the answer says about recall."""
        return rate(self.points, self.possible, self.confidence)

    @property
    def for_scheduler(self) -> Answer:
        """The part that the scheduler needs."""
        return Answer(
            rating=int(self.rating),
            right=int(self.points == self.possible),
            at=to_millis(self.at),
            day=day_number(study_day(self.at)),
            millis=max(0, round(self.seconds * 1000)),
        )


def append(db: sqlite3.Connection, review: Review) -> int:
    """Adds a review to the log and returns its number. To be called within a transaction."""
    answer = review.for_scheduler
    values = (
        review.item,
        review.revision,
        answer.at,
        answer.day,
        review.points,
        review.possible,
        None if review.confidence is None else int(review.confidence),
        answer.rating,
        answer.millis,
        review.source,
        json.dumps(list(review.answer), separators=(",", ":")),
        review.seed,
    )
    cursor = db.execute(
        f"INSERT INTO review ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def withdraw(db: sqlite3.Connection, number: int, at: dt.datetime) -> bool:
    """Adds to the log that a review counts no more; False when it says so already.

    To be called within a transaction.
    """
    if db.execute("SELECT 1 FROM withdrawal WHERE review = ?", (number,)).fetchone():
        return False
    db.execute("INSERT INTO withdrawal (review, at) VALUES (?, ?)", (number, to_millis(at)))
    return True


def read(db: sqlite3.Connection, number: int) -> Review | None:
    """The review of that number, withdrawn or not."""
    row = db.execute(f"SELECT {_COLUMNS} FROM review WHERE id = ?", (number,)).fetchone()
    if row is None:
        return None
    item, revision, at, _, points, possible, confidence, _, millis, source, answer, seed = row
    return Review(
        item=item,
        revision=revision,
        at=from_millis(at),
        points=points,
        possible=possible,
        confidence=None if confidence is None else Confidence(confidence),
        seconds=millis / 1000,
        source=source,
        answer=tuple(json.loads(answer)),
        seed=seed,
    )


def answers_to(db: sqlite3.Connection, item: str, revision: int) -> list[Answer]:
    """The answers to one revision of an item that count, in the order of giving."""
    rows = db.execute(
        f"SELECT {_ANSWER} FROM review WHERE item = ? AND revision = ? AND {_COUNTS} ORDER BY id",
        (item, revision),
    )
    return [Answer(*row) for row in rows]


def numbered_answers_to(db: sqlite3.Connection, item: str, revision: int) -> list[tuple[int, Answer]]:
    """All answers to one revision of an item with their numbers, withdrawn ones too."""
    rows = db.execute(
        f"SELECT id, {_ANSWER} FROM review WHERE item = ? AND revision = ? ORDER BY id", (item, revision)
    )
    return [(number, Answer(*answer)) for number, *answer in rows]


def all_answers(
    db: sqlite3.Connection,
) -> Iterator[tuple[str, int, int, int, int, int, int]]:
    """Every answer that counts, in the order of giving: item, revision, the fields of :class:`Answer`."""
    return db.execute(f"SELECT item, revision, {_ANSWER} FROM review WHERE {_COUNTS} ORDER BY id")


def newest(db: sqlite3.Connection) -> int:
    """Number of the last review; 0 for an empty log."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM review").fetchone()[0])


def withdrawn(db: sqlite3.Connection) -> frozenset[int]:
    """Numbers of the reviews that do not count."""
    return frozenset(row[0] for row in db.execute("SELECT review FROM withdrawal"))


def touched(db: sqlite3.Connection, after: int, numbers: Iterable[int]) -> set[tuple[str, int]]:
    """Items and revisions of the reviews later than ``after``, and of those with one of the ``numbers``."""
    items = set(db.execute("SELECT DISTINCT item, revision FROM review WHERE id > ?", (after,)))
    for number in numbers:
        items |= set(db.execute("SELECT item, revision FROM review WHERE id = ?", (number,)))
    return items


def as_indexes(answer: Sequence[int | None]) -> tuple[int | None, ...]:
    """An answer as the log holds it.

    Raises:
        ValueError: when it is anything but a sequence of indexes and blanks.
    """
    if not all(part is None or (isinstance(part, int) and not isinstance(part, bool)) for part in answer):
        raise ValueError(f"{answer!r} is no sequence of indexes")
    return tuple(answer)
