from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable

import pytest

from dp100.errors import Dp100Error
from dp100.memory import reviews
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence, Rating
from dp100.memory.selection import Selection
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering
from tests.memory.hand_made import HandMadeCatalogue, an_item


def test_everything_about_an_answer_is_kept(learner: Learner) -> None:
    given = learner.record(
        learner.catalogue.item("i03"),
        points=2,
        possible=3,
        confidence=Confidence.UNSURE,
        seconds=12.345,
        source="study",
        answer=[2, None, 0],
        seed=99,
    )
    assert given.rating is Rating.AGAIN
    with learner.store.reading() as db:
        kept = reviews.read(db, given.review)
    assert kept == reviews.Review("i03", 1, NOON, 2, 3, Confidence.UNSURE, 12.345, "study", (2, None, 0), 99)


def test_an_answer_may_have_been_given_earlier(learner: Learner) -> None:
    earlier = NOON - dt.timedelta(hours=1)
    given = learner.record(
        learner.catalogue.item("i03"),
        points=1,
        possible=1,
        confidence=None,
        seconds=30,
        source="exam",
        answer=[1],
        seed=1,
        at=earlier,
    )
    assert given.rating is Rating.GOOD
    assert given.card.last == earlier


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE review SET rating = 3",
        "UPDATE review SET at = at + 1 WHERE id = 1",
        "DELETE FROM review",
        "INSERT OR REPLACE INTO review SELECT * FROM review",
        "UPDATE withdrawal SET review = 2",
        "DELETE FROM withdrawal",
        "INSERT OR REPLACE INTO withdrawal SELECT * FROM withdrawal",
    ],
)
def test_the_log_can_only_be_added_to(learner: Learner, answer: Answering, change: str) -> None:
    learner.undo(answer("i00", right=False).review)
    answer("i01")
    before = learner.store.rows("SELECT * FROM review"), learner.store.rows("SELECT * FROM withdrawal")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"), learner.store.transaction() as db:
        db.execute(change)
    after = learner.store.rows("SELECT * FROM review"), learner.store.rows("SELECT * FROM withdrawal")
    assert after == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"points": 2},
        {"points": -1},
        {"possible": 0},
        {"seconds": -1.0},
        {"seconds": float("nan")},
        {"answer": ["1"]},
        {"answer": [True]},
        {"at": dt.datetime(2026, 1, 1)},
    ],
)
def test_a_contradiction_is_refused_and_not_logged(learner: Learner, wrong: dict[str, object]) -> None:
    values: dict[str, object] = {
        "points": 1,
        "possible": 1,
        "confidence": None,
        "seconds": 1.0,
        "answer": [1],
    }
    with pytest.raises(ValueError, match=r".+"):
        learner.record(learner.catalogue.item("i00"), source="study", seed=1, **(values | wrong))  # type: ignore[arg-type]
    assert learner.store.rows("SELECT * FROM review") == []
    assert learner.card("i00") is None


def test_undo_makes_as_if_it_had_not_been(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    answer("i00")
    clock.advance(dt.timedelta(days=3))
    before, seen = learner.card("i00"), learner.overview()
    missed = answer("i00", right=False)
    assert learner.card("i00") != before
    learner.undo(missed.review)
    assert learner.card("i00") == before
    assert learner.overview() == seen
    assert learner.store.rows("SELECT count(*) FROM review") == [(2,)]


def test_undo_of_the_only_answer_makes_the_item_new(learner: Learner, answer: Answering) -> None:
    learner.undo(answer("i00").review)
    assert learner.card("i00") is None
    assert learner.queue()[0] == "i00"


def test_undo_of_an_earlier_answer_refolds_the_later_ones(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    first = answer("i00", right=False)
    clock.advance(dt.timedelta(days=1))
    answer("i00")
    answer("i01")
    learner.undo(first.review)
    assert learner.card("i00") is not None
    # What is left was a first answer today, like that to i01.
    one, other = learner.card("i00"), learner.card("i01")
    assert one is not None
    assert other is not None
    assert (one.stability, one.due, one.reps) == (other.stability, other.due, other.reps)


def test_undo_twice_is_undo_once(learner: Learner, answer: Answering) -> None:
    answer("i00")
    again = answer("i00")
    learner.undo(again.review)
    card = learner.card("i00")
    learner.undo(again.review)
    assert learner.card("i00") == card
    assert learner.overview().reviews == 1


def test_undo_of_what_was_never_given(learner: Learner) -> None:
    with pytest.raises(Dp100Error, match="no answer number 17"):
        learner.undo(17)


def test_a_new_revision_starts_anew_and_a_mended_wording_does_not(
    learner: Learner, catalogue: HandMadeCatalogue, answer: Answering, clock: FixedClock
) -> None:
    answer("i00")
    catalogue.hold([an_item("i00"), an_item("i01")])  # wording is not in the index
    assert learner.card("i00") is not None
    catalogue.hold([an_item("i00", revision=2), an_item("i01")])
    assert learner.card("i00") is None
    assert "i00" in learner.queue(Selection(mode="new"))
    card = answer("i00").card
    assert (card.revision, card.reps) == (2, 1)
    # Going back to the first revision, as with an older copy of the content, finds its history again.
    catalogue.hold([an_item("i00")])
    card_before = learner.card("i00")
    assert card_before is not None
    assert (card_before.revision, card_before.reps) == (1, 1)


def test_the_study_day_is_that_of_the_zone_the_learner_was_in(
    learner: Learner, answer: Answering, clock: FixedClock, zone: Callable[[str], None]
) -> None:
    zone("Asia/Tokyo")
    clock.at = dt.datetime(2026, 3, 10, 18, 30, tzinfo=dt.UTC)  # 03:30 on the 11th: still the 10th
    answer("i00")
    clock.at = dt.datetime(2026, 3, 10, 19, 30, tzinfo=dt.UTC)
    answer("i01")
    zone("UTC")
    assert learner.store.rows("SELECT day - (SELECT min(day) FROM review) FROM review") == [(0,), (1,)]
    # Where the learner is now decides when a day begins.
    card = learner.card("i00")
    assert card is not None
    assert card.due == dt.datetime(2026, 3, 12, 4, tzinfo=dt.UTC)
