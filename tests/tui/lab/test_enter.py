"""What Enter does on a lab's screen follows the focus, and the foot says at each moment what it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dp100.labs.bench import Bench
from dp100.labs.seen import workspaces
from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.lab.begin import BeginScreen

from ..at_work import begun, seen, until
from ..looking import line_with, shown, text_of


@pytest.fixture
def bench(learner: Learner, another_lab: Path, tmp_path: Path) -> Bench:
    """The lab, its first step done."""
    bench = begun(learner, tmp_path / "work")
    log.note(learner.store, bench.folder.key, "passed", "greet")
    return bench


def said(pilot: Pilot[Any]) -> str:
    """What the foot says that Enter does; nothing where it does not say anything."""
    words = text_of(pilot.app).splitlines()[-1].split("   ")[0].strip()
    return words.removeprefix("Enter ") if words.startswith("Enter ") else ""


async def test_on_a_step_that_holds_enter_goes_on_and_on_another_it_does_nothing(
    learner: Learner, bench: Bench
) -> None:
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await seen(pilot, "step 2 of 3")
        assert said(pilot) == ""
        await pilot.press("enter")
        assert "step 2 of 3" in text_of(app)
        await pilot.press("p")
        await until(pilot, lambda: said(pilot) == "next step")
        await pilot.press("enter")
        await seen(pilot, "step 2 of 3")


async def test_without_runs_enter_goes_on_and_on_a_run_it_opens_it(learner: Learner, bench: Bench) -> None:
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.press("p", "3")
        await seen(pilot, "No runs yet")
        await until(pilot, lambda: said(pilot) == "next step")
        tracking = workspaces(bench.folder.azure)[0].tracking
        run = tracking.create_run("milk", "first_1", "first")
        tracking.log_metric(run.id, "loss", 0.25)
        await until(pilot, lambda: said(pilot) == "open run")
        await pilot.press("enter")
        await seen(pilot, "loss")
        assert "step 1 of 3" in text_of(app)
        await until(pilot, lambda: said(pilot) == "next step")
        await pilot.press("escape")
        await until(pilot, lambda: said(pilot) == "open run")
        await pilot.press("1")
        await until(pilot, lambda: said(pilot) == "next step")
        await pilot.press("enter")
        await seen(pilot, "step 2 of 3")


async def test_among_the_steps_enter_shows_one_or_goes_on_from_the_one_on_show(
    learner: Learner, bench: Bench
) -> None:
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.press("shift+tab")
        await until(pilot, lambda: "▸" in line_with(app, "2 Write a function")[:6])
        assert said(pilot) == ""
        await pilot.press("up")
        await until(pilot, lambda: said(pilot) == "show step")
        await pilot.press("enter")
        await seen(pilot, "step 1 of 3")
        await until(pilot, lambda: said(pilot) == "next step")
        await pilot.press("2")
        await until(pilot, lambda: said(pilot) == "show step")
        await pilot.press("enter")
        await seen(pilot, "▸ Instructions")
        await pilot.press("enter")
        await seen(pilot, "step 2 of 3")


async def test_behind_the_last_step_comes_the_end_and_then_the_next_lab(
    learner: Learner, bench: Bench
) -> None:
    for step in ("mean", "look"):
        log.note(learner.store, bench.folder.key, "passed", step)
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await seen(pilot, "Lab 08 is through")
        await pilot.press("p")
        await seen(pilot, "step 3 of 3")
        await until(pilot, lambda: said(pilot) == "to the end")
        await pilot.press("enter")
        await seen(pilot, "Lab 08 is through")
        await until(pilot, lambda: said(pilot) == "next lab")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, BeginScreen))
