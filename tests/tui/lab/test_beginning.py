"""A lab that was not begun, or whose folder went elsewhere."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.lab.begin import BeginScreen
from dp100.tui.screens.lab.screen import LabScreen

from ..at_work import begun, seen, until
from ..looking import shown, text_of, type_text


async def test_a_lab_not_begun_shows_what_it_is_and_enter_begins(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        words = text_of(app)
        assert "what the learner will have done" in words
        assert "Why it matters" in words
        assert "2 Write a function" in words
        assert not (tmp_path / "08-greet").exists()
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await seen(pilot, "step 1 of 3")
        assert (tmp_path / "08-greet" / "main.py").is_file()
        assert "Edit  main.py  line 8" in text_of(app)


async def test_a_folder_that_holds_something_is_left_alone(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "08-greet").mkdir()
    (tmp_path / "08-greet" / "own.txt").write_text("mine")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("enter")
        await seen(pilot, "which were not touched")
        await pilot.press("f", "end", "ctrl+u")
        await type_text(pilot, "elsewhere")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        assert (tmp_path / "elsewhere" / "main.py").is_file()


async def test_a_lab_whose_workspace_cannot_be_made_says_so(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with (a_lab / "check.py").open("a") as file:
        file.write("\n\ndef prepare(work):\n    raise ValueError('no milk today')\n")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("enter")
        await seen(pilot, "could not make its workspace or its data")


async def test_a_folder_that_was_moved_is_asked_for_and_progress_goes_with_it(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    bench = begun(learner, tmp_path / "work")
    log.note(learner.store, bench.folder.key, "passed", "greet")
    shutil.move(tmp_path / "work", tmp_path / "moved")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        assert "is not there any more" in " ".join(text_of(app).split())
        await pilot.press("f", "end", "ctrl+u")
        await type_text(pilot, str(tmp_path / "moved"))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, LabScreen))
        await seen(pilot, "step 2 of 3")
        await pilot.press("escape")
        app.open_lab("08-greet")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
