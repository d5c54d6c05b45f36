"""Backup and restore as commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Dp100


def study(dp100: Dp100, answers: int) -> None:
    dp100("study", "--plain", "--kind", "single", "--limit", str(answers), input="1\n" * answers)


def reviews(dp100: Dp100) -> int:
    return int(json.loads(dp100("stats", "--json").out)["reviews"])


def test_there_and_back(dp100: Dp100, tmp_path: Path, home: Path) -> None:
    copy = tmp_path / "my backup.sqlite"
    study(dp100, 1)
    before = reviews(dp100)
    said = dp100("backup", str(copy))
    assert (said.status, said.out) == (0, f"Everything is in {copy}.\n")
    study(dp100, 3)
    after = reviews(dp100)
    assert after > before
    said = dp100("restore", str(copy))
    assert said.status == 0
    assert reviews(dp100) == before
    kept = next(home.glob("memory-*.sqlite"))
    assert str(kept) in said.out
    assert dp100("restore", str(kept)).status == 0
    assert reviews(dp100) == after


def test_on_a_new_machine(dp100: Dp100, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study(dp100, 2)
    dp100("backup", str(tmp_path / "copy"))
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "new"))
    said = dp100("restore", str(tmp_path / "copy"))
    assert (said.status, "is kept" in said.out) == (0, False)
    assert reviews(dp100) > 0


def test_a_second_backup_takes_the_place_of_the_first(dp100: Dp100, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    assert [dp100("backup", copy).status for _ in range(2)] == [0, 0]


def test_nothing_else_is_overwritten(dp100: Dp100, tmp_path: Path, home: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear")
    assert dp100("backup", str(letter)).is_told("no backup of dp100", status=1)
    assert letter.read_text() == "Dear"
    assert dp100("backup", str(tmp_path)).is_told("is a folder", status=1)
    study(dp100, 1)
    assert dp100("backup", str(home / "memory.sqlite")).is_told("the database itself", status=1)
    assert dp100("backup", str(tmp_path / "no" / "such" / "folder")).is_told(status=1)


def test_what_is_no_backup_is_not_restored(dp100: Dp100, tmp_path: Path) -> None:
    study(dp100, 1)
    before = reviews(dp100)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear" * 1000)
    (tmp_path / "empty").write_text("")
    for file in (letter, tmp_path / "empty", tmp_path, tmp_path / "nothing"):
        assert dp100("restore", str(file)).is_told(str(file), status=1)
    assert reviews(dp100) == before
