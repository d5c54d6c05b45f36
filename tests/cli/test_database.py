"""A database that cannot be used ends in a sentence, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dp100.memory.learner import Learner
from tests.cli.conftest import Dp100
from tests.cli.plain.answers import logged, right
from tests.cli.plain.conftest import Dialogue, dialogue
from tests.memory.ordinary_user import give_away, ordinary_user

__all__ = ["dialogue"]

READING = ["stats", "questions list", "questions flagged", "notes", "outline", "backup {tmp}/copy.sqlite"]
WRITING = ["study --plain", "exam --plain", "exam --plain --discard", "questions suspended --resume x"]


@pytest.fixture
def database(dialogue: Dialogue, home: Path) -> Path:
    """A database with three answers."""
    dialogue("study --plain", right, right, right)
    return home / "memory.sqlite"


def reviews(dp100: Dp100) -> int:
    return int(json.loads(dp100("stats", "--json").out)["reviews"])


class TestNewer:
    @pytest.mark.parametrize("words", READING + WRITING)
    def test_of_a_newer_version(self, dp100: Dp100, database: Path, words: str, tmp_path: Path) -> None:
        with closing(sqlite3.connect(database)) as db:
            db.execute("PRAGMA user_version = 999")
        before = database.read_bytes()
        said = dp100(*words.format(tmp=tmp_path).split())
        assert said.is_told(str(database), "newer dp100", "update dp100", status=1)
        assert database.read_bytes() == before

    def test_the_doctor_says_so_too(self, dp100: Dp100, database: Path) -> None:
        with closing(sqlite3.connect(database)) as db:
            db.execute("PRAGMA user_version = 999")
        said = dp100("doctor")
        assert said.status == 1
        assert "BAD  database" in said.out
        assert "newer dp100" in said.out


class TestDamaged:
    @pytest.mark.parametrize("words", READING + WRITING)
    @pytest.mark.parametrize("damage", ["no database", "another database", "cut off"])
    def test_damaged(self, dp100: Dp100, database: Path, tmp_path: Path, words: str, damage: str) -> None:
        if damage == "no database":
            database.write_bytes(b"This is no database at all. " * 400)
        elif damage == "another database":
            database.unlink()
            with closing(sqlite3.connect(database)) as db:
                db.execute("CREATE TABLE recipe (name TEXT)")
        else:
            database.write_bytes(database.read_bytes()[:9000])
        before = database.read_bytes()
        said = dp100(*words.format(tmp=tmp_path).split())
        assert said.is_told(str(database), "damaged", "`dp100 restore FILE`", status=1)
        assert database.read_bytes() == before

    def test_a_backup_helps(self, dp100: Dp100, database: Path, tmp_path: Path) -> None:
        copy = tmp_path / "copy.sqlite"
        assert dp100("backup", str(copy)).status == 0
        database.write_bytes(b"This is no database at all. " * 400)
        assert dp100("doctor").status == 1
        said = dp100("restore", str(copy))
        assert said.status == 0
        assert "is kept in" in said.out
        assert reviews(dp100) == 3
        assert dp100("doctor").status == 0

    def test_a_damaged_index_is_made_anew(self, dp100: Dp100, database: Path, home: Path) -> None:
        (home / "index.sqlite").write_bytes(b"no index" * 1000)
        assert reviews(dp100) == 3
        assert dp100("questions", "lint").status == 0


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
class TestReadOnly:
    @pytest.fixture
    def folder(self, database: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """The learner's folder where an ordinary user owns it; the pytest folder is closed to others."""
        folder = Path(tempfile.mkdtemp())
        shutil.copy2(database, folder)
        give_away(folder)
        monkeypatch.setenv("DP100_HOME", str(folder))
        yield folder
        folder.chmod(0o755)
        shutil.rmtree(folder)

    @pytest.mark.parametrize("what", ["file", "folder"])
    @pytest.mark.parametrize("words", ["study --plain", "exam --plain", "exam --plain --discard"])
    def test_writing(self, dp100: Dp100, folder: Path, what: str, words: str) -> None:
        (folder if what == "folder" else folder / "memory.sqlite").chmod(0o555)
        with ordinary_user():
            said = dp100(*words.split())
        assert said.is_told("cannot be written", "set DP100_HOME", status=1)

    @pytest.mark.parametrize("what", ["file", "folder"])
    def test_reading_goes_on(self, dp100: Dp100, folder: Path, what: str) -> None:
        (folder if what == "folder" else folder / "memory.sqlite").chmod(0o555)
        with ordinary_user():
            assert reviews(dp100) == 3
            assert dp100("questions", "list").status == 0
            said = dp100("doctor")
        assert said.status == 1
        assert "cannot be written" in " ".join(said.out.split())

    def test_a_folder_that_cannot_be_made(
        self, dp100: Dp100, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.chmod(0o555)
        monkeypatch.setenv("DP100_HOME", str(folder / "new" / "home"))
        with ordinary_user():
            for words in (["stats"], ["study", "--plain"], ["doctor"], ["restore", "x"]):
                assert dp100(*words).is_told("Set DP100_HOME to a folder", status=1)

    def test_a_backup_that_cannot_be_written(self, dp100: Dp100, folder: Path) -> None:
        folder.chmod(0o555)
        with ordinary_user():
            assert dp100("backup", str(folder / "copy.sqlite")).is_told("cannot be written", status=1)


def test_the_home_is_a_file(dp100: Dp100, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "file"))
    assert dp100("stats").is_told("DP100_HOME", status=1)


class TestFullDisk:
    @pytest.fixture
    def full(self, database: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """From now on the database cannot grow."""
        from dp100.memory import store

        original = store.connect

        def connect(*given: object, **named: object) -> sqlite3.Connection:
            db = original(*given, **named)  # type: ignore[arg-type]
            db.execute("PRAGMA max_page_count = 1")
            return db

        monkeypatch.setattr(store, "connect", connect)
        return database

    def test_studying_says_so_and_loses_nothing(self, dialogue: Dialogue, full: Path, home: Path) -> None:
        talk = dialogue("study --plain", right, f":flag {'long ' * 20_000}", right)
        assert talk.status == 1
        assert talk.err.startswith("dp100: The disk is full, so")
        assert "Traceback" not in talk.err + talk.out
        assert "Done: 1 of 1 question" in talk.out
        assert len(logged(home)) == 4


class TestTwoAtOnce:
    @pytest.mark.parametrize("words", WRITING[:3])
    def test_only_one_writes(self, dp100: Dp100, database: Path, home: Path, words: str) -> None:
        with Learner.open(home):
            said = dp100(*words.split())
            assert said.is_told(f"process {os.getpid()}", "close it first", status=1)
            assert reviews(dp100) == 3
            assert dp100("backup", str(home / "copy.sqlite")).status == 0
            doctor = dp100("doctor")
        assert doctor.status == 0
        assert "Only looking" in doctor.out

    def test_restoring_waits_until_the_other_has_ended(
        self, dp100: Dp100, database: Path, home: Path, tmp_path: Path
    ) -> None:
        copy = tmp_path / "copy.sqlite"
        dp100("backup", str(copy))
        with Learner.open(home):
            assert dp100("restore", str(copy)).is_told("close it first", status=1)
        assert dp100("restore", str(copy)).status == 0
