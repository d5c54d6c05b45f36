"""Every command explains itself, with an example."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from dp100.cli.commands import app
from tests.cli.conftest import Dp100


def names(command: Any, before: str = "") -> Iterator[str]:
    """All commands, those of groups with the group's name before their own."""
    yield before
    for name, below in getattr(command, "commands", {}).items():
        yield from names(below, f"{before} {name}".strip())


COMMANDS = list(names(typer.main.get_command(app)))
OPTIONAL_CONTENT = [
    "study",
    "exam",
    "notes",
    "stats",
    "questions list",
    "questions show",
    "outline",
    "doctor",
]


def examples(help: str) -> list[str]:
    """The command lines that a help text gives."""
    text = re.split(r" (?:Arguments|Options|Commands):", " ".join(help.split()))[0]
    return text.split("Example: ")[1:]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_has_an_example_and_fits(dp100: Dp100, command: str, option: str) -> None:
    said = dp100(*command.split(), option)
    assert said.status == 0
    assert examples(said.out), "no example"
    assert all(example.startswith(f"dp100 {command}".strip()) for example in examples(said.out))
    assert max(map(len, said.lines)) <= 80


@pytest.mark.parametrize("command", OPTIONAL_CONTENT)
def test_packs_may_stand_behind_the_command(dp100: Dp100, command: str) -> None:
    assert "--packs DIR" in dp100(*command.split(), "--help").out


def test_the_list_of_commands_is_not_cut(dp100: Dp100) -> None:
    for group in ("", "questions"):
        listed = dp100(*group.split(), "--help").out.split("Commands:")[1]
        assert "..." not in listed


def test_what_the_issue_asks_for_is_there() -> None:
    wanted = ["study", "exam", "notes", "stats", "outline", "schema", "doctor", "backup", "restore"]
    assert {*wanted, *(f"questions {name}" for name in ("list", "show", "lint", "flagged"))} <= set(COMMANDS)


def test_the_words_of_the_examples_are_understood(
    dp100: Dp100, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    tried = 0
    for command in COMMANDS:
        if command == "offline":
            continue  # would run a program
        for example in examples(dp100(*command.split(), "--help").out):
            # A screen, a file or an id of one's own are not there in a test; the words are right all the same.
            said = dp100(*shlex.split(example.split(" > ")[0])[1:])
            assert "--help`" not in said.err, example
            tried += 1
    assert tried >= 14


def test_a_group_alone_lists_its_commands(dp100: Dp100) -> None:
    said = dp100("questions")
    assert said.status == 0
    assert "lint" in said.out


def test_the_version(dp100: Dp100) -> None:
    from dp100 import __version__

    assert dp100("--version").out == f"dp100 {__version__}\n"
