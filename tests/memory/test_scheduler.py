from __future__ import annotations

import math

import pytest
from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, FSRSItem, FSRSReview

from dp100.memory.scheduler import RELEARN_AFTER, Answer, Scheduler, settle, turns_leech, unsettle

AGAIN, HARD, GOOD = 1, 2, 3


def given(rating: int, day: int, *, minute: int = 0) -> Answer:
    return Answer(rating, int(rating > AGAIN), day * 86_400_000 + minute * 60_000, day, 20_000)


def test_a_missed_item_is_due_in_ten_minutes() -> None:
    state = Scheduler().step(None, given(AGAIN, 100))
    assert (state.learned, state.due_day, state.due_at) == (0, 100, 100 * 86_400_000 + RELEARN_AFTER)


def test_a_recalled_item_is_due_after_its_interval_and_never_today() -> None:
    scheduler = Scheduler()
    assert scheduler.step(None, given(GOOD, 100)).due_day == 102  # stability 2.3 days
    assert scheduler.step(None, given(HARD, 100)).due_day == 101
    eager = Scheduler(retention=0.97)
    assert eager.step(None, given(HARD, 100)).due_day == 101


def test_states_are_those_of_fsrs() -> None:
    days = [0, 0, 2, 11, 1, 30]
    ratings = [GOOD, HARD, GOOD, AGAIN, GOOD, GOOD]
    reviews = [FSRSReview(rating, gap) for rating, gap in zip(ratings, days, strict=True)]
    expected = FSRS(DEFAULT_PARAMETERS).historical_memory_states(FSRSItem(reviews))[-1]
    day, answers = 500, []
    for rating, gap in zip(ratings, days, strict=True):
        day += gap
        answers.append(given(rating, day))
    state = Scheduler().fold(answers)
    assert state is not None
    assert state.stability == pytest.approx(expected.stability, rel=1e-5)
    assert state.difficulty == pytest.approx(expected.difficulty, rel=1e-5)


def test_retrievability_is_the_retention_after_the_stability() -> None:
    scheduler = Scheduler()
    assert scheduler.retrievability(10, 0) == 1
    assert scheduler.retrievability(10, 10) == pytest.approx(0.9)
    assert scheduler.retrievability(10, -3) == 1
    assert scheduler.retrievability(10, 1000) < 0.6


def test_time_that_ran_backwards_counts_as_none() -> None:
    scheduler = Scheduler()
    once = scheduler.step(None, given(GOOD, 100))
    assert scheduler.step(once, given(GOOD, 40)).stability == scheduler.step(once, given(GOOD, 100)).stability
    assert scheduler.step(once, given(GOOD, 40)).due_day == 40 + 2


def test_a_day_far_off_is_cut() -> None:
    state = Scheduler().fold([given(GOOD, 0), given(GOOD, 5_000_000)])
    assert state is not None
    assert math.isfinite(state.stability)
    assert state.due_day <= 5_000_000 + 36_500


def test_missing_twice_in_one_sitting_is_one_lapse() -> None:
    scheduler = Scheduler()

    def lapses(*answers: Answer) -> int:
        state = scheduler.fold(answers)
        assert state is not None
        return state.lapses

    assert lapses(given(AGAIN, 1)) == 0  # never known, so not forgotten
    assert lapses(given(GOOD, 1), given(AGAIN, 3), given(AGAIN, 3, minute=5)) == 1
    assert lapses(given(GOOD, 1), given(AGAIN, 3), given(AGAIN, 4)) == 2
    assert lapses(given(AGAIN, 1), given(AGAIN, 1, minute=5), given(AGAIN, 2)) == 1


def test_an_item_turns_leech_at_the_sixth_lapse_and_every_third_after() -> None:
    assert [lapses for lapses in range(1, 16) if turns_leech(lapses - 1, lapses)] == [6, 9, 12, 15]
    assert not turns_leech(6, 6)


def test_a_state_survives_the_database() -> None:
    state = Scheduler().fold([given(GOOD, 1), given(HARD, 3), given(AGAIN, 20)])
    assert state is not None
    assert settle(unsettle(state)) == state
    again = Scheduler().step(state, given(GOOD, 21))
    assert again == Scheduler().fold([given(GOOD, 1), given(HARD, 3), given(AGAIN, 20), given(GOOD, 21)])


def test_own_weights_change_the_intervals() -> None:
    own = list(DEFAULT_PARAMETERS)
    own[2] = 20.0  # the stability after a first good answer
    assert Scheduler(own).step(None, given(GOOD, 100)).due_day == 120
    assert Scheduler(own).decay == own[20]
