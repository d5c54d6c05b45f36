from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.quiz.presentation import Presentation, present
from dp100.quiz.reading import Unreadable, hint, read_line
from tests.quiz.test_presentation import IDS


def put(learner: Learner, item: str) -> Presentation:
    return present(learner.catalogue.question(item), 5)


def shown(presentation: Presentation, line: str) -> list[str]:
    answer = read_line(line, presentation).answer
    return [o.text for part in answer if (o := presentation.option(part)) is not None]


def test_a_number_names_what_stands_at_that_place(learner: Learner) -> None:
    presentation = put(learner, "small-single")
    assert shown(presentation, "2") == [presentation.options[1].text]
    assert shown(presentation, " B ") == [presentation.options[1].text]


@pytest.mark.parametrize(
    ("line", "confidence"),
    [("1", Confidence.SURE), ("1?", Confidence.UNSURE), ("1 ??", Confidence.GUESS)],
)
def test_question_marks_say_how_sure(learner: Learner, line: str, confidence: Confidence) -> None:
    assert read_line(line, put(learner, "small-single")).confidence is confidence


def test_letters_in_order(learner: Learner) -> None:
    presentation = put(learner, "small-order")
    wanted = [presentation.options[n].text for n in (2, 0, 1)]
    assert shown(presentation, "c a b") == wanted
    assert shown(presentation, "3, 1, 2") == wanted


@pytest.mark.parametrize("line", ["y n", "Y,N", "yn", "yes no", "1 2"])
def test_yes_and_no(learner: Learner, line: str) -> None:
    assert read_line(line, put(learner, "small-yes-no")).answer == (0, 1)


def test_a_dash_leaves_a_slot_open(learner: Learner) -> None:
    answer = read_line("- a", put(learner, "small-match")).answer
    assert answer[0] is None
    assert answer[1] is not None


@pytest.mark.parametrize(
    ("item", "line"),
    [
        ("small-single", ""),
        ("small-single", "?"),
        ("small-single", "1???"),
        ("small-single", "0"),
        ("small-single", "5"),
        ("small-single", "1 2"),
        ("small-single", "two"),
        ("small-single", "²"),
        ("small-multiple", "1"),
        ("small-multiple", "1 1"),
        ("small-multiple", "1 2 3"),
        ("small-order", "a b"),
        ("small-order", "a b b"),
        ("small-yes-no", "y"),
        ("small-yes-no", "y n y"),
        ("small-match", "z z"),
    ],
)
def test_what_cannot_be_read_is_told_what_would_be(learner: Learner, item: str, line: str) -> None:
    with pytest.raises(Unreadable, match=r"Answer with|Put \?"):
        read_line(line, put(learner, item))


@pytest.mark.parametrize("item", IDS)
def test_the_example_in_the_hint_can_be_read(learner: Learner, item: str) -> None:
    presentation = put(learner, item)
    example = hint(presentation).split("such as ")[1].split(";")[0].rstrip(".")
    assert len(read_line(example, presentation).answer) == presentation.choose


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(item=st.sampled_from(IDS), line=st.text(max_size=30))
def test_any_line_is_read_or_refused(learner: Learner, item: str, line: str) -> None:
    presentation = put(learner, item)
    try:
        answer = read_line(line, presentation).answer
    except Unreadable:
        return
    assert len(answer) == presentation.choose
