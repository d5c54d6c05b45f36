"""What leads away from a lab and back: the editor and the notes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.notes import NotesScreen

from ..at_work import TOPIC, begun, seen, until
from ..conftest import _forget_labs
from ..looking import shown, text_of, told


async def test_where_no_editor_can_be_opened_the_path_is_told_and_copied(
    learner: Learner, a_lab: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", sys.executable)
    monkeypatch.delenv("VISUAL", raising=False)
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("o")  # a terminal under test cannot be suspended
        file = str(tmp_path / "work" / "main.py")
        assert "path was copied" in told(app)[-1]
        assert file in told(app)[-1]
        assert app.clipboard == file
        monkeypatch.setenv("EDITOR", "no-such-editor")
        await pilot.press("o")
        assert "`no-such-editor` is not installed" in told(app)[-1]


async def test_from_the_lab_to_the_note_and_back_to_the_same_place(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        screen = app.screen
        await pilot.press("2", "n")
        await pilot.pause(0.3)
        assert isinstance(app.screen, NotesScreen)
        assert app.screen.topic == TOPIC
        await pilot.press("l")
        assert app.screen is screen
        await pilot.press("n")
        await pilot.pause(0.3)
        await pilot.press("escape")
        assert app.screen is screen
        assert "▸ Output" in text_of(app)


async def test_the_editor_opens_at_the_work_of_the_step(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    begun(learner, tmp_path / "work")
    (tmp_path / "work" / "main.py").write_text("# TODO step 2: later\n\n# TODO step 1: now\n")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await seen(pilot, "Edit  main.py  line 3")


def _on_topics(lab: Path, *topics: str) -> None:
    """Has a lab be about these topics."""
    file = lab / "lab.yaml"
    file.write_text(file.read_text().replace(f"topics: [{TOPIC}]", f"topics: [{', '.join(topics)}]"))
    _forget_labs()


@pytest.mark.parametrize("where", ["list", "before", "under way"])
async def test_of_several_topics_the_learner_chooses_whose_note_to_open(
    learner: Learner, a_lab: Path, tmp_path: Path, where: str
) -> None:
    _on_topics(a_lab, TOPIC, "deploy.service.markup", "beyond.this.outline")
    if where == "under way":
        begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        if where == "list":
            await pilot.press("l")
        else:
            app.open_lab("08-greet")
        await pilot.pause()
        screen = app.screen
        await pilot.press("n")
        await seen(pilot, "Which note?")
        assert "Create and run an experiment" in text_of(app)
        await pilot.press("escape")
        assert app.screen is screen
        await pilot.press("n", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen))
        assert isinstance(app.screen, NotesScreen)
        await until(pilot, lambda: app.screen.topic == "deploy.service.markup")
        await pilot.press("escape")
        assert app.screen is screen


async def test_the_choice_of_notes_survives_a_tiny_terminal(learner: Learner, a_lab: Path) -> None:
    _on_topics(a_lab, TOPIC, "deploy.service.markup")
    app = Dp100App(learner)
    async with shown(app, (20, 5)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("n", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, NotesScreen))
