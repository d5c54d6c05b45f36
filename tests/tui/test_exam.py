"""The mock exam on the screen: answering, going about, sections, the clock, pausing, ending, and the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

import pytest
from textual.pilot import Pilot

from dp100.errors import Dp100Error
from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Form, Sitting
from dp100.tui.app import Dp100App
from dp100.tui.screens.exam.confirm import ConfirmScreen
from dp100.tui.screens.exam.custom import CustomScreen, form_of
from dp100.tui.screens.exam.report import AnswerScreen, ReportScreen
from dp100.tui.screens.exam.review import Grid, ReviewScreen
from dp100.tui.screens.exam.sitting import ExamScreen
from dp100.tui.screens.exam.start import ResumeScreen, StartScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.study import StudyScreen
from dp100.tui.widgets.rows import Rows
from tests.fixed_clock import FixedClock

from .looking import line_with, shown, text_of, told, type_text
from .question.asking import burst, keys_for, pad, wrong_answer

SENTENCE = "The disk is full: nothing was written. Free some space."


def fails(*_: object, **__: object) -> NoReturn:
    raise Dp100Error(SENTENCE)


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
    return Sitting.begin(learner, Form(questions=30, minutes=30), seed=1, timer=watch)


@asynccontextmanager
async def sat(
    sitting: Sitting, learner: Learner, *, at: int = 0, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    """The app with this exam open at a question."""
    app = Dp100App(learner)
    async with shown(app, size) as pilot:
        if at != sitting.position:
            sitting.go(at)
        app.push_screen(ExamScreen(sitting))
        await pilot.pause()
        yield pilot


def where(sitting: Sitting, *, kind: str = "", form: str = "") -> int:
    """The first place of a section or of a form."""
    return next(
        place.position
        for place in sitting.places
        if place.kind == (kind or place.kind)
        and sitting.presented(place.position).form == (form or sitting.presented(place.position).form)
    )


def stored(learner: Learner, sitting: Sitting) -> list[exams.Place]:
    return exams.places(learner.store, sitting.record.id)


def right_keys(sitting: Sitting) -> list[str]:
    return keys_for(sitting.presentation, sitting.presentation.key)


async def tick(pilot: Pilot[Any]) -> None:
    """A second passes on the screen."""
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, ExamScreen))
    screen._tick()
    await pilot.pause()


def asked(pilot: Pilot[Any]) -> str:
    """What the confirmation says, in one line."""
    assert isinstance(pilot.app.screen, ConfirmScreen)
    panel = pilot.app.screen.query_one("ConfirmScreen > Vertical").region
    lines = text_of(pilot.app).splitlines()[panel.y : panel.bottom]
    return " ".join(" ".join(line[panel.x + 1 : panel.right - 1] for line in lines).split())


# --- answering


@pytest.mark.parametrize(
    "form", ["single", "multiple", "yes_no", "order", "match", "fill", "series", "computed"]
)
async def test_an_answer_is_on_disk_at_once_and_nothing_is_said_about_it(
    sitting: Sitting, learner: Learner, form: str
) -> None:
    async with sat(sitting, learner, at=where(sitting, form=form)) as pilot:
        here = sitting.position
        keys = keys_for(sitting.presentation, wrong_answer(sitting.presentation))
        await pilot.press(*keys, *(["enter"] if form == "series" else []))
        await pilot.pause()
        assert stored(learner, sitting)[here].answer == wrong_answer(sitting.presented(here))
        seen = text_of(pilot.app)
        assert "1 answered" in seen
        assert not any(sign in seen for sign in "✓✗◐")


async def test_going_on_answers_nothing_by_accident(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        for _ in range(4):
            await pilot.press("enter")
            await pilot.pause()
        assert sitting.position == 4
    assert not any(place.begun for place in stored(learner, sitting))


async def test_enter_takes_what_was_marked_in_a_slot(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=where(sitting, form="match"), size=(80, 40)) as pilot:
        here = sitting.position
        await pilot.press("down", "enter")
        await pilot.pause()
        assert sitting.position == here
        assert pad(pilot).answer == (sitting.presentation.slots[0].options[0].index, None)
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position != here or isinstance(pilot.app.screen, ConfirmScreen)


async def test_keys_that_are_typed_ahead_answer_only_what_is_seen(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=0) as pilot:
        await burst(pilot, "1", "enter", "1", "y", "2", "enter", "1", "y")
        assert sitting.position == 1
        assert [place.begun for place in sitting.places[1:]] == [False] * (len(sitting.places) - 1)


async def test_enter_typed_ahead_does_not_leave_a_section(sitting: Sitting, learner: Learner) -> None:
    case = where(sitting, kind="case")
    last = max(place.position for place in sitting.places if place.section == sitting.places[case].section)
    if last + 1 == len(sitting.places):
        last = case - 1
    async with sat(sitting, learner, at=last) as pilot:
        await burst(pilot, "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert sitting.position == last
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position == last + 1


async def test_answers_show_again_on_coming_back(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting), "enter")
        await pilot.pause()
        assert sitting.position == 1
        await pilot.press("p")
        await pilot.pause()
        assert sitting.position == 0
        assert pad(pilot).answer == sitting.presentation.key
        await pilot.press("p")
        assert "There is no question before this one." in text_of(pilot.app)


# --- the review grid and flags


async def test_the_grid_shows_answered_and_flagged_at_once(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting), "f")
        assert "⚑ flagged" in text_of(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f", "r")
        await pilot.pause()
        assert "1 ●⚑" in text_of(pilot.app)
        assert "2 ○⚑" in text_of(pilot.app)
        assert "3 ○ " in text_of(pilot.app)


async def test_half_an_answer_shows_as_such(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=where(sitting, form="match")) as pilot:
        await pilot.press("1", "r")
        await pilot.pause()
        assert f"{sitting.position + 1} ◐" in text_of(pilot.app)


async def test_the_grid_opens_a_question(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press("r", "right", "right", "enter")
        await pilot.pause()
        assert sitting.position == 2
        await pilot.press("r")
        await pilot.pause()
        await pilot.click(Grid, offset=(9, 0))
        await pilot.pause()
        assert sitting.position == 1


async def test_the_grid_filters(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting), "f", "r", "f")
        grid = pilot.app.screen.query_one(Grid)
        assert [place.position for place in grid.shown] == [0]
        assert "only flagged" in line_with(pilot.app, "Review")
        await pilot.press("u")
        assert 0 not in [place.position for place in grid.shown]
        await pilot.press("u")
        assert len(grid.shown) == len(sitting.places)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ExamScreen)


async def test_behind_the_last_question_comes_the_review(sitting: Sitting, learner: Learner) -> None:
    last = len(sitting.places) - 1
    async with sat(sitting, learner, at=last) as pilot:
        if sitting.presentation.form == "series":
            await pilot.press(*right_keys(sitting), "enter")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReviewScreen)


# --- sections


@pytest.mark.parametrize("kind", ["case", "series"])
async def test_a_section_is_announced_and_cannot_be_entered_again(
    sitting: Sitting, learner: Learner, kind: str
) -> None:
    first = where(sitting, kind=kind)
    async with sat(sitting, learner, at=0) as pilot:
        await pilot.press("r")
        await pilot.pause()
        grid = pilot.app.screen.query_one(Grid)
        grid.at = first
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert "it cannot be entered again." in asked(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position == first
        await pilot.press("p")
        await pilot.pause()
        assert "Leave the section?" in text_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert sitting.position == first
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position < first
        await pilot.press("r")
        await pilot.pause()
        grid = pilot.app.screen.query_one(Grid)
        grid.at = first
        await pilot.press("enter")
        assert isinstance(pilot.app.screen, ReviewScreen)
        assert f"{first + 1} ○×" in text_of(pilot.app)
        assert told(pilot.app) == ["Its section was left and cannot be entered again."]
    assert stored(learner, sitting)[first].locked


async def test_a_solution_of_a_series_cannot_be_answered_again(sitting: Sitting, learner: Learner) -> None:
    at = where(sitting, form="series")
    async with sat(sitting, learner, at=at) as pilot:
        await pilot.press("y", "enter", "n")
        assert sitting.place.answer == (0, None)
        await pilot.press("up", "y", "enter")
        assert sitting.place.answer == (0, 0)
        await pilot.press("n")
        assert sitting.place.answer == (0, 0)


# --- the clock


async def test_ten_and_two_minutes_before_the_end_one_line_says_so(
    sitting: Sitting, learner: Learner, watch: Watch
) -> None:
    async with sat(sitting, learner) as pilot:
        assert "00:30:00" in text_of(pilot.app)
        watch.seconds += 20 * 60 + 1
        await tick(pilot)
        assert "! 10 minutes left." in text_of(pilot.app)
        assert "00:09:59" in text_of(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "10 minutes left" not in text_of(pilot.app)
        await tick(pilot)
        assert "10 minutes left" not in text_of(pilot.app)
        watch.seconds += 8 * 60
        await tick(pilot)
        assert "! 2 minutes left." in text_of(pilot.app)


async def test_the_clock_can_be_hidden(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, size=(120, 40)) as pilot:
        assert "hide the clock" in text_of(pilot.app)
        await pilot.press("c")
        assert "00:30:00" not in text_of(pilot.app)
        assert "show the clock" in text_of(pilot.app)
        await pilot.press("c")
        assert "00:30:00" in text_of(pilot.app)


@pytest.mark.parametrize("over", [[], ["r"], ["escape"], ["question_mark"]])
async def test_when_time_is_up_the_report_comes_whatever_is_open(
    sitting: Sitting, learner: Learner, watch: Watch, over: list[str]
) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting))
        await pilot.press(*over)
        await pilot.pause()
        watch.seconds += 31 * 60
        await tick(pilot)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)
        assert "Time is up." in told(pilot.app)
    record = exams.find(learner.store, sitting.record.id)
    assert record is not None
    assert record.finished is not None
    assert record.points == len(sitting.presented(0).key)


async def test_a_full_disk_when_time_is_up_loses_nothing(
    sitting: Sitting, learner: Learner, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting))
        watch.seconds += 31 * 60
        with monkeypatch.context() as broken:
            broken.setattr("dp100.memory.exams.finish", fails)
            for _ in range(3):
                await tick(pilot)
            assert told(pilot.app) == [SENTENCE], "told once, not every second"
            assert isinstance(pilot.app.screen, ExamScreen)
        await tick(pilot)
        assert isinstance(pilot.app.screen, ReportScreen)


async def test_a_full_disk_while_answering_is_told_and_made_up_for(
    sitting: Sitting, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sat(sitting, learner) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr("dp100.memory.exams.save", fails)
            await pilot.press(*right_keys(sitting))
            await pilot.pause()
            assert told(pilot.app)[0] == SENTENCE
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, ExamScreen)
        await pilot.press("f")
        await pilot.pause()
    assert stored(learner, sitting)[0].answer == sitting.presented(0).key


# --- pausing and coming back


async def test_a_paused_exam_goes_on_where_it_was(
    sitting: Sitting, learner: Learner, watch: Watch, clock: FixedClock
) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting), "f", "enter")
        await pilot.pause()
        watch.seconds += 300
        await pilot.press("escape")
        assert "Pause the exam?" in text_of(pilot.app)
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ExamScreen)
        await pilot.press("q", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
    clock.advance(dt.timedelta(hours=3))
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ResumeScreen)
        assert "You were away for 3 h. The clock stood still at 00:25:00." in text_of(app)
        assert f"1 of {len(sitting.places)} questions answered, 1 flagged." in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert f"Question 2 of {len(sitting.places)}" in text_of(app)
        assert "00:25:00" in text_of(app) or "00:24:5" in text_of(app)
        await pilot.press("p")
        await pilot.pause()
        assert pad(pilot).answer == sitting.presented(0).key
        assert "⚑ flagged" in text_of(app)


@pytest.mark.parametrize(("downs", "screen"), [(1, ReportScreen), (2, StartScreen)])
async def test_an_open_exam_can_be_ended_or_thrown_away(
    sitting: Sitting, learner: Learner, downs: int, screen: type[object]
) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e", *["down"] * downs, "enter")
        await pilot.pause()
        assert isinstance(app.screen, screen)
    assert exams.running(learner.store) is None


async def test_options_for_a_new_exam_are_not_passed_over_in_silence(
    sitting: Sitting, learner: Learner
) -> None:
    app = Dp100App(learner, start=("exam", Form(questions=5, minutes=10)))
    async with shown(app) as pilot:
        assert isinstance(app.screen, ResumeScreen)
        assert "The options are for a new exam, and this one is not over." in text_of(app)
        assert "and begin the new one" in line_with(app, "Throw it away")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)
        assert "Question 1 of 5" in text_of(app)
        assert "00:10:00" in text_of(app) or "00:09:5" in text_of(app)
    running = exams.running(learner.store)
    assert running is not None
    assert running.minutes == 10


async def test_without_options_nothing_is_said_of_them(sitting: Sitting, learner: Learner) -> None:
    app = Dp100App(learner, start=("exam", Form()))
    async with shown(app):
        assert isinstance(app.screen, ResumeScreen)
        assert "options" not in text_of(app)


async def test_a_question_that_left_the_bank_does_not_stop_the_exam(
    sitting: Sitting, learner: Learner
) -> None:
    sitting.answer(sitting.presentation.key)
    with learner.store.transaction() as db:
        db.execute("UPDATE exam_place SET item = 'gone-since' WHERE position < 2")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ResumeScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert "Question 3" in text_of(app)
        await pilot.press("E", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ReportScreen)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "gone-since" in text_of(app)


# --- ending, the report, the history


async def test_the_end_says_what_is_open_and_asks_once(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        total = len(sitting.places)
        await pilot.press(*right_keys(sitting), "f", "E")
        assert f"{total - 1} of {total} questions not answered, or only in part." in asked(pilot)
        assert "1 flagged." in asked(pilot)
        await pilot.press("escape")
        assert exams.running(learner.store) is not None
        await pilot.press("r", "E", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)
    assert exams.running(learner.store) is None


async def ended(sitting: Sitting, pilot: Pilot[Any]) -> None:
    await pilot.press("E", "enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ReportScreen)


async def test_the_report_begins_with_the_score(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting))
        await ended(sitting, pilot)
        seen = text_of(pilot.app)
        assert " of 1000   ✗ not passed" in seen
        assert "700 to pass" in seen
        assert "An estimate" in seen
        assert f"study the {len(sitting.places) - 1} questions you missed" in seen
        assert "Use HyperDrive" in seen, "objectives stand under their areas"


async def test_what_was_missed_can_be_studied(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting))
        await ended(sitting, pilot)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StudyScreen)
        assert f"1 of {len(sitting.places) - 1}" in text_of(pilot.app)


async def test_every_question_can_be_looked_at_with_both_answers(sitting: Sitting, learner: Learner) -> None:
    at = where(sitting, form="multiple")
    async with sat(sitting, learner, at=at, size=(80, 40)) as pilot:
        await pilot.press(*keys_for(sitting.presentation, wrong_answer(sitting.presentation)))
        await ended(sitting, pilot)
        rows = pilot.app.screen.query_one(Rows)
        assert rows.chosen is None
        rows.select(str(at))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AnswerScreen)
        seen = text_of(pilot.app)
        assert f"Question {at + 1} of {len(sitting.places)}" in seen
        assert seen.count("✗") == 2
        assert seen.count("✓") == 2
        await pilot.press("right")
        await pilot.pause()
        assert f"Question {at + 2} of" in text_of(pilot.app)
        assert "not answered" in text_of(pilot.app).splitlines()[1]
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)
        assert pilot.app.screen.query_one(Rows).chosen == str(at + 1)


async def test_all_answers_can_be_paged_through(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await ended(sitting, pilot)
        await pilot.press("down", "enter")
        for number in range(1, len(sitting.places) + 1):
            await pilot.pause()
            assert f"Question {number} of" in text_of(pilot.app)
            await pilot.press("n")
            await pilot.pause()
            assert isinstance(pilot.app.screen, NotesScreen)
            while not isinstance(pilot.app.screen, AnswerScreen):
                await pilot.press("escape")
                await pilot.pause()
            await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReportScreen)


async def test_the_history_opens_the_report_again(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await ended(sitting, pilot)
        before = text_of(pilot.app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)
        await pilot.press("e", "end")
        await pilot.pause()
        assert "not passed" in text_of(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert text_of(pilot.app) == before


# --- beginning


@pytest.mark.parametrize(("keys", "questions"), [(["enter"], 12), (["down", "enter"], 12)])
async def test_a_form_begins_the_exam(learner: Learner, keys: list[str], questions: int) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e", *keys)
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)
        assert len(app.screen.sitting.places) <= questions


async def test_a_form_of_ones_own(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e", "down", "down", "enter")
        assert isinstance(app.screen, CustomScreen)
        await type_text(pilot, "many")
        await pilot.press("enter")
        assert "such as 30 60." in text_of(app)
        await pilot.press("ctrl+u")
        await type_text(pilot, "5 12")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)
        assert (len(app.screen.sitting.places), app.screen.sitting.record.minutes) == (5, 12)


@pytest.mark.parametrize(
    "text", ["", "5", "0 5", "5 0", "501 5", "5 1441", "5 5 5", "five 5", "5.5 5", "5 -5", "²3 4"]
)
def test_what_is_no_form(text: str) -> None:
    assert form_of(text) is None


async def test_notes_are_shut_unless_the_book_is_open(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e", "o")
        assert "Open book:" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("N")
        await pilot.pause()
        assert isinstance(app.screen, NotesScreen)
        while not isinstance(app.screen, ExamScreen):
            await pilot.press("escape")
            await pilot.pause()
    with learner.store.transaction() as db:
        db.execute("UPDATE exam SET open_book = 0")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("e", "enter")
        await pilot.pause()
        await pilot.press("N")
        app.open_notes()
        await pilot.pause()
        assert isinstance(app.screen, ExamScreen)


# --- looks


@pytest.mark.parametrize(
    "keys", [[], ["r"], ["escape"], ["E"], ["E", "enter"], ["E", "enter", "down", "enter"]]
)
async def test_resizing_to_20_by_5_and_back_crashes_nothing(
    sitting: Sitting, learner: Learner, keys: list[str]
) -> None:
    async with sat(sitting, learner) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        screen = pilot.app.screen
        for size in [(20, 5), (3, 2), (130, 20), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            await pilot.press("down", "pagedown", "up")
        assert pilot.app.screen is screen
        assert pilot.app.is_running


@pytest.mark.parametrize("keys", [["e"], ["e", "down", "down", "enter"]])
async def test_resizing_before_the_exam_crashes_nothing(learner: Learner, keys: list[str]) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press(*keys)
        for size in [(20, 5), (3, 2), (130, 20), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.is_running


async def test_the_foot_has_enter_and_the_help_for_every_question(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        for place in sitting.places:
            sitting.position = place.position
            await screen._show()
            await pilot.pause()
            foot = text_of(pilot.app).splitlines()[-1]
            assert foot.strip().startswith("Enter next")
            assert "f flag" in foot
            assert "? keys" in foot
            assert ("i scenario" in foot) == (place.kind == "case")


async def test_a_case_shows_its_scenario(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=where(sitting, kind="case")) as pilot:
        assert "i shows the scenario" in text_of(pilot.app)
        await pilot.press("i")
        assert "bus operator" in text_of(pilot.app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "bus operator" in text_of(pilot.app)
        assert sitting.presentation.stem.split()[-1] in text_of(pilot.app)
