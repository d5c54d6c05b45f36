"""Mock exams on disk: the one that is open, change by change, and the history of those that ended."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from dp100.memory.clock import from_millis, to_millis
from dp100.memory.store import Store


class ExamRecord(NamedTuple):
    """One exam, open or finished.

    Attributes:
        form: ``full`` or ``short``.
        remaining: seconds left on the clock as of ``saved``.
        finished: None while it is open; so are ``score``, ``points`` and ``possible``.
    """

    id: int
    outline: str
    form: str
    open_book: bool
    minutes: int
    passing: int
    started: dt.datetime
    remaining: float
    saved: dt.datetime
    position: int
    finished: dt.datetime | None
    score: int | None
    points: int | None
    possible: int | None


class Place(NamedTuple):
    """One question of an exam.

    Attributes:
        section: number of its section, from 0; ``kind`` is that section's kind.
        seconds: time spent on it.
        locked: its section was left and cannot be entered again.
        points: earned, None while the exam is open.
    """

    position: int
    section: int
    kind: str
    item: str
    topic: str
    seed: int
    answer: tuple[int | None, ...] = ()
    flagged: bool = False
    seconds: float = 0.0
    locked: bool = False
    points: int | None = None
    possible: int | None = None

    @property
    def begun(self) -> bool:
        """Whether anything was answered."""
        return any(part is not None for part in self.answer)


def begin(
    store: Store,
    *,
    outline: str,
    form: str,
    open_book: bool,
    minutes: int,
    passing: int,
    places: Sequence[Place],
    at: dt.datetime,
) -> int:
    """Write a new exam with all of its places and return its id."""
    now = to_millis(at)
    with store.transaction() as db:
        exam = db.execute(
            "INSERT INTO exam (outline, form, open_book, minutes, passing, started_at, remaining_ms, saved_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (outline, form, int(open_book), minutes, passing, now, minutes * 60_000, now),
        ).lastrowid
        assert exam is not None
        db.executemany(
            "INSERT INTO exam_place (exam, position, section, kind, item, topic, seed) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(exam, p.position, p.section, p.kind, p.item, p.topic, p.seed) for p in places],
        )
    return exam


def running(store: Store) -> ExamRecord | None:
    """The exam that is open, None when there is none."""
    row = store.row("SELECT * FROM exam WHERE finished_at IS NULL")
    return _record(row) if row else None


def history(store: Store) -> list[ExamRecord]:
    """Finished exams, oldest first."""
    rows = store.rows("SELECT * FROM exam WHERE finished_at IS NOT NULL ORDER BY finished_at, id")
    return [_record(row) for row in rows]


def find(store: Store, exam: int) -> ExamRecord | None:
    """The exam with this id."""
    row = store.row("SELECT * FROM exam WHERE id = ?", (exam,))
    return _record(row) if row else None


def places(store: Store, exam: int) -> list[Place]:
    """The questions of an exam, in order."""
    rows = store.rows("SELECT * FROM exam_place WHERE exam = ? ORDER BY position", (exam,))
    return [_place(row) for row in rows]


def asked_lately(store: Store, exams: int = 3) -> set[str]:
    """Ids of the questions of the last few exams."""
    rows = store.rows(
        "SELECT item FROM exam_place WHERE exam IN (SELECT id FROM exam ORDER BY id DESC LIMIT ?)", (exams,)
    )
    return {str(row[0]) for row in rows}


def save(
    store: Store,
    exam: int,
    *,
    remaining: float,
    position: int,
    at: dt.datetime,
    changed: Sequence[Place] = (),
) -> None:
    """Write the clock, the position and the places that changed, in one transaction."""
    with store.transaction() as db:
        db.execute(
            "UPDATE exam SET remaining_ms = ?, position = ?, saved_at = ? WHERE id = ? AND finished_at IS NULL",
            (round(remaining * 1000), position, to_millis(at), exam),
        )
        for place in changed:
            _write(db, exam, place)


def finish(
    store: Store,
    exam: int,
    *,
    remaining: float,
    score: int,
    points: int,
    possible: int,
    places: Sequence[Place],
    at: dt.datetime,
) -> None:
    """Close an exam for good, with the points of every place."""
    with store.transaction() as db:
        db.execute(
            "UPDATE exam SET remaining_ms = ?, saved_at = ?, finished_at = ?, score = ?, points = ?, possible = ?"
            " WHERE id = ? AND finished_at IS NULL",
            (round(remaining * 1000), to_millis(at), to_millis(at), score, points, possible, exam),
        )
        for place in places:
            _write(db, exam, place)


def discard(store: Store, exam: int) -> None:
    """Take an open exam out of the history, as if it had not been begun."""
    with store.transaction() as db:
        db.execute(
            "DELETE FROM exam_place WHERE exam IN (SELECT id FROM exam WHERE id = ? AND finished_at IS NULL)",
            (exam,),
        )
        db.execute("DELETE FROM exam WHERE id = ? AND finished_at IS NULL", (exam,))


def _write(db: Any, exam: int, place: Place) -> None:
    db.execute(
        "UPDATE exam_place SET answer = ?, flagged = ?, spent_ms = ?, locked = ?, points = ?, possible = ?"
        " WHERE exam = ? AND position = ?",
        (
            json.dumps(place.answer),
            int(place.flagged),
            round(place.seconds * 1000),
            int(place.locked),
            place.points,
            place.possible,
            exam,
            place.position,
        ),
    )


_EXAM = (
    "id outline form open_book minutes passing started_at remaining_ms saved_at position "
    "finished_at score points possible"
)


def _record(row: Sequence[Any]) -> ExamRecord:
    values = dict(zip(_EXAM.split(), row, strict=True))
    return ExamRecord(
        id=values["id"],
        outline=values["outline"],
        form=values["form"],
        open_book=bool(values["open_book"]),
        minutes=values["minutes"],
        passing=values["passing"],
        started=from_millis(values["started_at"]),
        remaining=values["remaining_ms"] / 1000,
        saved=from_millis(values["saved_at"]),
        position=values["position"],
        finished=None if values["finished_at"] is None else from_millis(values["finished_at"]),
        score=values["score"],
        points=values["points"],
        possible=values["possible"],
    )


def _place(row: Sequence[Any]) -> Place:
    _, position, section, kind, item, topic, seed, answer, flagged, spent, locked, points, possible = row
    return Place(
        position=position,
        section=section,
        kind=kind,
        item=item,
        topic=topic,
        seed=seed,
        answer=tuple(json.loads(answer)),
        flagged=bool(flagged),
        seconds=spent / 1000,
        locked=bool(locked),
        points=points,
        possible=possible,
    )
