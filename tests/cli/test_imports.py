"""Starting, studying and sitting an exam import none of the heavy packages; Home not even the light ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.running import in_process

HEAVY = (
    "sklearn",
    "pandas",
    "numpy",
    "scipy",
    "mlflow",
    "optuna",
    "azure",
    "azureml",
    "matplotlib",
    "sqlalchemy",
)
NOT_AT_HOME = ("pydantic", "typer", "yaml", "markdown_it", "plotext", "click")

_TELL = """
import atexit, json, os
def tell():
    names = sorted({{name.split(".")[0] for name in sys.modules}})
    pathlib.Path(os.environ["TOLD"]).write_text(json.dumps(names))
atexit.register(tell)
"""
TELL = _TELL.format()

IN_THE_APP = (
    TELL
    + """
import asyncio
from dp100.tui.app import Dp100App
async def drive(app):
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        for key in os.environ["KEYS"].split():
            await pilot.press(key)
            await pilot.pause()
        pathlib.Path(os.environ["TOLD"] + ".screen").write_text(type(app.screen).__name__)
        app.exit()
Dp100App.run = lambda app: asyncio.run(drive(app))
import dp100.cli.app
dp100.cli.app.need_terminal = lambda: None
"""
)


def imported(
    tmp_path: Path, *words: str, before: str = TELL, keys: str = "", input: str = ""
) -> tuple[set[str], str]:
    """The packages that a command imported, and in the app the screen it ended at."""
    told = tmp_path / "told.json"
    said = in_process(*words, before=before, input=input, env={"TOLD": str(told), "KEYS": keys})
    assert said.status == 0, said.err
    screen = tmp_path / "told.json.screen"
    return set(json.loads(told.read_text())), screen.read_text() if screen.exists() else ""


@pytest.mark.parametrize(
    ("words", "input"),
    [
        ("study --plain", "1\n1 2\ny n\na b c\n:note\n" * 4),
        ("exam --plain --open-book", "1\n:note\n1 2\ny n\na b c\n:end\n"),
        ("stats", ""),
        ("notes bandit", ""),
        ("questions list", ""),
        ("questions lint", ""),
        ("doctor", ""),
    ],
)
def test_commands_import_nothing_heavy(tmp_path: Path, words: str, input: str) -> None:
    names, _ = imported(tmp_path, *words.split(), input=input)
    assert "dp100" in names
    assert names.isdisjoint(HEAVY)


def test_home_imports_next_to_nothing(tmp_path: Path) -> None:
    from dp100.locations import home
    from dp100.memory.learner import Learner

    in_process("stats")  # reads the content
    with Learner.open(home()) as learner:
        learner.change_settings(introduced=True)
    names, screen = imported(tmp_path, before=IN_THE_APP)
    assert screen == "HomeScreen"
    assert names.isdisjoint(HEAVY)
    assert names.isdisjoint(NOT_AT_HOME)


@pytest.mark.parametrize(
    ("words", "keys", "screen"),
    [
        ("study", "enter enter 2 enter enter 1 g", "StudyScreen"),
        ("study --topic workspace.create.workspace", "space down space enter n", "NotesScreen"),
        ("exam --questions 8", "enter 1 enter 2 enter r", "ReviewScreen"),
        ("", "escape n", "NotesScreen"),
        ("", "escape t", "StatsScreen"),
    ],
)
def test_the_app_imports_nothing_heavy(tmp_path: Path, words: str, keys: str, screen: str) -> None:
    names, at = imported(tmp_path, *words.split(), before=IN_THE_APP, keys=keys)
    assert at == screen
    assert names.isdisjoint(HEAVY)
