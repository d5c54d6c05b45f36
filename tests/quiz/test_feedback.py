from __future__ import annotations

from dp100.memory.learner import Learner
from dp100.quiz.feedback import Line, feedback
from dp100.quiz.presentation import NO, YES, present


def lines(learner: Learner, item: str, answer: tuple[int | None, ...]) -> list[Line]:
    return feedback(present(learner.catalogue.question(item), 3), answer)


def test_every_choice_says_why(learner: Learner) -> None:
    judged = {line.text: line for line in lines(learner, "small-single", (1,))}
    assert judged["`BanditPolicy(slack_amount=0.1)`"].mark == "wrong"
    assert judged["`BanditPolicy(slack_factor=0.1)`"].mark == "missed"
    assert judged["`MedianStoppingPolicy()`"].mark == "neutral"
    assert all(line.why for line in judged.values())


def test_order_says_what_belongs_where_and_why_an_extra_does_not(learner: Learner) -> None:
    judged = lines(learner, "small-order", (0, 3, 2))
    assert [line.mark for line in judged] == ["right", "wrong", "right", "wrong"]
    assert judged[1].text == "Write the configuration"
    assert judged[1].given == "Deploy the model"
    assert judged[1].given_why == "Comes after the run."


def test_slots_keep_what_was_given(learner: Learner) -> None:
    first, second = lines(learner, "small-yes-no", (NO, None))
    assert (first.mark, first.text, first.given) == ("wrong", "Yes", "No")
    assert (second.mark, second.text, second.given) == ("missed", "No", None)


def test_a_blank_tells_why_the_chosen_option_is_wrong(learner: Learner) -> None:
    first, second = lines(learner, "small-fill", (1, 0))
    assert first.given_why == "A folder."
    assert first.why == "One file."
    assert second.mark == "right"


def test_series_right(learner: Learner) -> None:
    assert [line.mark for line in lines(learner, "small-series", (YES, NO))] == ["right", "right"]
