"""Sitting an exam in a real terminal, and killing it in the middle."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need POSIX")

from tests.e2e.terminal import Terminal

EXAM = ("exam", "--questions", "8", "--minutes", "30")


def answered(home: Path) -> int:
    with sqlite3.connect(home / "memory.sqlite") as db:
        rows = db.execute("SELECT answer FROM exam_place").fetchall()
    db.close()
    return sum(any(part != "null" for part in row[0].strip("[]").split(",") if part.strip()) for row in rows)


@pytest.mark.parametrize("n", range(1, 9))
def test_killed_after_an_answer(n: int, home: Path) -> None:
    with Terminal(*EXAM) as terminal:
        for number in range(1, n + 1):
            terminal.wait(f"Question {number} of 8")
            terminal.press("1y")  # answers a part, whatever the kind
            if number == n:
                terminal.kill()
                break
            terminal.press("\r")
    assert answered(home) in (n, n - 1)
    with Terminal("exam") as terminal:
        terminal.wait("Your mock exam is still open", "The clock stood still")
        terminal.press("\r")
        terminal.until(lambda screen: f"Question {n} of 8" in screen, "the same question")
        terminal.press("E")
        terminal.wait("End the exam?")
        terminal.press("\r")
        terminal.wait("of 1000", "to pass")
        terminal.press("q")
        terminal.pump(0.3)
