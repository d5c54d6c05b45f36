"""The review grid, flags, and sections that cannot be entered again."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.screens.exam.confirm import ConfirmScreen
from dp100.tui.screens.exam.review import Grid, ReviewScreen
from dp100.tui.screens.exam.sitting import ExamScreen

from ..looking import line_with, text_of, told
from .at_exam import asked, right_keys, sat, stored, where


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
