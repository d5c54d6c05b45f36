from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.memory.learner import Learner
from dp100.quiz.grading import blank, grade, is_complete
from dp100.quiz.presentation import NO, YES, Presentation, present

IDS = (
    "small-single",
    "small-multiple",
    "small-yes-no",
    "small-order",
    "small-match",
    "small-fill",
    "small-series",
    "small-computed",
    "small-case-night",
)

same_bank = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)


def put(learner: Learner, item: str, seed: int = 1) -> Presentation:
    return present(learner.catalogue.question(item), seed)


@pytest.mark.parametrize("item", IDS)
def test_the_key_earns_every_point(learner: Learner, item: str) -> None:
    presentation = put(learner, item)
    assert is_complete(presentation, presentation.key)
    assert grade(presentation, presentation.key).full


@pytest.mark.parametrize("item", IDS)
def test_nothing_answered_earns_nothing(learner: Learner, item: str) -> None:
    presentation = put(learner, item)
    assert grade(presentation, blank(presentation)).points == 0
    assert not is_complete(presentation, blank(presentation))


@same_bank
@given(item=st.sampled_from(IDS), seed=st.integers(0, 2**31 - 1))
def test_shuffling_moves_options_and_never_their_meaning(learner: Learner, item: str, seed: int) -> None:
    question = learner.catalogue.question(item)
    first, again = present(question, seed), present(question, seed)
    assert first == again
    other = present(question, 1)
    assert sorted(o.index for o in first.options) == sorted(o.index for o in other.options)
    assert first.key == other.key
    if item != "small-computed":  # its texts are drawn anew
        assert {o.index: o.text for o in first.options} == {o.index: o.text for o in other.options}


def test_options_are_shuffled(learner: Learner) -> None:
    orders = {tuple(o.index for o in put(learner, "small-single", seed).options) for seed in range(60)}
    assert len(orders) > 10


def test_slots_keep_the_order_of_the_content(learner: Learner) -> None:
    prompts = [slot.prompt for slot in put(learner, "small-match", 7).slots]
    assert prompts == ["One person edits notebooks", "Forty jobs at odd times"]


def test_computed_answers_follow_the_drawn_numbers(learner: Learner) -> None:
    for seed in range(30):
        presentation = put(learner, "small-computed", seed)
        right = presentation.option(presentation.key[0])
        assert right is not None
        assert right.formula is not None
        best, factor = (float(part) for part in right.formula.replace(")", "").split(" / (1 + "))
        assert float(right.text) == pytest.approx(best / (1 + factor), abs=5e-4)
        assert f"slack_factor={factor:g}" in presentation.stem


@pytest.mark.parametrize(
    ("item", "answer", "points", "possible"),
    [
        ("small-single", (1,), 0, 1),
        ("small-multiple", (0, 1), 2, 2),
        ("small-multiple", (0, 3), 1, 2),
        ("small-multiple", (0, 1, 2, 3), 2, 2),
        ("small-multiple", (2, 3, 0, 1), 0, 2),
        ("small-yes-no", (YES, YES), 1, 2),
        ("small-yes-no", (None, NO), 1, 2),
        ("small-order", (0, 1, 2), 3, 3),
        ("small-order", (0, 2, 1), 1, 3),
        ("small-order", (3, 0, 1), 0, 3),
        ("small-order", (0,), 1, 3),
        ("small-match", (0, 0), 1, 2),
        ("small-fill", (0, 1), 1, 2),
        ("small-series", (YES, NO), 2, 2),
    ],
)
def test_a_point_for_every_correct_part(
    learner: Learner, item: str, answer: tuple[int | None, ...], points: int, possible: int
) -> None:
    result = grade(put(learner, item), answer)
    assert (result.points, result.possible) == (points, possible)
    assert result.full == (points == possible)
    assert result.partial == (0 < points < possible)
