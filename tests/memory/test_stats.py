from __future__ import annotations

import datetime as dt

import pytest

from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering

DAY = dt.timedelta(days=1)


def test_a_new_learner(learner: Learner) -> None:
    now = learner.stats()
    assert len(now.by_day) == 365
    assert now.by_day[-1] == (dt.date(2026, 3, 10), 0, 0)
    assert (now.retention, now.fitted, now.weights_reviews, now.time_total_s) == (None, None, 0, 0)
    assert now.forecast[0] == (dt.date(2026, 3, 10), 0)
    assert len(now.forecast) == 30
    assert now.accuracy_by_area == {"a0": (0, 0), "a1": (0, 0)}
    assert now.leeches == []


def test_days_and_areas(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    clock.at = NOON - 2 * DAY
    answer("i00")
    answer("i10", right=False)
    clock.at = NOON
    answer("i10", confidence=Confidence.GUESS)
    now = learner.stats()
    assert now.by_day[-3:] == [
        (dt.date(2026, 3, 8), 2, 1),
        (dt.date(2026, 3, 9), 0, 0),
        (dt.date(2026, 3, 10), 1, 1),
    ]
    assert now.accuracy_by_area == {"a0": (1, 1), "a1": (1, 2)}
    assert now.time_total_s == 60


def test_retention_is_of_answers_a_day_or_more_after_the_one_before(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00", right=False)
    answer("i00")
    assert learner.stats().retention is None
    clock.advance(3 * DAY)
    answer("i00")
    answer("i00", right=False)
    assert learner.stats().retention == 1
    clock.advance(DAY)
    answer("i00", confidence=Confidence.GUESS)  # luck is no recall
    assert learner.stats().retention == 0.5
    clock.advance(90 * DAY)
    assert learner.stats().retention is None


def test_the_forecast_has_what_is_overdue_today(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00")  # due in two days
    answer("i01", confidence=Confidence.UNSURE)  # tomorrow
    answer("i02", right=False)  # in ten minutes
    forecast = dict(learner.stats().forecast)
    assert [forecast[dt.date(2026, 3, day)] for day in (10, 11, 12, 13)] == [1, 1, 1, 0]
    clock.advance(5 * DAY)
    assert learner.stats().forecast[0] == (dt.date(2026, 3, 15), 3)
    learner.suspend("i00")
    assert learner.stats().forecast[0] == (dt.date(2026, 3, 15), 2)


def test_leeches_are_told_once_and_listed(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    told = []
    for _ in range(10):
        answer("i00")
        clock.advance(DAY)
        told.append(answer("i00", right=False).leech)
    assert [number for number, leech in enumerate(told, start=1) if leech] == [6, 9]
    assert learner.stats().leeches == ["i00"]
    card = learner.card("i00")
    assert card is not None
    assert (card.leech, card.lapses) == (True, 10)


@pytest.mark.parametrize("right", [True, False])
def test_one_item_again_and_again_in_a_sitting_is_no_leech(
    learner: Learner, answer: Answering, right: bool
) -> None:
    assert not any(answer("i00", right=right).leech for _ in range(30))
