from __future__ import annotations

import datetime as dt
import math

import pytest

from dp100.memory.learner import Learner
from dp100.memory.mastery import area_mastery, score
from dp100.memory.rating import Confidence
from dp100.memory.scheduler import Scheduler
from tests.fixed_clock import FixedClock
from tests.memory.conftest import Answering
from tests.memory.hand_made import HandMadeCatalogue, an_item, an_outline


def test_what_was_never_asked_counts_as_guessed(learner: Learner) -> None:
    state = learner.topics()["a0.t0"]
    assert (state.title, state.mastery, state.due, state.new, state.total, state.seen) == (
        "Topic 0.0",
        0.25,
        0,
        5,
        5,
        0,
    )


def test_what_was_recalled_counts_with_its_retrievability(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    card = answer("i00").card
    assert learner.topics()["a0.t0"].mastery == pytest.approx((1 + 4 * 0.25) / 5)
    clock.advance(dt.timedelta(days=9))
    recall = Scheduler().retrievability(card.stability, 9)
    assert learner.topics()["a0.t0"].mastery == pytest.approx((recall + 4 * 0.25) / 5)


def test_within_a_study_day_nothing_is_forgotten(
    learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00")
    before = learner.topics()["a0.t0"].mastery
    clock.advance(dt.timedelta(hours=15))
    assert learner.topics()["a0.t0"].mastery == before
    clock.advance(dt.timedelta(hours=2))  # past 04:00
    assert learner.topics()["a0.t0"].mastery < before


@pytest.mark.parametrize(("right", "confidence"), [(False, Confidence.SURE), (True, Confidence.GUESS)])
def test_a_miss_and_a_lucky_guess_count_as_guessed(
    learner: Learner, answer: Answering, right: bool, confidence: Confidence
) -> None:
    answer("i00")
    answer("i00", right=right, confidence=confidence)
    assert learner.topics()["a0.t0"].mastery == pytest.approx(0.25)


def test_suspended_items_do_not_count(learner: Learner, answer: Answering) -> None:
    answer("i00")
    for id in ("i01", "i02", "i03", "i04"):
        learner.suspend(id)
    assert learner.topics()["a0.t0"].mastery == 1
    learner.suspend("i00")
    assert (learner.topics()["a0.t0"].mastery, learner.topics()["a0.t0"].total) == (0, 0)


def test_areas_average_their_topics_and_the_score_weighs_the_areas(
    learner: Learner, catalogue: HandMadeCatalogue, answer: Answering
) -> None:
    # One topic with one item and one with three: an area is the mean of topics, not of items.
    catalogue.outline = an_outline(3, 2)
    catalogue.hold(
        [an_item("only", "a0.t0")]
        + [an_item(f"more-{n}", "a0.t1") for n in range(3)]
        + [an_item("third", "a1.t0", guess=0.5), an_item("beside", "a2.t0")]
    )
    answer("only")
    topics = learner.topics()
    areas = area_mastery(catalogue.outline, topics)
    assert areas == {"a0": pytest.approx((1 + 0.25) / 2), "a1": 0.5, "a2": 0.25}
    # The last area is outside the exam, and the two others weigh the same.
    assert score(catalogue.outline, areas) == round(1000 * (0.625 + 0.5) / 2)
    overview = learner.overview()
    assert overview.score == score(catalogue.outline, areas)
    assert [area.mastery for area in overview.areas] == list(areas.values())


def test_an_empty_bank_is_mastered_by_nobody(learner: Learner, catalogue: HandMadeCatalogue) -> None:
    catalogue.hold([])
    assert learner.overview().score == 0
    assert all(not math.isnan(state.mastery) for state in learner.topics().values())


def test_the_sdk_setting_filters_here_too(learner: Learner, catalogue: HandMadeCatalogue) -> None:
    catalogue.hold([an_item("one", sdk="v1"), an_item("two", sdk="v2"), an_item("both")])
    assert learner.topics()["a0.t0"].total == 3
    learner.change_settings(sdk="v1")
    assert learner.topics()["a0.t0"].total == 2
    assert set(learner.queue()) == {"one", "both"}


def test_items_of_topics_outside_the_outline_do_not_count(
    learner: Learner, catalogue: HandMadeCatalogue
) -> None:
    catalogue.hold([an_item("inside"), an_item("outside", "another.exam")])
    assert set(learner.topics()) == {"a0.t0", "a0.t1", "a1.t0", "a1.t1"}
    assert learner.queue() == ["inside"]
