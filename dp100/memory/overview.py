"""Where the learner stands today: everything that the first screen shows."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from dp100.memory.allowance import allowance
from dp100.memory.mastery import TopicState, View, area_mastery, score, standing, weakest

HEAT_DAYS = 84
ACCURACY_DAYS = 30
AWAY_DAYS = 3
"""Study days without an answer after which a bounded catch-up is offered."""

_USUAL_SECONDS = 36.0  # for one question, until the learner's own pace is known
_PACE_REVIEWS = 20


class AreaState(NamedTuple):
    """How the learner stands with an area: mastery 0 to 1, and numbers of items."""

    id: str
    title: str
    short: str
    weight: tuple[int, int] | None
    mastery: float
    due: int
    new: int
    total: int


class Overview(NamedTuple):
    """Where the learner stands.

    Attributes:
        areas: the areas of the outline, in its order.
        score: the estimated score, 0 to 1000.
        passing: the score that passes.
        due, new: what today's plain queue holds.
        due_total: everything due, whatever the limits.
        minutes: how long today's queue will take at the learner's pace.
        next_due: when the next item will be due that is not yet; None when there is none.
        days_left: until the exam; 0 on its day, None without a date or after it.
        streak: study days in a row with an answer, up to today or yesterday.
        away_days: study days since the last answer; 0 when there is one today, or none ever.
        accuracy: share of fully right answers in the last 30 study days; None without any.
        weakest: the least mastered topic of those begun.
        heat: answers on each of the last 84 study days, the oldest first.
        catch_up: away for 3 days or more, and more is due than a day's limit.
        reviews: all answers ever.
        seen: items answered at least once in their present revision.
    """

    areas: list[AreaState]
    score: int
    passing: int
    due: int
    new: int
    due_total: int
    minutes: float
    next_due: dt.datetime | None
    days_left: int | None
    exam_date: dt.date | None
    streak: int
    away_days: int
    accuracy: float | None
    weakest: TopicState | None
    heat: list[int]
    catch_up: bool
    reviews: int
    seen: int


def overview(view: View) -> Overview:
    """Looks at every item once, and at the counts of the days."""
    now = standing(view)
    topics, today, outline = now.topics, view.today, view.outline
    mastery = area_mastery(outline, topics)
    areas = []
    for area in outline.areas:
        states = [topics[topic.id] for topic in area.topics]
        areas.append(
            AreaState(
                id=area.id,
                title=area.title,
                short=area.short or area.title,
                weight=(area.weight[0], area.weight[1]) if area.weight else None,
                mastery=mastery[area.id],
                due=sum(state.due for state in states),
                new=sum(state.new for state in states),
                total=sum(state.total for state in states),
            )
        )
    due_total = sum(area.due for area in areas)
    left = allowance(view)
    due = now.again + min(left.due, due_total - now.again)
    new = min(left.new, sum(area.new for area in areas))
    days = {
        day: rest
        for day, *rest in view.store.rows("SELECT day, reviews, correct, millis FROM day ORDER BY day")
    }
    recent = [counts for day, counts in days.items() if today - ACCURACY_DAYS < day <= today]
    answered = sum(counts[0] for counts in recent)
    away = max(0, today - max(days, default=today))
    exam_date = view.settings.exam_date
    days_left = (exam_date - view.now.astimezone().date()).days if exam_date else None
    return Overview(
        areas=areas,
        score=score(outline, mastery),
        passing=outline.exam.passing_score,
        due=due,
        new=new,
        due_total=due_total,
        minutes=(due + new) * _pace(recent) / 60,
        next_due=now.next_due,
        days_left=days_left if days_left is not None and days_left >= 0 else None,
        exam_date=exam_date,
        streak=_streak(days, today),
        away_days=away,
        accuracy=sum(counts[1] for counts in recent) / answered if answered else None,
        weakest=next(iter(weakest(topics)), None),
        heat=[days.get(day, (0,))[0] for day in range(today - HEAT_DAYS + 1, today + 1)],
        catch_up=away >= AWAY_DAYS and due_total > view.settings.due_per_day,
        reviews=sum(counts[0] for counts in days.values()),
        seen=sum(topic.seen for topic in topics.values()),
    )


def _pace(recent: list[list[int]]) -> float:
    """Seconds for one question, as measured in the last 30 study days."""
    answered = sum(counts[0] for counts in recent)
    if answered < _PACE_REVIEWS:
        return _USUAL_SECONDS
    return sum(counts[2] for counts in recent) / answered / 1000


def _streak(days: dict[int, list[int]], today: int) -> int:
    last = today if today in days else today - 1
    first = last
    while first in days:
        first -= 1
    return last - first
