"""Before a mock exam: its form, and one that was paused."""

from __future__ import annotations

import datetime as dt

import pytest

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Form, Sitting
from dp100.tui.app import Dp100App
from dp100.tui.screens.exam.custom import CustomScreen, form_of
from dp100.tui.screens.exam.report import ReportScreen
from dp100.tui.screens.exam.sitting import ExamScreen
from dp100.tui.screens.exam.start import ResumeScreen, StartScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from tests.fixed_clock import FixedClock

from ..looking import line_with, shown, text_of, type_text
from ..question.asking import pad
from .at_exam import Watch, right_keys, sat


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


@pytest.mark.parametrize("keys", [["e"], ["e", "down", "down", "enter"]])
async def test_resizing_before_the_exam_crashes_nothing(learner: Learner, keys: list[str]) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press(*keys)
        for size in [(20, 5), (3, 2), (130, 20), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert app.is_running


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
