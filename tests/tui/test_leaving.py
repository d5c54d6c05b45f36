"""Leaving the app at any moment: without a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.css.query import NoMatches

from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App

from .at_work import begun
from .looking import shown

OPEN: dict[str, Callable[[Dp100App], object]] = {
    "labs": lambda app: app.open_labs(),
    "a lab not begun": lambda app: app.open_lab("09-again"),
    "a lab": lambda app: app.open_lab("08-greet"),
    "an area": lambda app: app.open_area("train"),
    "notes": lambda app: app.open_notes(),
    "statistics": lambda app: app.open_stats(),
    "settings": lambda app: app.open_settings(),
}


@pytest.mark.parametrize("what", OPEN)
async def test_while_a_screen_is_being_opened(
    learner: Learner, another_lab: Path, tmp_path: Path, what: str
) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app):
        OPEN[what](app)
        app.exit()


async def _look_for_what_is_not_there(app: Dp100App) -> None:
    async with shown(app) as pilot:
        app.call_next(lambda: app.screen.query_one("#no-such-part"))
        await pilot.pause()


async def test_a_part_that_is_missing_at_any_other_time_is_a_fault(learner: Learner) -> None:
    with pytest.raises(NoMatches):
        await _look_for_what_is_not_there(Dp100App(learner))
