"""The list of questions that are set aside."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.suspended import SuspendedScreen

from .looking import line_with, shown, text_of, type_text

ASIDE = ("small-git", "small-markup", "small-single", "left-the-bank")


@pytest.fixture
def choosy(learner: Learner) -> Learner:
    """Someone who set three questions aside, and one that has left the bank since."""
    for item in ASIDE:
        learner.suspend(item)
    return learner


async def test_the_palette_opens_it_and_escape_leaves_it(choosy: Learner) -> None:
    app = Dp100App(choosy)
    async with shown(app, (100, 30)) as pilot:
        await pilot.press("ctrl+p")
        await type_text(pilot, "set aside")
        await pilot.pause(0.3)
        assert "4 questions you chose never to be asked" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SuspendedScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_it_names_question_and_topic_in_the_order_of_the_outline(choosy: Learner) -> None:
    app = Dp100App(choosy)
    async with shown(app, (120, 30)) as pilot:
        app.open_suspended()
        await pilot.pause()
        rows = [line for line in text_of(app).splitlines() if "✗" in line]
        assert len(rows) == 4
        assert "[bold]" in rows[1], "markup shows as written"
        assert "Which command copies" in rows[2]
        assert choosy.catalogue.title("foundations.tools.git") in rows[2]
        assert "left-the-bank" in rows[3]
        assert "no longer in the bank" in rows[3]


@pytest.mark.parametrize("press", ["enter", "space"])
async def test_one_is_taken_back_and_set_aside_once_more(choosy: Learner, press: str) -> None:
    app = Dp100App(choosy)
    async with shown(app, (100, 30)) as pilot:
        app.open_suspended()
        await pilot.pause()
        await pilot.press("down", "down", press)
        assert choosy.suspended() == set(ASIDE) - {"small-git"}
        assert "asked again" in line_with(app, "✓ Which command copies")
        assert "3 questions you chose" in text_of(app)
        assert choosy.queue(Selection(topic="foundations.tools.git")) == ["small-git"]
        await pilot.press(press)
        assert choosy.suspended() == set(ASIDE)
        assert choosy.catalogue.title("foundations.tools.git") in line_with(app, "✗ Which command copies")


async def test_all_are_taken_back(choosy: Learner) -> None:
    app = Dp100App(choosy)
    async with shown(app) as pilot:
        app.open_suspended()
        await pilot.pause()
        await pilot.press("a")
        assert choosy.suspended() == set()
        assert "All of them will be asked again" in text_of(app)


async def test_nothing_is_set_aside(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_suspended()
        await pilot.pause()
        assert "Nothing is set aside." in text_of(app)
        assert "again" not in text_of(app).splitlines()[-1], "no key for nothing"
        await pilot.press("enter", "space", "a")
        assert isinstance(app.screen, SuspendedScreen)
