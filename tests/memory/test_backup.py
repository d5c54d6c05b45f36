from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from dp100.errors import Dp100Error
from dp100.memory.backup import BackupError, backup, restore
from dp100.memory.learner import Learner
from dp100.memory.store import DATABASE, InUse, NewerDatabase, Store
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering


def items(home: Path) -> list[str]:
    with Store.open(home, write=False) as store:
        return [row[0] for row in store.rows("SELECT item FROM review ORDER BY id")]


def test_there_and_back(home: Path, tmp_path: Path, learner: Learner, answer: Answering) -> None:
    answer("i00")
    learner.bookmark("i07")
    learner.change_settings(new_per_day=3)
    file = tmp_path / "saved"
    backup(learner.store, file)
    answer("i01")
    learner.close()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("saved")] == [
        "saved"
    ]  # one file
    kept = restore(home, file, clock=FixedClock(NOON))
    assert items(home) == ["i00"]
    assert kept == home / "memory-2026-03-10-120000.sqlite"
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT item FROM review").fetchall() == [("i00",), ("i01",)]
    with Store.open(home) as store:
        assert store.rows("SELECT value FROM setting WHERE key = 'new_per_day'") == [("3",)]
        assert store.rows("SELECT item FROM mark") == [("i07",)]


def test_on_a_fresh_machine(tmp_path: Path, learner: Learner, answer: Answering) -> None:
    answer("i00")
    backup(learner.store, tmp_path / "saved")
    assert restore(tmp_path / "other" / "home", tmp_path / "saved") is None
    assert items(tmp_path / "other" / "home") == ["i00"]


def test_twice_in_a_second_loses_neither(
    home: Path, tmp_path: Path, learner: Learner, answer: Answering
) -> None:
    backup(learner.store, tmp_path / "saved")
    answer("i00")
    learner.close()
    clock = FixedClock(NOON)
    first, second = (
        restore(home, tmp_path / "saved", clock=clock),
        restore(home, tmp_path / "saved", clock=clock),
    )
    assert first != second
    assert first is not None
    assert first.exists()
    with closing(sqlite3.connect(first)) as db:
        assert db.execute("SELECT count(*) FROM review").fetchone() == (1,)


def test_an_earlier_backup_is_replaced_and_nothing_else(
    tmp_path: Path, learner: Learner, answer: Answering
) -> None:
    file = tmp_path / "saved"
    backup(learner.store, file)
    answer("i00")
    backup(learner.store, file)
    with closing(sqlite3.connect(file)) as db:
        assert db.execute("SELECT count(*) FROM review").fetchone() == (1,)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear all")
    for wrong in (letter, tmp_path, learner.store.path):
        with pytest.raises(BackupError):
            backup(learner.store, wrong)
    assert letter.read_text() == "Dear all"
    assert items(learner.store.home) == ["i00"]


def test_a_backup_that_cannot_be_written(tmp_path: Path, learner: Learner) -> None:
    with pytest.raises(Dp100Error) as caught:
        backup(learner.store, tmp_path / "no" / "such" / "folder")
    assert str(tmp_path / "no") in str(caught.value)


def _newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        db.execute("PRAGMA user_version = 999")


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])


def _broken_inside(file: Path) -> None:
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'review'").fetchone()
    whole = bytearray(file.read_bytes())
    whole[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    file.write_bytes(whole)


def _other_program(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE recipe (name)")


@pytest.mark.parametrize(
    "spoil",
    [
        _newer,
        _cut,
        _broken_inside,
        _other_program,
        Path.unlink,
        lambda file: file.write_text("x"),
        lambda file: file.write_bytes(b""),
    ],
)
def test_what_is_no_good_backup_replaces_nothing(
    home: Path, tmp_path: Path, learner: Learner, answer: Answering, spoil: Callable[[Path], object]
) -> None:
    answer("i00")
    file = tmp_path / "saved"
    backup(learner.store, file)
    answer("i01")
    learner.close()
    spoil(file)
    before = (home / DATABASE).read_bytes()
    with pytest.raises((BackupError, NewerDatabase)) as caught:
        restore(home, file)
    assert str(file) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert (home / DATABASE).read_bytes() == before
    assert {path.suffix for path in home.iterdir()} <= {".sqlite", ".lock"}


def test_not_while_dp100_is_running(home: Path, tmp_path: Path, learner: Learner) -> None:
    backup(learner.store, tmp_path / "saved")
    with pytest.raises(InUse):
        restore(home, tmp_path / "saved")
    with pytest.raises(BackupError, match="database itself"):
        restore(home, home / DATABASE)


def test_a_damaged_database_can_be_replaced_and_is_kept(
    home: Path, tmp_path: Path, learner: Learner, answer: Answering
) -> None:
    answer("i00")
    backup(learner.store, tmp_path / "saved")
    learner.close()
    (home / DATABASE).write_bytes(b"\x13garbage" * 999)
    kept = restore(home, tmp_path / "saved")
    assert items(home) == ["i00"]
    assert kept is not None
    assert kept.read_bytes() == b"\x13garbage" * 999


def test_a_killed_writers_last_answers_are_kept_beside(
    home: Path, tmp_path: Path, learner: Learner, answer: Answering
) -> None:
    backup(learner.store, tmp_path / "saved")
    answer("i00")
    # As a killed process leaves them: the answer is in the log beside the database only.
    left = {path.name: path.read_bytes() for path in home.iterdir() if path.name.startswith(DATABASE)}
    assert f"{DATABASE}-wal" in left
    learner.close()
    for name, content in left.items():
        (home / name).write_bytes(content)
    kept = restore(home, tmp_path / "saved")
    assert items(home) == []
    assert kept is not None
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT item FROM review").fetchall() == [("i00",)]
