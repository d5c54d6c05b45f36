"""The end of a mock exam: its report, its answers, the history."""

from __future__ import annotations

import pytest

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.screens.exam.report import AnswerScreen, ReportScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.study import StudyScreen
from dp100.tui.widgets.rows import Rows

from ..looking import text_of
from ..question.asking import keys_for, wrong_answer
from .at_exam import asked, ended, right_keys, sat, where


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
