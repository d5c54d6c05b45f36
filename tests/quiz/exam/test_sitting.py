from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.errors import Dp100Error
from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.report import scaled
from dp100.quiz.exam.sitting import Form, Locked, Sitting, report_of
from tests.fixed_clock import FixedClock


class Watch:
    """A timer that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def sitting(learner: Learner, watch: Watch) -> Sitting:
    return Sitting.begin(learner, Form(questions=30, minutes=10), seed=1, timer=watch)


def first_of(sitting: Sitting, kind: str) -> int:
    return next(place.position for place in sitting.places if place.kind == kind)


def answer_right(sitting: Sitting) -> None:
    sitting.answer(sitting.presentation.key)


def test_the_paper_holds_what_the_bank_has_of_the_outline(sitting: Sitting, learner: Learner) -> None:
    ids = {place.item for place in sitting.places}
    assert {"small-series", "small-case-night", "small-single"} <= ids
    assert "small-git" not in ids, "an area without a weight is no part of the exam"


def test_only_one_exam_is_open(sitting: Sitting, learner: Learner) -> None:
    with pytest.raises(Dp100Error, match="open already"):
        Sitting.begin(learner, Form())


def test_answers_flags_and_place_outlive_the_program(
    sitting: Sitting, learner: Learner, watch: Watch
) -> None:
    answer_right(sitting)
    given_answer = sitting.place.answer
    sitting.flag()
    sitting.go(2)
    watch.seconds += 61
    sitting.tick()

    again = Sitting.resume(learner, timer=watch)
    assert again is not None
    assert again.position == 2
    assert again.places[0].answer == given_answer
    assert again.places[0].flagged
    assert again.remaining == pytest.approx(10 * 60 - 61)
    assert again.presented(0) == sitting.presented(0), "options stand where they stood"


def test_the_clock_stands_still_while_away(
    sitting: Sitting, learner: Learner, watch: Watch, clock: FixedClock
) -> None:
    watch.seconds += 100
    sitting.pause()
    clock.advance(dt.timedelta(hours=9))
    watch.seconds += 9 * 3600
    again = Sitting.resume(learner, timer=watch)
    assert again is not None
    assert again.away == dt.timedelta(hours=9)
    assert again.remaining == pytest.approx(500)


def test_the_clock_is_written_now_and_then(sitting: Sitting, learner: Learner, watch: Watch) -> None:
    watch.seconds += 4
    sitting.tick()
    assert exams.running(learner.store).remaining == 600  # type: ignore[union-attr]
    watch.seconds += 2
    sitting.tick()
    assert exams.running(learner.store).remaining == 594  # type: ignore[union-attr]


def test_time_is_booked_on_the_question_that_is_open(sitting: Sitting, watch: Watch) -> None:
    watch.seconds += 30
    sitting.go(1)
    watch.seconds += 5
    sitting.go(0)
    assert [place.seconds for place in sitting.places[:2]] == [30, 5]


def test_the_clock_never_goes_below_zero(sitting: Sitting, watch: Watch) -> None:
    watch.seconds += 10_000
    assert sitting.is_over
    report = sitting.finish()
    assert report.seconds == 600


@pytest.mark.parametrize("kind", ["case", "series"])
def test_a_section_that_was_left_stays_closed(sitting: Sitting, kind: str) -> None:
    inside = first_of(sitting, kind)
    sitting.go(inside)
    assert sitting.leaves_section(0)
    sitting.go(0)
    assert not sitting.can_enter(inside)
    with pytest.raises(Locked, match="cannot be entered again"):
        sitting.go(inside)
    assert sitting.position == 0


def test_within_a_case_study_one_may_go_back(sitting: Sitting) -> None:
    inside = first_of(sitting, "case")
    sitting.go(inside)
    sitting.go(inside + 1)
    sitting.go(inside)
    assert sitting.position == inside


def test_a_solution_cannot_be_answered_again(sitting: Sitting) -> None:
    sitting.go(first_of(sitting, "series"))
    sitting.answer((0, None))
    with pytest.raises(Locked, match="cannot be answered again"):
        sitting.answer((1, None))
    sitting.answer((0, 1))
    assert sitting.place.answer == (0, 1)


def test_everything_right_is_a_thousand(sitting: Sitting, learner: Learner) -> None:
    for position in range(len(sitting.places)):
        sitting.go(position)
        answer_right(sitting)
    report = sitting.finish()
    assert (report.score, report.passed, report.missed) == (1000, True, [])
    assert exams.running(learner.store) is None
    assert learner.overview().reviews == len(sitting.places)


def test_parts_earn_points_and_misses_go_to_study(sitting: Sitting, learner: Learner) -> None:
    place = next(place for place in sitting.places if place.item == "small-multiple")
    sitting.go(place.position)
    sitting.answer((0, 3))
    report = sitting.finish()
    assert report.points == 1
    assert report.score == scaled(1, report.possible)
    assert set(report.missed) == {place.item for place in sitting.places}
    assert learner.overview().reviews == 1, "what was not answered says nothing about memory"
    card = learner.card("small-multiple")
    assert card is not None
    assert not card.right


def test_a_report_can_be_read_again(sitting: Sitting, learner: Learner) -> None:
    answer_right(sitting)
    report = sitting.finish()
    assert report_of(learner, report.exam) == report
    assert [record.score for record in exams.history(learner.store)] == [report.score]
    with pytest.raises(Dp100Error, match="no finished exam"):
        report_of(learner, 99)


def test_areas_and_objectives_add_up(sitting: Sitting) -> None:
    for position in range(0, len(sitting.places), 2):
        if sitting.can_enter(position):
            sitting.go(position)
            answer_right(sitting)
    report = sitting.finish()
    for parts in (report.areas, report.objectives):
        assert sum(part.points for part in parts) == report.points
        assert sum(part.possible for part in parts) == report.possible


def test_discarding_leaves_nothing(sitting: Sitting, learner: Learner) -> None:
    answer_right(sitting)
    sitting.discard()
    assert exams.running(learner.store) is None
    assert exams.history(learner.store) == []
    assert learner.overview().reviews == 0


def test_the_short_form_has_its_share_of_the_time(learner: Learner) -> None:
    exam = learner.catalogue.outline.exam
    sitting = Sitting.begin(learner, Form(short=True))
    assert sitting.record.form == "short"
    assert sitting.record.minutes == round(exam.minutes * exam.short_form / exam.default_questions)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("go"), st.integers(0, 12)),
            st.tuples(st.just("answer"), st.integers(0, 3)),
            st.tuples(st.just("flag"), st.just(0)),
            st.tuples(st.just("wait"), st.integers(0, 40)),
            st.tuples(st.just("resume"), st.just(0)),
        ),
        max_size=25,
    )
)
def test_whatever_is_done_the_disk_has_it(learner: Learner, deeds: list[tuple[str, int]]) -> None:
    watch = Watch()
    if leftover := Sitting.resume(learner):
        leftover.discard()
    sitting = Sitting.begin(learner, Form(questions=12, minutes=60), seed=3, timer=watch)
    for deed, value in deeds:
        if deed == "go" and value < len(sitting.places) and sitting.can_enter(value):
            sitting.go(value)
        elif deed == "answer":
            options = sitting.presentation.options
            if options and sitting.presentation.interaction == "one":
                sitting.answer((options[value % len(options)].index,))
        elif deed == "flag":
            sitting.flag()
        elif deed == "wait":
            watch.seconds += value
            sitting.pause()
        elif deed == "resume":
            before = (sitting.places, sitting.position, sitting.remaining)
            again = Sitting.resume(learner, timer=watch)
            assert again is not None
            assert (again.places, again.position, again.remaining) == before
            sitting = again
    stored = exams.places(learner.store, sitting.record.id)
    assert [(p.answer, p.flagged, p.locked) for p in stored] == [
        (p.answer, p.flagged, p.locked) for p in sitting.places
    ]
    assert sum(p.seconds for p in sitting.places) + sitting.remaining == pytest.approx(3600)
