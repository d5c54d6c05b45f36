"""A lab under way: saves, checks, hints, the end, and starting over. Processes really run."""

from __future__ import annotations

import shutil
from pathlib import Path

from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.memory.store import Store
from dp100.tui.app import Dp100App
from dp100.tui.screens.lab.begin import BeginScreen
from dp100.tui.screens.study import StudyScreen
from tests.small_lab import greet, solve

from ..at_work import begun, seen, until
from ..conftest import _forget_labs
from ..looking import line_with, shown, text_of


def _write_goal(lab: Path, goal: str) -> None:
    """Gives a lab another goal."""
    file = lab / "lab.yaml"
    file.write_text(
        file.read_text().replace("One or two sentences: what the learner will have done.", goal),
        encoding="utf-8",
    )
    _forget_labs()


async def test_a_save_is_checked_and_the_step_stays_until_the_learner_goes_on(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await seen(pilot, "step 1 of 3")
        greet(folder, "[red]nobody[/]")
        await seen(pilot, "✗ step 1: greeting.txt says '[red]nobody[/]'")
        await pilot.press("enter")
        assert "step 1 of 3" in text_of(app)
        greet(folder)
        await seen(pilot, "✓ step 1")
        assert "✓ 1 Greet the workspace" in text_of(app)
        assert "step 1 of 3" in text_of(app)
        await pilot.press("enter")
        assert "step 2 of 3" in text_of(app)
        assert "Write mean." in text_of(app)
        progress = log.works(learner.store)[0]
        assert progress.done == {"greet"}


async def test_the_whole_lab_and_what_comes_after(
    learner: Learner, a_lab: Path, another_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    _write_goal(a_lab, "You will have greeted a workspace.")
    begun(learner, folder)
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("d")
        assert "h gives a hint" in text_of(app)
        await pilot.press("1")
        solve(folder)
        await seen(pilot, "✓ step 1")
        for number in (2, 3):
            await pilot.press("enter")
            await seen(pilot, f"step {number} of 3")
            if number == 3:
                (folder / "numbers.py").write_text("def mean(v):\n    return sum(v) / len(v)  # mine\n")
            else:
                await pilot.press("c")
                await seen(pilot, "✓ step 2")
        await seen(pilot, "Lab 08 is through")
        assert "Create and run an experiment" in text_of(app)
        assert "You have greeted a workspace." in text_of(app)
        await pilot.press("d")
        await seen(pilot, "+    return sum(v) / len(v)")
        assert "-    return sum(v) / len(v)  # mine" in text_of(app)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert isinstance(app.screen, BeginScreen)
        assert "Greet it [bold]again[/]" in text_of(app)
        await pilot.press("escape")
        app.open_lab("08-greet")
        await pilot.pause()
        assert "Lab 08 is through" in text_of(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, StudyScreen)


async def test_a_step_that_holds_says_all_the_same_that_the_code_failed(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    greet(folder)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("c")
        await seen(pilot, "✓ step 1")
        assert "but " not in line_with(app, "✓ step 1")
        (folder / "main.py").write_text("def x(:\n")
        await seen(pilot, "main.py, line 1: SyntaxError")
        assert "✓ step 1" in text_of(app)
        (folder / "main.py").unlink()
        await seen(pilot, "main.py is not in the folder, so nothing was run.")
        greet(folder)
        await until(pilot, lambda: "nothing was run" not in text_of(app) and "✓ step 1" in text_of(app))


async def test_what_is_saved_while_something_runs_is_checked_afterwards(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    (folder / "main.py").write_text("import time\nwhile True:\n    time.sleep(0.05)\n")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "Running python main.py")
        greet(folder)
        await seen(pilot, "your save comes next")
        await pilot.press("x")
        await seen(pilot, "✓ step 1")
        assert "your save comes next" not in text_of(app)


async def test_hints_come_one_after_the_other(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (100, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        assert "Hint 1" not in text_of(app)
        await pilot.press("h")
        await seen(pilot, "Hint 1 of 3")
        assert "json.load reads it" in text_of(app)
        assert "Hint 2 of 3" not in text_of(app)
        await pilot.press("h", "h", "h")
        await seen(pilot, "Hint 3 of 3")
        assert log.works(learner.store)[0].hints == {"greet": 3}


async def test_what_another_terminal_does_shows(learner: Learner, a_lab: Path, tmp_path: Path) -> None:
    bench = begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (120, 40)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        with Store.beside(learner.store.home) as other:
            log.note(other, bench.folder.key, "passed", "greet")
        await seen(pilot, "✓ 1 Greet the workspace")
        assert "step 1 of 3" in text_of(app)


async def test_starting_over_asks_once_and_keeps_the_files(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    bench = begun(learner, folder)
    log.note(learner.store, bench.folder.key, "passed", "greet")
    (folder / "main.py").write_text("mine = 1\n")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("z")
        assert "z once more starts the lab over" in text_of(app)
        assert (folder / "main.py").read_text() == "mine = 1\n"
        await pilot.press("z")
        await seen(pilot, "The lab is as it was at the start")
        assert "TODO" in (folder / "main.py").read_text()
        (kept,) = tmp_path.glob("work-before-*")
        assert (kept / "main.py").read_text() == "mine = 1\n"
        assert "step 1 of 3" in text_of(app)


async def test_a_folder_that_goes_away_meanwhile_is_a_sentence(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        shutil.rmtree(tmp_path / "work")
        await pilot.press("c")
        await until(pilot, lambda: "not there" in " ".join(text_of(app).split()))


async def test_starting_over_asks_again_once_the_question_is_out_of_sight(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    bench = begun(learner, folder)
    log.note(learner.store, bench.folder.key, "passed", "greet")
    (folder / "main.py").write_text("mine = 1\n")
    app = Dp100App(learner)
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("z", "p")
        await seen(pilot, "step 1 of 3")
        assert "z once more" not in text_of(app)
        await pilot.press("z")
        assert "z once more" in text_of(app)
        assert (folder / "main.py").read_text() == "mine = 1\n"
        assert not list(tmp_path.glob("work-before-*"))
