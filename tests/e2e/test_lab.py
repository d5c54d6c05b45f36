"""A lab in a real terminal: files are saved beside it, and it tells what came of them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import psutil
import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need POSIX")

from tests.e2e.terminal import Terminal
from tests.labs.conftest import TOPIC, dp100
from tests.small_lab import ANSWER, MEAN, greet, make_small_lab


@pytest.fixture
def work(tmp_path: Path) -> Path:
    definition = make_small_lab("77-trial", tmp_path / "labs", topic=TOPIC, title="A trial")
    dp100("lab", "start", str(definition), "work", cwd=tmp_path)
    return tmp_path / "work"


def test_wrong_and_right_while_watching(work: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    with Terminal("lab", "watch", rows=40) as terminal:
        terminal.wait("Step 1 of 3", "✗ step 1: greeting.txt is not in your folder")
        greet(work, "nobody")
        terminal.wait("saved: main.py", "✗ step 1: greeting.txt says 'nobody'")
        terminal.press("n")
        terminal.wait("This step does not hold yet")
        terminal.press("h")
        terminal.wait("Hint 1 of 3")
        greet(work)
        terminal.wait("✓ step 1: Greet the workspace", "This step holds")
        # It stays there until the learner goes on.
        assert "Step 2 of 3" not in terminal.text
        terminal.press("n")
        terminal.wait("Step 2 of 3", "✗ step 2: numbers.py has no function mean.")
        (work / "numbers.py").write_text(MEAN)
        terminal.wait("✓ step 2", "This step holds")
        terminal.press("n")
        terminal.wait("Step 3 of 3", "✗ step 3: answer.yaml does not hold")
        (work / "answer.yaml").write_text(ANSWER)
        terminal.wait("✓ step 3", "the lab is through")
        terminal.press("q")
        assert terminal.leave() == 0
    db = sqlite3.connect(home / "memory.sqlite")
    kinds = [kind for (kind,) in db.execute("SELECT kind FROM lab_event WHERE kind <> 'failed' ORDER BY id")]
    db.close()
    assert kinds == ["hint", "passed", "passed", "passed"]


def test_ctrl_c_ends_what_is_running(work: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    (work / "main.py").write_text(
        "import os, pathlib, time\npathlib.Path('pid').write_text(str(os.getpid()))\ntime.sleep(600)\n"
    )
    with Terminal("lab", "watch", rows=40) as terminal:
        terminal.wait("Step 1 of 3")
        terminal.until(lambda screen: (work / "pid").exists(), "the script to run")
        terminal.press("\x03")
        assert terminal.leave() == 0
        assert "Your progress is kept." in terminal.text
        assert "Traceback" not in terminal.text
    assert not psutil.pid_exists(int((work / "pid").read_text()))


def test_killed_while_watching(work: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work)
    with Terminal("lab", "watch", rows=40) as terminal:
        terminal.wait("✗ step 1")
        greet(work)
        terminal.wait("This step holds")
        terminal.kill()
    assert json.loads(dp100("lab", "list", "--json", cwd=work)) is not None
    with Terminal("lab", "watch", rows=40) as terminal:
        terminal.wait("Step 2 of 3")
        terminal.press("\x03")
        assert terminal.leave() == 0
    said = dp100("lab", "check", cwd=work, status=1)
    assert "✓ step 1" in said
