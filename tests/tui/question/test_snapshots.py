"""Every kind of question before and after the answer, and what the exam shows.

A change that is meant is taken over with ``pytest tests/tui/question/test_snapshots.py --snapshot-update``;
look at the report first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Form, Sitting
from dp100.tui.app import Dp100App
from dp100.tui.screens.exam.sitting import ExamScreen
from dp100.tui.screens.study import StudyScreen

from .asking import KINDS, asked, keys_for, wrong_answer

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
Snap = Callable[..., bool]
Do = Callable[[Pilot[Any]], Awaitable[None]]


def study(item: str, how: str = "") -> Do:
    """The question, as it comes or after an answer."""

    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        pilot.app.push_screen(StudyScreen([item, "small-git"], seed=1, timer=lambda: 0.0))
        await pilot.pause()
        if how:
            question = asked(pilot)
            answer = question.key if how == "right" else wrong_answer(question)
            await pilot.press(*keys_for(question, answer), "enter")
        await pilot.pause()

    return run


def then(before: Do, *keys: str) -> Do:
    """The same, and then these keys."""

    async def run(pilot: Pilot[Any]) -> None:
        await before(pilot)
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return run


def exam(learner: Learner, *keys: str, at: int = 0) -> Do:
    """An exam of which the first answers are right, after these keys."""

    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        form = Form(questions=30, minutes=30)
        sitting = Sitting.begin(learner, form, seed=1, timer=lambda: 0.0)
        for position in range(4):
            sitting.go(position)
            sitting.answer(sitting.presentation.key)
            if position in (1, 2):
                sitting.flag()
        sitting.go(at)
        pilot.app.push_screen(ExamScreen(sitting))
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return run


@SIZES
@pytest.mark.parametrize("item", KINDS)
def test_question(snap_compare: Snap, learner: Learner, item: str, size: tuple[int, int]) -> None:
    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=study(item))


@SIZES
@pytest.mark.parametrize("item", KINDS)
def test_missed(snap_compare: Snap, learner: Learner, item: str, size: tuple[int, int]) -> None:
    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=study(item, "wrong"))


@pytest.mark.parametrize("item", ["small-single", "small-multiple", "small-match", "small-series"])
def test_right(snap_compare: Snap, learner: Learner, item: str) -> None:
    assert snap_compare(Dp100App(learner), terminal_size=(80, 24), run_before=study(item, "right"))


@pytest.mark.parametrize("item", ["small-single", "small-fill"])
def test_missed_in_the_light_theme(snap_compare: Snap, learner: Learner, item: str) -> None:
    learner.change_settings(theme="dp100-light")
    assert snap_compare(Dp100App(learner), terminal_size=(80, 24), run_before=study(item, "wrong"))


def test_the_scenario_over_the_question(snap_compare: Snap, learner: Learner) -> None:
    before = then(study("small-case-night"), "i", "right_square_bracket")
    assert snap_compare(Dp100App(learner), terminal_size=(80, 24), run_before=before)


@SIZES
def test_summary(snap_compare: Snap, learner: Learner, size: tuple[int, int]) -> None:
    before = then(study("small-single", "wrong"), "enter", "enter", "q")
    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=before)


EXAM: dict[str, tuple[int, tuple[str, ...]]] = {
    "question": (2, ()),
    "review": (4, ("r",)),
    "end": (4, ("E",)),
    "report": (4, ("E", "enter")),
    "answer": (4, ("E", "enter", "down", "enter")),
}


@SIZES
@pytest.mark.parametrize("name", EXAM)
def test_exam(snap_compare: Snap, learner: Learner, name: str, size: tuple[int, int]) -> None:
    at, keys = EXAM[name]
    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=exam(learner, *keys, at=at))


@pytest.mark.parametrize("name", ["question", "report"])
def test_exam_in_the_light_theme(snap_compare: Snap, learner: Learner, name: str) -> None:
    learner.change_settings(theme="dp100-light")
    at, keys = EXAM[name]
    assert snap_compare(Dp100App(learner), terminal_size=(80, 24), run_before=exam(learner, *keys, at=at))


@SIZES
def test_before_the_exam(snap_compare: Snap, learner: Learner, size: tuple[int, int]) -> None:
    async def run(pilot: Pilot[Any]) -> None:
        await exam(learner, "E", "enter", "escape")(pilot)
        await pilot.press("e")
        await pilot.pause()

    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=run)


@pytest.mark.parametrize("item", ["small-single", "small-match"])
def test_at_20_by_5(snap_compare: Snap, learner: Learner, item: str) -> None:
    assert snap_compare(Dp100App(learner), terminal_size=(20, 5), run_before=study(item))


def test_at_200_by_60(snap_compare: Snap, learner: Learner) -> None:
    assert snap_compare(
        Dp100App(learner), terminal_size=(200, 60), run_before=study("small-case-night", "wrong")
    )
