"""Mastery: the share of its questions that the learner is expected to get right if asked today.

One definition for every screen. An item counts with its retrievability now when it was recalled last, and
with the guess rate of its kind when it was never answered, or not recalled last. (FSRS puts the
retrievability at 1 straight after any answer, a miss included, because it has just been seen; but having
seen the solution a minute ago is no evidence of knowing it, and a lucky guess is none either.) Where the learner
has done a lab on the topic by hand, an item never answered counts somewhat higher; see
:data:`dp100.memory.labs.CREDIT`. Suspended
items do not count. A topic is the mean of its items, an area the mean of its topics that have items, and the
estimated score weighs the areas as the outline does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from dp100.memory import labs
from dp100.memory.clock import day_number, day_of, from_millis, start_of, study_day, to_millis
from dp100.memory.scheduler import RELEARN_AFTER, Scheduler

if TYPE_CHECKING:
    from dp100.curriculum.outline import Outline
    from dp100.memory.settings import Settings
    from dp100.memory.store import Store

EXPECTED = (
    "CASE WHEN c.learned THEN pow(1 + :factor * max(0, :today - c.last_day) / c.stability, -:decay) "
    "ELSE i.guess END"
)
"""SQL: probability that item ``i`` with card ``c`` would be answered right now."""

DUE = (
    "(c.last_day > :today OR (c.due_day <= :today"
    " AND (c.due_at IS NULL OR c.due_at <= :now OR c.due_at > :now + :too_far)))"
)
"""SQL: whether card ``c`` is due. One answered in the future is: the clock was wrong then, and must not
keep the item away for years."""

ITEMS = """bank.item AS i LEFT JOIN card AS c ON c.item = i.id AND c.revision = i.revision
WHERE (:sdk = 'any' OR i.sdk IN ('any', :sdk))
AND i.id NOT IN (SELECT item FROM mark WHERE suspended_at IS NOT NULL)
"""
"""SQL: the items that may be asked, each with the card of its present revision."""


class View(NamedTuple):
    """What questions about the learner's knowledge are asked with: database, content, settings and time."""

    store: Store
    outline: Outline
    settings: Settings
    scheduler: Scheduler
    now: dt.datetime

    @property
    def today(self) -> int:
        """Number of the present study day."""
        return day_number(study_day(self.now))

    def parameters(self) -> dict[str, object]:
        """The values of the names in the SQL above."""
        return {
            "factor": self.scheduler.factor,
            "decay": self.scheduler.decay,
            "today": self.today,
            "now": to_millis(self.now),
            "too_far": 2 * RELEARN_AFTER,
            "sdk": self.settings.sdk,
        }


class TopicState(NamedTuple):
    """How the learner stands with a topic: mastery 0 to 1, and numbers of items due, new, seen and in all."""

    id: str
    title: str
    mastery: float
    due: int
    new: int
    total: int
    seen: int


class Standing(NamedTuple):
    """All topics of the outline in its order, and what falls out of looking at every item once.

    Attributes:
        again: how many of the due items were missed earlier on this study day.
        next_due: when the next item that is not due yet will be; None when there is none.
    """

    topics: dict[str, TopicState]
    again: int
    next_due: dt.datetime | None


def standing(view: View) -> Standing:
    """Looks at every item once."""
    rows = view.store.rows(
        f"SELECT i.topic, count(*), count(c.item), total({EXPECTED}), total({DUE}), "
        f"total({DUE} AND c.learned = 0 AND c.last_day = :today), "
        "total(CASE WHEN c.item IS NULL THEN 1 - i.guess END), "
        f"min(CASE WHEN NOT {DUE} AND c.learned THEN c.due_day END), "
        f"min(CASE WHEN NOT {DUE} THEN c.due_at END) FROM {ITEMS} GROUP BY i.topic",
        view.parameters(),
    )
    by_topic = {row[0]: row[1:] for row in rows}
    practised = labs.practised(view.store, view.today)
    topics: dict[str, TopicState] = {}
    again, moments = 0, []
    for topic in view.outline.topics:
        total, seen, expected, due, repeats, unknown, day, moment = by_topic.get(
            topic.id, (0, 0, 0.0, 0, 0, 0.0, None, None)
        )
        expected += labs.CREDIT * practised.get(topic.id, 0.0) * unknown
        topics[topic.id] = TopicState(
            id=topic.id,
            title=topic.title,
            mastery=expected / total if total else 0.0,
            due=int(due),
            new=total - seen,
            total=total,
            seen=seen,
        )
        again += int(repeats)
        if day is not None:
            moments.append(start_of(day_of(day)))
        if moment is not None:
            moments.append(from_millis(moment))
    return Standing(topics, again, min(moments, default=None))


def area_mastery(outline: Outline, topics: Mapping[str, TopicState]) -> dict[str, float]:
    """Mastery by area id: the mean of its topics that have items, 0 for an area without any."""
    mastery = {}
    for area in outline.areas:
        counted = [topics[topic.id].mastery for topic in area.topics if topics[topic.id].total]
        mastery[area.id] = sum(counted) / len(counted) if counted else 0.0
    return mastery


def score(outline: Outline, areas: Mapping[str, float]) -> int:
    """The estimated score, 0 to 1000: the areas' mastery weighed as the outline weighs them."""
    return round(1000 * sum(weight * areas[area] for area, weight in outline.weights.items()))


def weakest(topics: Mapping[str, TopicState]) -> list[TopicState]:
    """The topics that were begun, least mastered first: one never looked at is new, not weak."""
    return sorted((topic for topic in topics.values() if topic.seen), key=lambda topic: topic.mastery)
