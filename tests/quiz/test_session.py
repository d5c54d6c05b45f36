from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence, Rating
from dp100.quiz.session import MOST_REPEATS, Outcome, StudySession
from tests.fixed_clock import FixedClock

SINGLES = [
    "small-single",
    "small-sampling",
    "small-git",
    "small-case-night",
    "small-case-size",
    "small-markup",
]


def session(learner: Learner, *items: str) -> StudySession:
    return StudySession(learner, items or SINGLES, seed=4)


def right(study: StudySession, how: Confidence = Confidence.SURE) -> Outcome:
    assert study.current is not None
    return study.answer(study.current.presentation.key, how, 12)


def wrong(study: StudySession) -> Outcome:
    assert study.current is not None
    presentation = study.current.presentation
    other = next(o.index for o in presentation.options if o.index not in presentation.key)
    return study.answer((other,), Confidence.SURE, 12)


def reviews(learner: Learner) -> int:
    return learner.overview().reviews


def test_an_answer_is_in_the_log_before_it_returns(learner: Learner) -> None:
    study = session(learner)
    right(study)
    assert reviews(learner) == 1
    assert learner.card("small-single") is not None


def test_what_was_right_comes_back_on_another_day(learner: Learner, clock: FixedClock) -> None:
    outcome = right(session(learner))
    assert outcome.rating is Rating.GOOD
    assert outcome.due > clock.now() + dt.timedelta(hours=12)
    assert outcome.again.startswith(("in ", "tomorrow"))


def test_a_lucky_guess_is_no_knowledge(learner: Learner) -> None:
    outcome = right(session(learner), Confidence.GUESS)
    assert outcome.grade.full
    assert outcome.rating is Rating.AGAIN


def test_what_was_missed_comes_back_after_four_others(learner: Learner) -> None:
    study = session(learner)
    wrong(study)
    order = []
    while study.advance() is not None:
        assert study.current is not None
        order.append((study.current.item.id, study.current.repeat))
        right(study)
    assert [item for item, _ in order] == [*SINGLES[1:5], "small-single", "small-markup"]
    assert [item for item, repeat in order if repeat] == ["small-single"]


def test_a_session_ends_although_everything_is_wrong(learner: Learner) -> None:
    study = session(learner, "small-single", "small-git")
    asked = 0
    while study.current is not None:
        wrong(study)
        asked += 1
        study.advance()
    assert asked == 2 * (1 + MOST_REPEATS)


def test_numbers_count_questions_and_not_repeats(learner: Learner) -> None:
    study = session(learner, "small-single", "small-git")
    wrong(study)
    study.advance()
    assert study.current is not None
    assert (study.current.number, study.current.total, study.current.again) == (2, 2, 1)
    right(study)
    study.advance()
    assert study.current is not None
    assert study.current.repeat
    assert study.current.number == 2


def test_undo_takes_the_answer_out_of_the_log_and_asks_again(learner: Learner) -> None:
    study = session(learner)
    wrong(study)
    study.advance()
    before = study.current
    assert study.undo() is not None
    assert reviews(learner) == 0
    assert learner.card("small-single") is None
    assert study.current is not None
    assert study.current.item.id == "small-single"
    assert before is not None
    right(study)
    assert reviews(learner) == 1
    assert study.undo() is not None
    assert study.undo() is None


def test_a_suspended_question_leaves_the_session(learner: Learner) -> None:
    study = session(learner)
    study.drop()
    assert study.current is not None
    assert study.current.item.id == "small-sampling"
    assert study.current.total == len(SINGLES) - 1


def test_undo_brings_back_a_question_that_was_set_aside(learner: Learner) -> None:
    study = session(learner)
    learner.suspend("small-single")
    study.drop()
    right(study)
    study.advance()
    study.undo()
    assert study.current is not None
    assert study.current.item.id == "small-sampling"
    study.undo()
    assert (study.current.item.id, study.current.number, study.current.total) == (
        "small-single",
        1,
        len(SINGLES),
    )
    assert not learner.marks("small-single").suspended


def test_undo_of_the_answer_also_brings_back_what_was_set_aside_after_it(learner: Learner) -> None:
    study = session(learner)
    wrong(study)
    learner.suspend("small-single")
    study.drop()
    study.advance()
    study.undo()
    assert study.current is not None
    assert study.current.item.id == "small-single"
    assert not learner.marks("small-single").suspended


def test_time_away_from_the_desk_is_not_thinking(learner: Learner) -> None:
    study = session(learner)
    assert study.current is not None
    study.answer(study.current.presentation.key, Confidence.SURE, 5 * 3600)
    assert study.summary().seconds == 900


def test_the_summary_counts_first_sights(learner: Learner) -> None:
    study = session(learner, "small-single", "small-git", "small-order")
    wrong(study)
    study.advance()
    right(study)
    study.advance()
    assert study.current is not None
    study.answer((0, 2, 1), Confidence.SURE, 10)
    study.advance()
    while study.current is not None:
        right(study)
        study.advance()
    summary = study.summary()
    assert (summary.right, summary.firsts, summary.asked) == (1, 3, 5)
    assert {hard.item for hard in summary.hardest} == {"small-single", "small-order"}
    assert summary.unlearned == 0
    assert sum(total for _, _, total in summary.by_area) == 3
    assert sum(number for _, number in summary.coming) == 3


def test_answering_twice_is_a_bug_of_the_caller(learner: Learner) -> None:
    study = session(learner)
    right(study)
    with pytest.raises(RuntimeError):
        right(study)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(["right", "wrong", "undo", "drop"]), max_size=25))
def test_the_log_holds_what_was_answered_and_not_undone(learner: Learner, deeds: list[str]) -> None:
    already = reviews(learner)
    study = session(learner)
    done: list[str] = []
    for deed in deeds:
        if deed == "undo":
            assert (study.undo() is not None) == bool(done)
            del done[-1:]
        elif study.current is None:
            continue
        elif deed == "drop":
            study.drop()
            done.append("drop")
        else:
            right(study) if deed == "right" else wrong(study)
            done.append("answer")
            study.advance()
    assert reviews(learner) == already + done.count("answer")
    assert study.answers == done.count("answer")
