"""Cards and days are a fold over the log: whatever happens, making them again changes nothing."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dp100.memory import cards, derived, reviews
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.memory.scheduler import Scheduler
from dp100.memory.settings import Settings
from dp100.memory.store import Store
from tests.fixed_clock import FixedClock
from tests.memory.conftest import Answering
from tests.memory.hand_made import HandMadeCatalogue, an_item


@dataclass(frozen=True)
class Give:
    item: int
    points: int
    confidence: Confidence | None
    seconds: float


@dataclass(frozen=True)
class TakeBack:
    which: int


@dataclass(frozen=True)
class Revise:
    item: int
    revision: int


@dataclass(frozen=True)
class Jump:
    by: dt.timedelta


@dataclass(frozen=True)
class Travel:
    zone: str


@dataclass(frozen=True)
class Aim:
    retention: float


STEPS = st.lists(
    st.one_of(
        st.builds(
            Give,
            st.integers(0, 2),
            st.integers(0, 2),
            st.sampled_from([None, *Confidence]),
            st.floats(0, 5000),
        ),
        st.builds(TakeBack, st.integers(0, 20)),
        st.builds(Revise, st.integers(0, 2), st.integers(1, 3)),
        st.builds(Jump, st.timedeltas(dt.timedelta(days=-40), dt.timedelta(days=400))),
        st.builds(Jump, st.timedeltas(dt.timedelta(minutes=-5), dt.timedelta(hours=30))),
        st.builds(Travel, st.sampled_from(["Europe/Berlin", "America/New_York", "Pacific/Auckland"])),
        st.builds(Aim, st.sampled_from([0.8, 0.9, 0.95])),
    ),
    max_size=40,
)

# The night of 29 March 2026 has no 02:30 in Berlin; that of 25 October has it twice.
_GIVE = [Give(0, 2, None, 1.0), Give(0, 0, None, 1.0)]
SPRING = [
    Travel("Europe/Berlin"),
    *(step for _ in range(9) for step in (*_GIVE, Jump(dt.timedelta(minutes=30)))),
]
BACK = [*_GIVE, Jump(dt.timedelta(days=-1000)), *_GIVE, Jump(dt.timedelta(days=1001)), *_GIVE, TakeBack(1)]


def run(steps: list[object], folder: Path, at: dt.datetime, zone: Callable[[str], None]) -> None:
    clock = FixedClock(at)
    revisions = [1, 1, 1]

    def bank() -> list[object]:
        return [an_item(f"i{number}", revision=revision) for number, revision in enumerate(revisions)]

    catalogue = HandMadeCatalogue(folder, bank())  # type: ignore[arg-type]
    given_so_far: list[int] = []
    with Store.open(folder / "home", clock=clock) as store:
        learner = Learner(store, catalogue, Settings(), ())  # type: ignore[arg-type]
        for place, step in enumerate(steps):
            if place == len(steps) // 2:
                with store.reading() as db:
                    half = derived.fold_log(db, Scheduler())
            match step:
                case Give(item, points, confidence, seconds):
                    done = learner.record(
                        catalogue.item(f"i{item}"),
                        points=points,
                        possible=2,
                        confidence=confidence,
                        seconds=seconds,
                        source="study",
                        answer=[points],
                        seed=1,
                    )
                    given_so_far.append(done.review)
                    assert learner.card(f"i{item}") == done.card
                case TakeBack(which) if given_so_far:
                    learner.undo(given_so_far[which % len(given_so_far)])
                case Revise(item, revision):
                    revisions[item] = revision
                    catalogue.hold(bank())  # type: ignore[arg-type]
                case Jump(by):
                    clock.advance(by)
                case Travel(name):
                    zone(name)
                case Aim(retention):
                    learner.change_settings(retention=retention)
        agree(store)
        if steps:
            # A fold of half of it takes in the rest.
            with store.reading() as db:
                derived.catch_up(db, Scheduler(), half)
                whole = derived.fold_log(db, Scheduler())
                assert list(half.rows()) == list(whole.rows())
                assert half.days == whole.days
        # Made anew from nothing, they are the same.
        stored = stored_of(store)
        with store.transaction() as db:
            db.execute("DELETE FROM card")
            db.execute("DELETE FROM day")
            derived.rebuild(db, scheduler_in_force(db))
        assert stored_of(store) == stored
        learner.overview()
        learner.queue()
        learner.stats()


def stored_of(store: Store) -> tuple[object, object]:
    return store.rows("SELECT * FROM card ORDER BY item, revision"), store.rows(
        "SELECT * FROM day ORDER BY day"
    )


def agree(store: Store) -> None:
    """Each card is the fold of its own answers, and each day counts what the log has of it."""
    with store.reading() as db:
        scheduler = scheduler_in_force(db)
        keys = db.execute("SELECT DISTINCT item, revision FROM review").fetchall()
        for item, revision in keys:
            folded = scheduler.fold(reviews.answers_to(db, item, revision))
            assert cards.load(db, item, revision) == folded
        counted = db.execute(
            "SELECT day, count(*), sum(points = possible), sum(min(millis, 600000)) FROM review "
            "WHERE id NOT IN (SELECT review FROM withdrawal) GROUP BY day ORDER BY day"
        ).fetchall()
    assert store.rows("SELECT day, reviews, correct, millis FROM day ORDER BY day") == counted


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, st.datetimes(dt.datetime(2026, 3, 28), dt.datetime(2026, 10, 26), timezones=st.just(dt.UTC)))
@example(SPRING, dt.datetime(2026, 3, 28, 23, tzinfo=dt.UTC))
@example(SPRING, dt.datetime(2026, 10, 24, 23, tzinfo=dt.UTC))
@example(BACK, dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC))
def test_making_it_again_changes_nothing(
    zone: Callable[[str], None], steps: list[object], at: dt.datetime
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        run(steps, Path(folder), at, zone)


def test_counts_of_a_day(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    def today() -> tuple[object, ...] | None:
        return learner.store.row(
            "SELECT reviews, correct, fresh, due, spaced, recalled FROM day ORDER BY day DESC"
        )

    answer("i00")
    answer("i01", right=False)
    answer("i01", confidence=Confidence.GUESS)
    assert today() == (3, 2, 2, 0, 0, 0)
    clock.advance(dt.timedelta(days=1))
    answer("i00")  # a day later, and before it was due
    answer("i01")  # due since yesterday
    assert today() == (2, 2, 0, 1, 2, 2)
    clock.advance(dt.timedelta(days=30))
    answer("i00", confidence=Confidence.GUESS)
    answer("i00")  # again on that day counts neither as due nor as spaced
    assert today() == (2, 2, 0, 1, 1, 0)


def test_a_question_left_open_counts_ten_minutes(learner: Learner, answer: Answering) -> None:
    answer("i00", seconds=3 * 3600)
    answer("i01", seconds=30)
    assert learner.stats().time_total_s == 630
    assert learner.store.rows("SELECT millis FROM review WHERE id = 1") == [(3 * 3_600_000,)]


def test_wrong_cards_and_days_are_found_and_made_again(learner: Learner, answer: Answering) -> None:
    for id in ("i00", "i01", "i02"):
        answer(id)
    right = stored_of(learner.store)
    with learner.store.transaction() as db:
        db.execute("UPDATE card SET stability = 99 WHERE item = 'i00'")
        db.execute("DELETE FROM card WHERE item = 'i01'")
        db.execute(
            "INSERT INTO card SELECT 'never', revision, learned, stability, difficulty, due_day, due_at, "
            "last_at, last_day, reps, correct, lapses, last_right FROM card WHERE item = 'i02'"
        )
        db.execute("UPDATE day SET reviews = 7")
    with learner.store.transaction() as db:
        assert derived.rebuild(db, scheduler_in_force(db)) == 4
    assert stored_of(learner.store) == right


def test_a_fold_is_refused_to_nobody(learner: Learner) -> None:
    with learner.store.transaction() as db:
        assert derived.rebuild(db, scheduler_in_force(db)) == 0
    assert learner.overview().reviews == 0
    with pytest.raises(StopIteration):
        next(iter(learner.store.rows("SELECT 1 FROM card")))
