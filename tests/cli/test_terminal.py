"""The screens need a terminal; what is printed fits the one there is."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

pytest.importorskip("pexpect", reason="pseudo-terminals need POSIX")

import pexpect

from tests.cli.conftest import Dp100
from tests.cli.running import PATIENCE, command


@pytest.mark.parametrize("words", ["", "study", "exam", "exam --discard", "study --area deploy"])
def test_no_terminal(dp100: Dp100, words: str, home: Path) -> None:
    assert dp100(*words.split()).is_told("need a terminal", "`dp100 study --plain`", status=2)
    assert not (home / "memory.sqlite").exists()


def in_terminal(*words: str, columns: int = 80, term: str = "xterm") -> tuple[int, list[str]]:
    """Status and lines of a command that prints into a terminal."""
    first, *rest = command(*words)
    child = pexpect.spawn(
        first,
        rest,
        dimensions=(24, columns),
        env={**os.environ, "TERM": term, "COLUMNS": "", "LINES": "", "NO_COLOR": "1", "LANG": "C.UTF-8"},
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
        timeout=PATIENCE,
    )
    text = re.sub(r"\x1b\[[0-9;]*m|\r", "", child.read())
    child.close()
    return int(child.exitstatus), text.splitlines()


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "words",
    ["outline", "notes", "notes workspace.create.workspace", "notes bandit", "stats", "questions list"],
)
def test_lines_fit(words: str, columns: int) -> None:
    status, lines = in_terminal(*words.split(), columns=columns)
    assert status == 0
    # Ids are not torn, so a narrow terminal has to wrap some lines by itself.
    assert max(map(len, lines)) <= max(columns, 70)


@pytest.mark.parametrize("words", ["study --area deplyo", "study --topic deploy.service.setings"])
def test_an_unknown_id_is_told_before_the_screen_opens(words: str) -> None:
    status, lines = in_terminal(*words.split())
    assert status == 1
    assert lines[-1].startswith("dp100: There is no ")
    assert "Did you mean" in " ".join(lines)
    assert "\x1b[?1049h" not in "".join(lines), "the screen was never taken over"


def test_a_dumb_terminal() -> None:
    status, lines = in_terminal("study", term="dumb")
    assert status == 2
    assert "need a terminal" in " ".join(lines)
