from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from dp100.memory.learner import Learner
from dp100.memory.mastery import TopicState
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering

DAY = dt.timedelta(days=1)


def test_a_new_learner(learner: Learner) -> None:
    now = learner.overview()
    assert [(area.id, area.short, area.weight, area.total) for area in now.areas] == [
        ("a0", "Area 0", (20, 30), 10),
        ("a1", "Area 1", None, 10),
    ]
    assert (now.due, now.new, now.due_total, now.reviews, now.seen) == (0, 10, 0, 0, 0)
    assert now.minutes == pytest.approx(6)
    assert (now.score, now.passing) == (250, 700)
    assert (now.next_due, now.days_left, now.accuracy, now.weakest) == (None, None, None, None)
    assert (now.streak, now.away_days, now.catch_up) == (0, 0, False)
    assert now.heat == [0] * 84


def test_what_is_due_and_what_is_next(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    learner.change_settings(due_per_day=1, new_per_day=5)
    answer("i00")
    assert learner.overview().next_due == dt.datetime(2026, 3, 12, 4, tzinfo=dt.UTC)
    answer("i01", right=False)
    now = learner.overview()
    assert (now.due, now.new, now.due_total) == (0, 3, 0)
    assert now.next_due == NOON + dt.timedelta(minutes=10)
    clock.at = dt.datetime(2026, 3, 12, 4, tzinfo=dt.UTC)
    now = learner.overview()
    assert (now.due, now.new, now.due_total, now.next_due) == (1, 5, 2, None)
    assert (now.areas[0].due, now.areas[0].new) == (2, 8)
    assert len(learner.queue()) == now.due + now.new


def test_the_next_one_is_due_at_four_where_the_learner_is(
    learner: Learner, answer: Answering, zone: Callable[[str], None]
) -> None:
    answer("i00")
    zone("America/New_York")
    assert learner.overview().next_due == dt.datetime(2026, 3, 12, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("days", "streak", "away"),
    [
        ([], 0, 0),
        ([0], 1, 0),
        ([1], 1, 1),
        ([2], 0, 2),
        ([0, 1, 2], 3, 0),
        ([1, 2, 4], 2, 1),
        ([0, 2, 3], 1, 0),
    ],
)
def test_days_in_a_row(
    learner: Learner, answer: Answering, clock: FixedClock, days: list[int], streak: int, away: int
) -> None:
    for ago in sorted(days, reverse=True):
        clock.at = NOON - ago * DAY
        answer("i00")
    clock.at = NOON
    now = learner.overview()
    assert (now.streak, now.away_days) == (streak, away)
    assert [83 - place for place, reviews in enumerate(now.heat) if reviews] == sorted(days, reverse=True)


def test_an_evening_past_midnight_belongs_to_the_day_before(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00")
    clock.at = dt.datetime(2026, 3, 11, 3, 30, tzinfo=dt.UTC)
    answer("i01")
    assert learner.overview().heat[-2:] == [0, 2]


@pytest.mark.parametrize(
    ("exam", "left"),
    [
        (dt.date(2026, 3, 10), 0),
        (dt.date(2026, 3, 11), 1),
        (dt.date(2026, 4, 2), 23),
        (dt.date(2026, 3, 9), None),
    ],
)
def test_days_to_the_exam(learner: Learner, exam: dt.date, left: int | None) -> None:
    learner.change_settings(exam_date=exam)
    assert (learner.overview().days_left, learner.overview().exam_date) == (left, exam)


def test_after_days_away_with_a_pile_a_catch_up_is_offered(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    learner.change_settings(due_per_day=3)
    for n in range(4):
        answer(f"i{n:02}")
    clock.advance(2 * DAY)
    assert (learner.overview().due_total, learner.overview().catch_up) == (4, False)
    clock.advance(DAY)
    assert learner.overview().catch_up
    assert len([id for id in learner.queue() if learner.card(id)]) == 3
    learner.change_settings(due_per_day=4)
    assert not learner.overview().catch_up


def test_accuracy_is_that_of_the_last_thirty_days(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00", right=False)
    clock.advance(10 * DAY)
    answer("i01")
    answer("i02")
    assert learner.overview().accuracy == pytest.approx(2 / 3)
    clock.advance(20 * DAY)
    assert learner.overview().accuracy == 1
    clock.advance(20 * DAY)
    assert learner.overview().accuracy is None


def test_minutes_follow_the_learners_pace(learner: Learner, answer: Answering) -> None:
    learner.change_settings(new_per_day=30)
    for n in range(19):
        answer(f"i{n:02}", seconds=90)
    assert learner.overview().minutes == pytest.approx(1 * 36 / 60)  # too few to know
    answer("i18", seconds=90)
    assert learner.overview().minutes == pytest.approx(1 * 90 / 60)


def test_the_weakest_topic_is_one_that_was_begun(learner: Learner, answer: Answering) -> None:
    answer("i00")
    assert learner.overview().weakest == TopicState("a0.t0", "Topic 0.0", pytest.approx(0.4), 0, 4, 5, 1)
