"""What the learner did in labs: a log, and what follows from it.

It is written beside the review log while the app may be open in another terminal: a lab is watched in one
window and studied in the next. The two never touch the same rows, so it needs no turn as the only writer.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Literal, NamedTuple

from dp100.memory.clock import day_number, from_millis, study_day, to_millis
from dp100.memory.store import Store

Kind = Literal["passed", "failed", "hint", "solution", "reset"]

CREDIT = 0.5
"""What having done all of a topic's lab by hand adds to an unseen question: that share of the way from its guess
rate to certainty. Doing teaches most of what the lab is about, and a lab is about less than its topic."""

LASTING = 30
"""Days after which that has halved: what was done once fades."""


class Work(NamedTuple):
    """A folder in which a lab was started.

    Attributes:
        key: what the folder carries.
        steps: ids of the lab's steps, in order.
        topics: ids of its topics.
        folder: where it was seen last.
    """

    key: str
    lab: str
    revision: int
    title: str
    steps: tuple[str, ...]
    topics: tuple[str, ...]
    folder: str
    started: dt.datetime


class Progress(NamedTuple):
    """How far a piece of work is.

    Attributes:
        done: ids of the steps that passed since the last reset.
        hints: by step, how many hints were shown since then.
        solution: whether the solution was shown since then.
        last: when something happened there last.
    """

    work: Work
    done: frozenset[str]
    hints: dict[str, int]
    solution: bool
    last: dt.datetime

    @property
    def current(self) -> str | None:
        """The first step that is not done; None when all are."""
        return next((step for step in self.work.steps if step not in self.done), None)


def begin(store: Store, work: Work) -> None:
    """Keeps that a lab was started."""
    with store.transaction() as db:
        db.execute(
            "INSERT OR REPLACE INTO lab_work VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                work.key,
                work.lab,
                work.revision,
                work.title,
                json.dumps(work.steps),
                json.dumps(work.topics),
                work.folder,
                to_millis(work.started),
            ),
        )


def note(store: Store, key: str, kind: Kind, step: str | None = None) -> None:
    """Keeps that something happened in a piece of work."""
    with store.transaction() as db:
        db.execute(
            "INSERT INTO lab_event (work, at, kind, step) VALUES (?, ?, ?, ?)",
            (key, to_millis(store.clock.now()), kind, step),
        )


def progress(store: Store, key: str) -> Progress | None:
    """How far a piece of work is; None when there is none with this key."""
    return next(iter(_progress(store, "WHERE w.key = ?", (key,))), None)


def works(store: Store, lab: str | None = None) -> list[Progress]:
    """All work, or that on one lab; what was touched last comes first."""
    found = _progress(store, "WHERE w.lab = ?", (lab,)) if lab else _progress(store, "", ())
    return sorted(found, key=lambda one: one.last, reverse=True)


def _progress(store: Store, where: str, values: Sequence[object]) -> list[Progress]:
    rows = store.rows(
        "SELECT w.key, w.lab, w.revision, w.title, w.steps, w.topics, w.folder, w.started, e.kind, e.step, e.at "
        f"FROM lab_work w LEFT JOIN lab_event e ON e.work = w.key {where} ORDER BY w.started, w.key, e.id",
        values,
    )
    found: dict[str, Progress] = {}
    for *columns, kind, step, at in rows:
        key = columns[0]
        if key not in found:
            found[key] = _untouched(columns)
        if kind is not None:
            found[key] = _after(found[key], kind, step, from_millis(at))
    return list(found.values())


def _untouched(columns: Sequence[object]) -> Progress:
    key, lab, revision, title, steps, topics, folder, started = columns
    work = Work(
        str(key),
        str(lab),
        int(str(revision)),
        str(title),
        tuple(json.loads(str(steps))),
        tuple(json.loads(str(topics))),
        str(folder),
        from_millis(int(str(started))),
    )
    return nothing_yet(work)


def nothing_yet(work: Work) -> Progress:
    """Work that has only been started."""
    return Progress(work, frozenset(), {}, False, work.started)


def _after(before: Progress, kind: str, step: str | None, at: dt.datetime) -> Progress:
    match kind:
        case "reset":
            return Progress(before.work, frozenset(), {}, False, at)
        case "passed" if step is not None:
            return before._replace(done=before.done | {step}, last=at)
        case "hint" if step is not None:
            return before._replace(hints={**before.hints, step: before.hints.get(step, 0) + 1}, last=at)
        case "solution":
            return before._replace(solution=True, last=at)
        case _:
            return before._replace(last=at)


def practised(store: Store, today: int) -> dict[str, float]:
    """By topic, how much of a lab about it the learner has done by hand, 0 to 1, faded with time.

    A step counts once, at its latest pass. One that passed after the solution was shown does not count: copying
    is no evidence. Of several labs on a topic the one that was done most counts.

    Args:
        today: number of the present study day.
    """
    rows = store.rows(
        "SELECT w.lab, w.steps, w.topics, e.step, max(e.at) FROM lab_event e JOIN lab_work w ON w.key = e.work "
        "WHERE e.kind = 'passed' AND NOT EXISTS (SELECT 1 FROM lab_event s WHERE s.work = e.work "
        "AND s.kind = 'solution' AND s.id < e.id "
        "AND NOT EXISTS (SELECT 1 FROM lab_event r WHERE r.work = e.work AND r.kind = 'reset' "
        "AND r.id > s.id AND r.id < e.id)) "
        "GROUP BY w.lab, e.step"
    )
    shares: dict[str, float] = {}
    topics: dict[str, set[str]] = {}
    for lab, steps, about, step, at in rows:
        known = json.loads(steps)
        if step in known:
            days = max(0, today - _day(at))
            shares[lab] = shares.get(lab, 0.0) + 0.5 ** (days / LASTING) / len(known)
            topics.setdefault(lab, set()).update(json.loads(about))
    found: dict[str, float] = {}
    for lab, share in shares.items():
        for topic in topics[lab]:
            found[topic] = max(found.get(topic, 0.0), min(1.0, share))
    return found


def _day(millis: int) -> int:
    """Number of the study day that a moment belongs to."""
    return day_number(study_day(from_millis(millis)))
