from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from dp100.memory import migrations
from dp100.memory.learner import Learner
from dp100.memory.settings import Settings
from dp100.memory.store import (
    DATABASE,
    DamagedDatabase,
    DiskFull,
    InUse,
    NewerDatabase,
    ReadOnly,
    Store,
    StoreError,
)
from dp100.memory.trouble import as_sentences, of_system
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering
from tests.memory.hand_made import HandMadeCatalogue
from tests.memory.ordinary_user import give_away, ordinary_user


def one_sentence(error: BaseException, path: Path) -> bool:
    """It names the file, says what to do, and fits on a screen."""
    text = str(error)
    return str(path) in text and "\n" not in text and text.endswith(".") and len(text) < 500


@pytest.fixture
def filled(home: Path) -> Path:
    """A database with 200 answers, closed."""
    from tests.memory.big_log import fill

    with Store.open(home, clock=FixedClock(NOON)) as store:
        fill(store, [f"i{n:02}" for n in range(20)], 200, days=50)
    return home / DATABASE


def counted(home: Path) -> int:
    with Store.open(home, write=False) as store:
        return int(store.rows("SELECT count(*) FROM review")[0][0])


# Opening


def test_an_answer_is_there_after_opening_again(home: Path, filled: Path) -> None:
    with Store.open(home) as store:
        assert store.rows("SELECT count(*) FROM review") == [(200,)]
        assert store.rows("PRAGMA journal_mode") == [("wal",)]
        assert store.rows("PRAGMA synchronous") == [(2,)]  # FULL
        assert store.rows("PRAGMA user_version") == [(migrations.known_version(),)]
    assert sorted(path.name for path in home.iterdir() if path.suffix != ".lock") == [DATABASE]


def test_the_folder_is_made(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new" / "folder") as store:
        assert store.path.exists()


def test_reading_makes_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "nothing", write=False) as store:
        assert store.rows("SELECT count(*) FROM review") == [(0,)]
        assert not store.writable
        with pytest.raises(ReadOnly), store.transaction():
            pass
    assert not (tmp_path / "nothing").exists()


def test_readers_see_what_the_writer_has_committed(home: Path, learner: Learner, answer: Answering) -> None:
    answer("i00")
    with Store.open(home, write=False) as reader:
        assert reader.rows("SELECT item FROM review") == [("i00",)]
        answer("i01")
        assert reader.rows("SELECT item FROM review") == [("i00",), ("i01",)]
        with pytest.raises(ReadOnly), reader.transaction():
            pass


def test_closing_twice_is_closing_once(home: Path) -> None:
    store = Store.open(home)
    store.close()
    store.close()
    Store.open(home).close()


# One writer


def test_a_second_writer_is_told_who_is_first(home: Path, store: Store) -> None:
    with pytest.raises(InUse) as caught:
        Store.open(home)
    assert one_sentence(caught.value, home)
    assert f"process {os.getpid()}" in str(caught.value)


def test_a_writer_in_another_process_is_told_too(home: Path, learner: Learner, answer: Answering) -> None:
    answer("i00")
    script = (
        "import sys\nfrom pathlib import Path\nfrom dp100.memory.store import Store, InUse\n"
        "try:\n    Store.open(Path(sys.argv[1]))\nexcept InUse as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home)], capture_output=True, text=True, check=True
    )
    assert f"process {os.getpid()}" in done.stdout
    answer("i01")
    assert counted(home) == 2


def test_the_lock_of_a_dead_writer_holds_nobody_up(home: Path) -> None:
    script = (
        "import os, sys, signal\nfrom pathlib import Path\nfrom dp100.memory.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(home)], check=False)
    Store.open(home).close()


# What may be wrong with the file


def test_a_newer_database_is_left_alone(home: Path, filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as db:
        db.execute("PRAGMA user_version = 999")
    before = filled.read_bytes()
    for write in (True, False):
        with pytest.raises(NewerDatabase, match="update dp100") as caught:
            Store.open(home, write=write)
        assert one_sentence(caught.value, filled)
    assert filled.read_bytes() == before


GARBAGE = {
    "garbage": lambda whole: b"\x13garbage" * 1000,
    "text": lambda whole: b"answers: 12\n",
    "half": lambda whole: whole[: len(whole) // 2],
    "a page short": lambda whole: whole[:-4096],
    "a header": lambda whole: whole[:100],
    "a piece of header": lambda whole: whole[:50],
    "zeros": lambda whole: bytes(len(whole)),
    "bad schema": lambda whole: whole[:100] + bytes(3996) + whole[4096:],
}


@pytest.mark.parametrize("damage", GARBAGE)
def test_a_damaged_database_is_left_alone(home: Path, filled: Path, damage: str) -> None:
    harmed = GARBAGE[damage](filled.read_bytes())
    filled.write_bytes(harmed)
    for write in (True, False):
        with pytest.raises(DamagedDatabase, match="dp100 restore") as caught:
            Store.open(home, write=write)
        assert one_sentence(caught.value, filled)
    assert filled.read_bytes() == harmed
    assert not filled.with_suffix(".pid").exists()  # the lock is free again


def test_damage_in_the_middle_shows_as_a_sentence(
    home: Path, filled: Path, catalogue: HandMadeCatalogue
) -> None:
    whole = bytearray(filled.read_bytes())
    with closing(sqlite3.connect(filled)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'review_item'").fetchone()
    whole[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    filled.write_bytes(whole)
    with Store.open(home) as store:
        learner = Learner(store, catalogue, Settings(), ())  # type: ignore[arg-type]
        card = learner.card("i00")
        with pytest.raises(DamagedDatabase, match="malformed"):
            learner.record(
                learner.catalogue.item("i00"),
                points=1,
                possible=1,
                confidence=None,
                seconds=1,
                source="study",
                answer=[0],
                seed=1,
            )
        assert learner.card("i00") == card


def test_the_database_of_another_program_is_left_alone(home: Path) -> None:
    home.mkdir()
    with closing(sqlite3.connect(home / DATABASE)) as db:
        db.execute("CREATE TABLE recipe (name)")
    before = (home / DATABASE).read_bytes()
    with pytest.raises(DamagedDatabase, match="not one of dp100"):
        Store.open(home)
    assert (home / DATABASE).read_bytes() == before


def test_an_empty_file_is_a_new_database(home: Path) -> None:
    home.mkdir()
    (home / DATABASE).touch()
    with Store.open(home, write=False) as store:
        assert store.rows("SELECT * FROM review") == []
    with Store.open(home) as store:
        assert store.rows("SELECT * FROM review") == []


def test_a_folder_in_the_place_of_the_database(home: Path) -> None:
    (home / DATABASE).mkdir(parents=True)
    for write in (True, False):
        with pytest.raises(StoreError) as caught:
            Store.open(home, write=write)
        assert one_sentence(caught.value, home / DATABASE)


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError):
        Store.open(tmp_path / "file" / "home")


# Rights


@pytest.fixture
def open_to_all(filled: Path) -> Iterator[Path]:
    """The filled database in a folder that an ordinary user may enter and owns."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy2(filled, folder / DATABASE)
    give_away(folder)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


posix = pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")


@posix
def test_a_read_only_file_can_be_read_and_takes_no_answers(open_to_all: Path) -> None:
    path = open_to_all / DATABASE
    path.chmod(0o444)
    before = path.read_bytes()
    with ordinary_user():
        with pytest.raises(ReadOnly) as caught:
            Store.open(open_to_all)
        assert one_sentence(caught.value, path)
        assert counted(open_to_all) == 200
    assert path.read_bytes() == before


@posix
def test_a_read_only_folder_can_be_read_and_takes_no_answers(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    with ordinary_user():
        with pytest.raises(ReadOnly) as caught:
            Store.open(open_to_all)
        assert "Set DP100_HOME" in str(caught.value) or "set DP100_HOME" in str(caught.value)
        assert counted(open_to_all) == 200
    assert [path.name for path in open_to_all.iterdir()] == [DATABASE]


@posix
def test_a_folder_that_cannot_be_made(open_to_all: Path) -> None:
    open_to_all.chmod(0o555)
    with ordinary_user(), pytest.raises(ReadOnly):
        Store.open(open_to_all / "below")


@posix
def test_a_file_without_the_right_to_read(open_to_all: Path) -> None:
    (open_to_all / DATABASE).chmod(0)
    with ordinary_user():
        for write in (True, False):
            with pytest.raises(ReadOnly):
                Store.open(open_to_all, write=write)
    assert stat.S_IMODE((open_to_all / DATABASE).stat().st_mode) == 0


# A full disk


def fill_up(store: Store) -> None:
    """From now on the database may not grow, as on a full disk."""
    with store.transaction() as db:
        db.execute("PRAGMA max_page_count = 1")


def test_a_full_disk_takes_no_answer_and_loses_none(
    home: Path, learner: Learner, answer: Answering, clock: FixedClock
) -> None:
    answer("i00")
    clock.advance(dt.timedelta(days=3))
    fill_up(learner.store)
    taken = 0
    with pytest.raises(DiskFull, match="The disk is full") as caught:  # noqa: PT012
        for taken in range(10_000):
            before = learner.card("i00"), learner.overview()
            answer("i00", right=bool(taken % 2))
    assert one_sentence(caught.value, learner.store.path)
    # As it was before that answer, here and on the disk.
    assert (learner.card("i00"), learner.overview()) == before
    assert counted(home) == taken + 1
    # With room again, it goes on.
    with learner.store.transaction() as db:
        db.execute("PRAGMA max_page_count = 1000000")
    answer("i00")
    assert counted(home) == taken + 2


def test_other_changes_say_so_too_when_the_disk_is_full(learner: Learner) -> None:
    fill_up(learner.store)
    with pytest.raises(DiskFull):  # noqa: PT012
        for number in range(2_000):
            learner.flag(f"i{number}", "wrong " * 500)
    before = learner.settings
    with pytest.raises(DiskFull):
        learner.change_settings(packs=tuple(f"/folder/{number}" * 30 for number in range(2_000)))
    assert learner.settings == before


def test_what_the_file_system_says_becomes_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / DATABASE
    assert isinstance(of_system(path, OSError(28, "No space left on device")), DiskFull)
    assert isinstance(of_system(path, OSError(30, "Read-only file system")), ReadOnly)
    assert one_sentence(of_system(path, OSError(5, "Input/output error")), path)


def test_mistakes_of_the_program_are_not_hidden(tmp_path: Path) -> None:
    with (
        closing(sqlite3.connect(":memory:")) as db,
        pytest.raises(sqlite3.OperationalError, match="no such table"),
        as_sentences(tmp_path),
    ):
        db.execute("SELECT * FROM nowhere")


# Transactions


def test_an_interrupt_leaves_nothing_half_done(store: Store) -> None:
    with pytest.raises(KeyboardInterrupt), store.transaction() as db:  # noqa: PT012
        db.execute("INSERT INTO setting VALUES ('a', '1')")
        raise KeyboardInterrupt
    assert store.rows("SELECT * FROM setting") == []


def test_a_transaction_within_another_is_part_of_it(store: Store) -> None:
    with pytest.raises(RuntimeError), store.transaction():  # noqa: PT012
        with store.transaction() as db:
            db.execute("INSERT INTO setting VALUES ('a', '1')")
        raise RuntimeError
    assert store.rows("SELECT * FROM setting") == []


def test_writing_while_reading_is_a_mistake_and_not_lost_silently(store: Store) -> None:
    with pytest.raises(RuntimeError, match="while reading"), store.reading(), store.transaction():
        pass
    with store.transaction(), store.reading() as db:
        db.execute("INSERT INTO setting VALUES ('a', '1')")
    assert store.rows("SELECT key FROM setting") == [("a",)]


def test_threads_take_turns(learner: Learner, answer: Answering) -> None:
    failed: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(20):
                answer(f"i{number:02}", right=bool(turn % 2))
                learner.overview()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert learner.overview().reviews == 80


# Migrations


def test_each_step_is_all_or_nothing(tmp_path: Path) -> None:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (x);\n-- a comment; with a semicolon\n")
    (tmp_path / "0002_second.sql").write_text("CREATE TABLE b (x);\nCREATE TABLE a (x);\n")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrations.migrate(db, tmp_path)
        assert migrations.version_of(db) == 1
        assert [row[0] for row in db.execute("SELECT name FROM sqlite_master")] == ["a"]


def test_a_statement_without_end_is_a_mistake(tmp_path: Path) -> None:
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE a (x)\n")
    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as db,
        pytest.raises(ValueError, match="unfinished"),
    ):
        migrations.migrate(db, tmp_path)


def test_migrations_are_numbered_without_gap() -> None:
    assert list(migrations.migrations()) == list(range(1, migrations.known_version() + 1))


def test_an_older_database_is_read_without_changing_it(
    home: Path, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dp100.memory import store as module

    folder = home / "schema"
    shutil.copytree(Path(migrations.__file__).parent / "schema", folder)
    number = migrations.known_version() + 1
    (folder / f"{number:04}_next.sql").write_text(
        "CREATE TABLE next (x);\nINSERT INTO next SELECT count(*) FROM review;\n"
    )
    monkeypatch.setattr(module, "migrate", lambda db: migrations.migrate(db, folder))
    monkeypatch.setattr(module, "known_version", lambda: number)
    before = filled.read_bytes()
    with Store.open(home, write=False) as store:
        assert store.rows("SELECT x FROM next") == [(200,)]
    assert filled.read_bytes() == before
    with Store.open(home) as store:
        assert store.rows("SELECT x FROM next") == [(200,)]
        assert store.rows("PRAGMA user_version") == [(number,)]
