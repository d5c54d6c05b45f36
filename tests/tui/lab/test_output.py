"""What the learner's code prints and logs: the tabs Output and Runs. Processes really run."""

from __future__ import annotations

from pathlib import Path

from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.lab.screen import LabScreen

from ..at_work import begun, seen, until
from ..looking import line_with, shown, text_of


async def test_output_is_text_and_an_endless_loop_can_be_stopped(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    (folder / "main.py").write_text(
        "import time\nprint('[bold]loud[/] \\x1b[31mred\\x1b[0m', flush=True)\n"
        "while True:\n    print('epoch 3/10', flush=True); time.sleep(0.05)\n"
    )
    async with shown(app, (100, 30)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "[bold]loud[/] red")
        assert "▸ Output" in text_of(app)
        assert "Running python main.py" in text_of(app)
        await pilot.press("escape")
        await seen(pilot, "Stopped.")
        assert isinstance(app.screen, LabScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_what_prints_without_end_does_not_hold_the_keys(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    app = Dp100App(learner)
    (folder / "main.py").write_text("while True:\n    print('x' * 300)\n")
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("r")
        await seen(pilot, "xxxxxxxxxx")
        await pilot.press("1")
        await seen(pilot, "▸ Instructions")
        await pilot.press("x")
        await seen(pilot, "Stopped.")


async def test_the_output_is_at_its_end_when_its_tab_is_opened_and_stays_where_it_was_scrolled_to(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    begun(learner, folder)
    (folder / "main.py").write_text("for n in range(60):\n    print('line', n)\n")
    app = Dp100App(learner)
    async with shown(app) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("c")
        await seen(pilot, "✗ step 1")
        await pilot.press("2")
        await seen(pilot, "line 59")
        await pilot.press("home")
        await until(pilot, lambda: "line 59" not in text_of(app))
        await pilot.press("r")
        await seen(pilot, "✗ step 1")
        assert "$ python main.py" in text_of(app).splitlines()[5]


async def test_runs_show_states_plots_tables_and_values(
    learner: Learner, a_lab: Path, tmp_path: Path
) -> None:
    from dp100.labs.seen import workspaces

    bench = begun(learner, tmp_path / "work")
    app = Dp100App(learner)
    async with shown(app, (120, 50)) as pilot:
        app.open_lab("08-greet")
        await pilot.pause()
        await pilot.press("3")
        await seen(pilot, "No runs yet")
        tracking = workspaces(bench.folder.azure)[0].tracking
        run = tracking.create_run("milk", "first_1", "[b]first[/]")
        for step, value in enumerate((0.9, 0.5, 0.3)):
            tracking.log_metric(run.id, "loss", value, step=step)
        tracking.log_metric(run.id, "recall", 0.75)
        tracking.log_table(run.id, "by [i]farm[/]", {"farm": ["Hof", "Au"], "spoiled": [3, 40]})
        await seen(pilot, "[b]first[/]")
        await seen(pilot, "loss   0.3")
        words = text_of(app)
        assert "Running" in line_with(app, "[b]first[/]")
        assert "0.75" in line_with(app, "recall")
        assert "spoiled" in line_with(app, "farm  s")
        tracking.set_status(run.id, "Failed")
        await until(pilot, lambda: "✗" in line_with(app, "[b]first[/]"))
        assert "Steps" in words
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape")
        assert isinstance(app.screen, LabScreen)
