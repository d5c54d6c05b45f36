"""The labs' screens at 80x24 and at 120x40: no real durations, no temporary paths.

A change that is meant is taken over with ``pytest tests/tui/test_labs_snapshots.py --snapshot-update``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dp100.labs.bench import Bench
from dp100.memory import labs as log
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.lab import seeing
from dp100.tui.screens.lab.seeing import RunDetail, RunLine, Sight
from tests.small_lab import greet, solve

from .at_work import begun, seen, until

SIZES = [(80, 24), (120, 40)]
Snap = Callable[..., bool]
Do = Callable[[Pilot[Any]], Awaitable[None]]

RUNS = (
    RunLine("sweep_1", "mlw-lab", "bold_sail_1f2e", "milk", 0, "Running", 74.0, "epoch 12/30"),
    RunLine("trial_1", "mlw-lab", "threshold 0.05", "milk", 1, "Completed", 31.0),
    RunLine("trial_2", "mlw-lab", "threshold 0.10", "milk", 1, "Failed", 8.0),
    RunLine("count_1", "mlw-lab", "[b]count[/b] the batches", "milk", 0, "Completed", 3.0),
    RunLine("waiting_1", "mlw-lab", "night_shift", "night", 0, "Queued", None),
)
DETAIL = RunDetail(
    RUNS[0],
    {"loss": tuple((float(step), round(2.0 / (step + 1) + 0.05 * (step % 3), 4)) for step in range(30))},
    (("parameter", "rate", "0.05"), ("metric", "recall", "0.888889"), ("tag", "purpose", "[b]sweep[/b]")),
    {"by farm": (("farm", "batches", "spoiled"), (("Hof", "240", "3"), ("Au", "231", "29")))},
    ("confusion.json",),
    "reading 720 batches\nepoch 12/30",
    "",
)


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing on the screen that differs from one run of the tests to the next."""
    sight = Sight(RUNS, DETAIL)
    monkeypatch.setattr(seeing, "look", lambda azure, chosen=None: sight)
    monkeypatch.setattr("dp100.tui.screens.lab.runs.OFTEN", 3600.0)
    monkeypatch.setattr("dp100.tui.screens.lab.instructions.shown_path", lambda path: "/home/ada/08-greet")
    monkeypatch.setattr("dp100.tui.screens.lab.begin.Path.cwd", lambda: Path("/home/ada"))


@pytest.fixture
def bench(learner: Learner, another_lab: Path, tmp_path: Path) -> Bench:
    """The lab, begun."""
    return begun(learner, tmp_path / "work")


def lab(*keys: str, wait: str = "") -> Do:
    """Opens the lab, presses keys, and waits for a text."""

    async def run(pilot: Pilot[Any]) -> None:
        pilot.app.open_lab("08-greet")  # type: ignore[attr-defined]
        await pilot.pause(0.1)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.1)
        if wait:
            await seen(pilot, wait)
        await pilot.pause(0.2)

    return run


def checked(say: str, *keys: str) -> Do:
    """Opens the lab, has it checked, waits for what is said, and presses keys."""

    async def run(pilot: Pilot[Any]) -> None:
        await lab("c")(pilot)
        await until(pilot, lambda: not pilot.app.screen.now.doing)  # type: ignore[attr-defined]
        await seen(pilot, say)
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.2)
        await pilot.pause(0.2)

    return run


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
class TestScreens:
    def test_list(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        log.note(learner.store, bench.folder.key, "passed", "greet")

        async def look(pilot: Pilot[Any]) -> None:
            await pilot.press("l")
            await pilot.pause(0.1)

        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=look)

    def test_not_begun(
        self, snap_compare: Snap, learner: Learner, a_lab: Path, size: tuple[int, int]
    ) -> None:
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=lab())

    def test_home(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        log.note(learner.store, bench.folder.key, "passed", "greet")
        assert snap_compare(Dp100App(learner), terminal_size=size)

    def test_step(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        log.note(learner.store, bench.folder.key, "passed", "greet")
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=lab())

    def test_hints(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=lab("h", "h"))

    def test_failing(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        greet(bench.folder.path, "nobody")
        app = Dp100App(learner)
        assert snap_compare(app, terminal_size=size, run_before=checked("✗ step 1"))

    def test_output(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        (bench.folder.path / "main.py").write_text(
            "for n in range(3):\n    print(f'[bold]batch {n}[/] \\x1b[31mread\\x1b[0m')\nraise ValueError('no milk')\n"
        )
        app = Dp100App(learner)
        (bench.folder.path / "main.py").write_text("for n in range(40):\n    print(f'[b]batch {n}[/]')\n")
        assert snap_compare(app, terminal_size=size, run_before=checked("✗ step 1", "2"))

    def test_runs(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        run = lab("3", wait="bold_sail")
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=run)

    def test_run(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        run = lab("3", "enter", wait="bold_sail")
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=run)

    def test_solution(
        self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]
    ) -> None:
        solve(bench.folder.path)
        (bench.folder.path / "numbers.py").write_text("def mean(v):\n    return sum(v) / max(1, len(v))\n")
        run = checked("through", "d")
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=_passed(learner, bench, run))

    def test_through(self, snap_compare: Snap, learner: Learner, bench: Bench, size: tuple[int, int]) -> None:
        solve(bench.folder.path)
        run = checked("through")
        assert snap_compare(Dp100App(learner), terminal_size=size, run_before=_passed(learner, bench, run))


def test_step_in_the_light_theme(snap_compare: Snap, learner: Learner, bench: Bench) -> None:
    learner.change_settings(theme="dp100-light")
    greet(bench.folder.path, "nobody")
    app = Dp100App(learner)
    assert snap_compare(app, terminal_size=(120, 40), run_before=checked("✗ step 1"))


def _passed(learner: Learner, bench: Bench, then: Do) -> Do:
    """All steps passed before the screen is opened."""
    for step in bench.folder.lab.steps:
        log.note(learner.store, bench.folder.key, "passed", step.id)
    return then
