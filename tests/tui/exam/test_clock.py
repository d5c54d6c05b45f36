"""The clock of a mock exam, and the moment when time is up."""

from __future__ import annotations

import pytest

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.screens.exam.report import ReportScreen
from dp100.tui.screens.exam.sitting import ExamScreen

from ..looking import text_of, told
from .at_exam import SENTENCE, Watch, fails, right_keys, sat, tick


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
