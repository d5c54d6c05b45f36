"""Studying in a real terminal: nothing that was answered is ever lost."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need POSIX")

from tests.e2e.terminal import Terminal

STUDY = ("study", "--kind", "single", "--area", "deploy", "--limit", "12")


def stats() -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "dp100", "stats", "--json"], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def answer(terminal: Terminal) -> None:
    """The next question, whichever it is: one that was missed comes back between the others."""
    terminal.wait(" of 12", "Enter sure", gone="Enter next")
    terminal.press("\r")
    terminal.wait("Enter next")


def test_three_answers_are_there_the_next_time() -> None:
    with Terminal() as terminal:
        terminal.wait("When is your exam?")
        terminal.press("in 23 days\r")
        terminal.wait("23 days", "Study")
        terminal.press("q")
        assert terminal.leave() == 0
    with Terminal(*STUDY) as terminal:
        for _ in range(3):
            answer(terminal)
            terminal.press("\r")
        terminal.wait("4 of 12")
        terminal.press("q")
        terminal.wait("Session done", "of 3 right")
        terminal.press("\r")
        terminal.wait("exam in 23 days")
        terminal.press("q")
        assert terminal.leave() == 0
    assert stats()["reviews"] == 3
    assert stats()["days_left"] == 23


@pytest.mark.parametrize("n", range(1, 9))
def test_killed_after_an_answer(n: int) -> None:
    with Terminal(*STUDY) as terminal:
        for _ in range(1, n):
            answer(terminal)
            terminal.press("\r")
        terminal.wait(" of 12", "Enter sure", gone="Enter next")
        terminal.press("\r")
        terminal.kill()
    assert stats()["reviews"] in (n, n - 1)


@pytest.mark.parametrize("n", range(1, 9))
def test_killed_in_the_line_dialogue(n: int, home: Path) -> None:
    """The n-th answer is told to be graded before the kill, so it must be in the log."""
    child = subprocess.Popen(
        [sys.executable, "-m", "dp100", *STUDY, "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    graded = 0
    for line in child.stdout:
        if line.startswith("Answer with one number"):
            child.stdin.write("1\n")
        if line.startswith(("Right.", "Wrong.")):
            graded += 1
            if graded == n:
                break
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    assert graded == n
    assert stats()["reviews"] == n


def test_ctrl_c_leaves_the_terminal_sane() -> None:
    with Terminal(*STUDY) as terminal:
        terminal.wait("1 of 12")
        terminal.press("\x03")
        assert terminal.leave() in (0, 130)
        assert terminal.screen.mode.isdisjoint({1049 << 5, 1000 << 5}), (
            "no alternate screen, no mouse reports"
        )
