"""A lab on the app's own screen in a real terminal: from Home to steps that hold, and out again."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need POSIX")

from dp100.memory import labs as log
from dp100.memory.learner import Learner
from tests.e2e.terminal import Terminal
from tests.labs.conftest import TOPIC
from tests.small_lab import make_small_lab

_WITH_OTHER_LABS = """
import pathlib, sys
from dp100.labs import shelf
labs = pathlib.Path(sys.argv.pop(1))
shelf.bundled = lambda name: labs
from dp100.cli.main import main
main()
"""


@pytest.fixture
def definition(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small lab, for someone who has started dp100 before."""
    monkeypatch.chdir(tmp_path)
    with Learner.open(home) as learner:
        learner.change_settings(introduced=True)
    return make_small_lab("08-greet", tmp_path / "labs", topic=TOPIC, title="Greet a workspace")


def terminal_with(definition: Path) -> Terminal:
    """dp100 with that lab as the only one on its shelf."""
    program = ("-c", _WITH_OTHER_LABS, str(definition.parent))
    return Terminal(program=program, columns=120, rows=40)


def begin(terminal: Terminal, work: Path) -> None:
    """From Home by the list of the labs to the lab's first step."""
    terminal.wait("l labs")
    terminal.press("l")
    terminal.wait("08  Greet a workspace", "Enter open")
    terminal.press("\r")
    terminal.wait("Why it matters", "Enter begin")
    terminal.press("\r")
    terminal.wait("step 1 of 3", "Edit  main.py")
    assert work.is_dir()


def leave(terminal: Terminal) -> None:
    """From the lab to Home, and out; nothing of it goes on."""
    started = psutil.Process(terminal.child.pid).children(recursive=True)
    terminal.press("q")
    terminal.wait("08  Greet a workspace", gone="step ")
    terminal.press("q")
    terminal.wait("l labs")
    terminal.press("q")
    assert terminal.leave() == 0
    assert "Traceback" not in terminal.text
    _, alive = psutil.wait_procs(started, timeout=10)
    assert not alive


def test_wrong_and_right_saves_turn_the_screen(definition: Path, home: Path, tmp_path: Path) -> None:
    work = tmp_path / "08-greet"
    start = (definition / "start" / "main.py").read_text()
    with terminal_with(definition) as terminal:
        begin(terminal, work)
        (work / "main.py").write_text(f"{start}Path('greeting.txt').write_text('nobody')\n")
        terminal.wait("✗ step 1: greeting.txt says 'nobody'", "✗ 1 Greet the workspace")
        (work / "main.py").write_text((definition / "solution" / "main.py").read_text())
        terminal.wait("✓ step 1: Greet the workspace", "✓ 1 Greet the workspace", "Enter next step")
        terminal.press("\r")
        terminal.wait("step 2 of 3", "Edit  numbers.py")
        (work / "numbers.py").write_text((definition / "solution" / "numbers.py").read_text())
        terminal.wait("✓ step 2: Write a function", "Enter next step")
        leave(terminal)
    with Learner.open(home, write=False) as learner:
        (progress,) = log.works(learner.store)
        assert progress.done == {"greet", "mean"}


def test_leaving_ends_what_runs(definition: Path, tmp_path: Path) -> None:
    work = tmp_path / "08-greet"
    with terminal_with(definition) as terminal:
        begin(terminal, work)
        (work / "main.py").write_text(
            f"import os, pathlib, time\npathlib.Path({os.fspath(tmp_path / 'pid')!r}).write_text(str(os.getpid()))\n"
            "print('it runs', flush=True)\ntime.sleep(600)\n"
        )
        terminal.wait("Running python main.py")
        terminal.press("2")
        terminal.wait("it runs")
        leave(terminal)
    assert not psutil.pid_exists(int((tmp_path / "pid").read_text()))
