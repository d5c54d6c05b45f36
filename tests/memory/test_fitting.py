from __future__ import annotations

import datetime as dt
import json
import threading
from pathlib import Path

import fsrs_rs_python
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.memory import derived, fitting
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.learner import Learner
from dp100.memory.scheduler import Answer
from dp100.memory.store import Store
from tests.fixed_clock import FixedClock
from tests.memory.big_log import fill
from tests.memory.conftest import NOON, Answering

IDS = [f"i{n:02}" for n in range(120)]


def in_force(store: Store) -> list[float] | None:
    row = store.row("SELECT parameters FROM weights WHERE parameters IS NOT NULL ORDER BY id DESC")
    return None if row is None else json.loads(row[0])


def agrees(store: Store) -> bool:
    with store.transaction() as db:
        return derived.rebuild(db, scheduler_in_force(db)) == 0


def test_weights_are_fitted_once_there_are_two_hundred_answers(learner: Learner, answer: Answering) -> None:
    fill(learner.store, IDS, 199, days=60)
    before = learner.topics()
    assert not learner.fit()
    assert in_force(learner.store) is None
    answer("i00")
    assert learner.fit()
    weights = in_force(learner.store)
    assert weights is not None
    assert len(weights) == 21
    assert learner.stats().fitted == NOON
    assert learner.stats().weights_reviews == 200
    assert agrees(learner.store)
    assert learner.topics() != before
    # The learner's own connection goes on by them.
    after = answer("i01").card
    with learner.store.reading() as db:
        assert scheduler_in_force(db).parameters == tuple(weights)
    assert learner.card("i01") == after
    assert agrees(learner.store)


def test_they_are_fitted_again_when_the_log_has_grown(learner: Learner) -> None:
    fill(learner.store, IDS, 250, days=60)
    assert learner.fit()
    assert not learner.fit()
    fill(learner.store, IDS, 49, days=10, seed=2)
    assert not fitting.is_time(learner.store)
    fill(learner.store, IDS, 1, days=1, seed=3)
    assert fitting.is_time(learner.store)
    learner.fit()
    fill(learner.store, IDS, 1000, days=30, seed=4)
    learner.fit()
    assert not fitting.is_time(learner.store)
    fill(learner.store, IDS, 125, days=5, seed=5)  # less than a tenth
    assert not fitting.is_time(learner.store)
    fill(learner.store, IDS, 10, days=5, seed=6)
    assert fitting.is_time(learner.store)


@pytest.mark.parametrize("failure", ["raises", "panics", "worse", "not a number", "too few"])
def test_a_failed_fit_keeps_the_weights_before(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], failure: str
) -> None:
    fill(learner.store, IDS, 300, days=60)
    assert learner.fit()
    before = in_force(learner.store)
    fill(learner.store, IDS, 100, days=1, seed=2)
    cards_before = learner.store.rows("SELECT * FROM card")

    real = fsrs_rs_python.FSRS

    class Failing:
        def __init__(self, parameters: list[float]) -> None:
            self._real = real(parameters)
            self.next_states = self._real.next_states
            self.evaluate = self._real.evaluate

        def compute_parameters(self, items: list[object]) -> list[float]:
            if failure == "raises":
                raise ValueError("NotEnoughData")
            if failure == "panics":
                # What the library does with an item that it does not take.
                review = fsrs_rs_python.FSRSReview(3, 0)
                return list(self._real.compute_parameters([fsrs_rs_python.FSRSItem([review])]))
            if failure == "worse":
                return [*fsrs_rs_python.DEFAULT_PARAMETERS[:4], *([1.0] * 17)]
            if failure == "not a number":
                return [float("nan")] * 21
            return [0.4, 0.9]

    monkeypatch.setattr(fsrs_rs_python, "FSRS", Failing)
    assert not learner.fit()
    assert in_force(learner.store) == before
    assert learner.store.rows("SELECT * FROM card") == cards_before
    # It is not tried again at once.
    assert not fitting.is_time(learner.store)
    assert learner.stats().weights_reviews == 300


def test_answers_that_teach_nothing_are_left_out(
    learner: Learner, answer: Answering, capfd: pytest.CaptureFixture[str]
) -> None:
    for turn in range(15):
        for id in IDS[:20]:
            answer(id, right=bool(turn))
    assert not learner.fit()  # all on one day
    assert in_force(learner.store) is None
    captured = capfd.readouterr()
    assert captured.err == ""  # a panic of the library would have drawn over the screen


@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.integers(-30, 400)).map(
            lambda pair: Answer(pair[0], 1, 0, pair[1], 0)
        ),
        max_size=30,
    )
)
def test_every_history_gives_only_what_fsrs_takes(answers: list[Answer]) -> None:
    for prefix in fitting.prefixes(fitting.history(answers)):
        assert prefix[0][1] == 0
        assert prefix[-1][1] > 0
        assert all(days >= 0 for _, days in prefix)
        assert len(prefix) > 1


def test_a_random_log_can_be_fitted(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Store.open(home, clock=FixedClock(NOON)) as store:
        fill(store, [f"i{n}" for n in range(400)], 9_000, days=300)
        assert fitting.fit(store)
        assert agrees(store)
    assert capfd.readouterr().err == ""


def test_fitting_in_a_thread_while_answering(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    fill(learner.store, IDS, 5_000, days=300)
    done: list[bool] = []
    thread = threading.Thread(target=lambda: done.append(learner.fit()))
    thread.start()
    given_meanwhile = 0
    while thread.is_alive() or given_meanwhile < 3:
        answer(IDS[given_meanwhile % 20], right=bool(given_meanwhile % 3))
        given_meanwhile += 1
    thread.join()
    assert done == [True]
    assert learner.overview().reviews == 5_000 + given_meanwhile
    assert agrees(learner.store)


def test_a_reader_fits_nothing(home: Path, learner: Learner) -> None:
    fill(learner.store, IDS, 300, days=60)
    with Store.open(home, write=False) as reader:
        assert not fitting.fit(reader)
    assert in_force(learner.store) is None


def test_withdrawn_answers_do_not_teach(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    fill(learner.store, IDS, 199, days=60)
    clock.advance(dt.timedelta(days=1))
    learner.undo(answer("i00").review)
    assert not fitting.is_time(learner.store)
