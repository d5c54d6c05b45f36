"""How studying has gone, and what is to come."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dp100.memory.clock import day_of, from_millis
from dp100.memory.mastery import DUE, ITEMS, View
from dp100.memory.scheduler import LEECH_LAPSES

HISTORY_DAYS = 365
RETENTION_DAYS = 90
FORECAST_DAYS = 30


class Stats(NamedTuple):
    """Numbers of the learner's history.

    Attributes:
        by_day: study day, answers, fully right ones; the last 365 study days, the oldest first.
        retention: of the answers a day or more after the one before, the share that recalled the item; over
            the last 90 study days, to be held against the retention aimed at. A lucky guess recalled
            nothing. None without any.
        forecast: study day and items falling due; 30 study days from today, which has all that is overdue.
        accuracy_by_area: fully right answers and all answers, to the items as they are now.
        leeches: ids of the items forgotten again and again, the worst first.
        time_total_s: seconds spent on questions, at most ten minutes counted for each.
        fitted: when the learner's own weights were fitted that are in force; None for the published ones.
        weights_reviews: how many answers they were fitted to.
    """

    by_day: list[tuple[dt.date, int, int]]
    retention: float | None
    forecast: list[tuple[dt.date, int]]
    accuracy_by_area: dict[str, tuple[int, int]]
    leeches: list[str]
    time_total_s: float
    fitted: dt.datetime | None
    weights_reviews: int


def stats(view: View) -> Stats:
    """Counts what the tables of cards and days hold."""
    today = view.today
    days = {day: rest for day, *rest in view.store.rows("SELECT * FROM day")}
    spaced = [rest for day, rest in days.items() if today - RETENTION_DAYS < day <= today]
    asked = sum(rest[5] for rest in spaced)
    fitted = view.store.row(
        "SELECT at, reviews FROM weights WHERE parameters IS NOT NULL ORDER BY id DESC LIMIT 1"
    )
    return Stats(
        by_day=[
            (day_of(day), *(days.get(day, (0, 0))[:2])) for day in range(today - HISTORY_DAYS + 1, today + 1)
        ],
        retention=sum(rest[6] for rest in spaced) / asked if asked else None,
        forecast=_forecast(view),
        accuracy_by_area=_accuracy(view),
        leeches=_leeches(view),
        time_total_s=sum(rest[2] for rest in days.values()) / 1000,
        fitted=from_millis(fitted[0]) if fitted else None,
        weights_reviews=fitted[1] if fitted else 0,
    )


def _forecast(view: View) -> list[tuple[dt.date, int]]:
    today = view.today
    rows = view.store.rows(
        f"SELECT CASE WHEN {DUE} THEN :today ELSE max(c.due_day, :today) END AS day, i.topic, count(*) "
        f"FROM {ITEMS} AND c.item IS NOT NULL GROUP BY day, i.topic",
        view.parameters(),
    )
    ours = {topic.id for topic in view.outline.topics}
    falling: dict[int, int] = {}
    for day, topic, number in rows:
        if topic in ours:
            falling[day] = falling.get(day, 0) + number
    return [(day_of(day), falling.get(day, 0)) for day in range(today, today + FORECAST_DAYS)]


def _accuracy(view: View) -> dict[str, tuple[int, int]]:
    rows = view.store.rows(
        "SELECT i.topic, sum(c.correct), sum(c.reps) FROM card AS c "
        "JOIN bank.item AS i ON i.id = c.item AND i.revision = c.revision GROUP BY i.topic"
    )
    counted = {topic: (right, total) for topic, right, total in rows}
    accuracy = {}
    for area in view.outline.areas:
        pairs = [counted.get(topic.id, (0, 0)) for topic in area.topics]
        accuracy[area.id] = (sum(right for right, _ in pairs), sum(total for _, total in pairs))
    return accuracy


def _leeches(view: View) -> list[str]:
    rows = view.store.rows(
        f"SELECT i.id, i.topic FROM {ITEMS} AND c.lapses >= :leech "
        "ORDER BY c.lapses DESC, c.last_at DESC, i.id",
        {**view.parameters(), "leech": LEECH_LAPSES},
    )
    ours = {topic.id for topic in view.outline.topics}
    return [id for id, topic in rows if topic in ours]
