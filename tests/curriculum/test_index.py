"""The index: in step with the files, read again only where they changed, and disposable."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from dp100.curriculum import refresh
from dp100.curriculum.file_reading import Loaded
from dp100.errors import Dp100Error
from tests.curriculum.library import OUTLINE, Library, case, note, notes, question, questions


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The content of every file that is parsed."""
    parsed: list[bytes] = []
    original = Loaded.content

    def content(self: Loaded, *, outline: bool) -> object:
        parsed.append(self.data or b"")
        return original(self, outline=outline)

    monkeypatch.setattr(Loaded, "content", content)
    return parsed


@pytest.fixture
def two_files(library: Library) -> Library:
    library.write("questions/a.yaml", questions(question("one-a"), question("two-a")))
    library.write("questions/deep/er/b.yml", questions(question("one-b")))
    return library


def test_items_are_those_of_all_files_in_order(two_files: Library) -> None:
    assert two_files.ids() == ["one-a", "two-a", "one-b"]


def test_unchanged_files_are_not_parsed_again(two_files: Library, reads: list[bytes]) -> None:
    two_files.open()
    assert len(reads) == 3
    two_files.open()
    assert len(reads) == 3


def test_only_the_changed_file_is_parsed(two_files: Library, reads: list[bytes]) -> None:
    two_files.open()
    del reads[:]
    changed = two_files.write("questions/a.yaml", questions(question("one-a", stem="Else?")))
    catalogue = two_files.open()
    assert reads == [changed.read_bytes()]
    assert catalogue.question("one-a").stem == "Else?"
    assert [item.id for item in catalogue.items()] == ["one-a", "one-b"]


def test_a_file_with_another_time_and_the_same_content_is_not_parsed(
    two_files: Library, reads: list[bytes]
) -> None:
    two_files.open()
    del reads[:]
    two_files.age(two_files.root / "questions/a.yaml")
    assert len(two_files.ids()) == 3
    assert reads == []


def test_a_change_of_the_same_size_within_a_tick_of_the_clock_is_seen(two_files: Library) -> None:
    file = two_files.write("questions/a.yaml", questions(question("one-a", stem="Old?")), settled=False)
    status = file.stat()
    assert two_files.open().question("one-a").stem == "Old?"
    file.write_text(questions(question("one-a", stem="New?")))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert two_files.open().question("one-a").stem == "New?"


def test_a_file_that_went_away_takes_its_questions_along(two_files: Library) -> None:
    two_files.open()
    (two_files.root / "questions/a.yaml").unlink()
    assert two_files.ids() == ["one-b"]


def test_a_renamed_file_is_found_under_its_new_name(two_files: Library) -> None:
    two_files.open()
    (two_files.root / "questions/a.yaml").rename(two_files.root / "questions/z.yaml")
    catalogue = two_files.open()
    assert catalogue.item("one-a").path == "questions/z.yaml"
    assert [item.id for item in catalogue.items()] == ["one-b", "one-a", "two-a"]


def test_a_broken_file_that_is_mended_is_whole_again(two_files: Library) -> None:
    two_files.write("questions/a.yaml", questions(question("one-a").replace("kind:", "\tkind:")))
    assert two_files.problems() == ["questions/a.yaml:4: a tab stands in the indentation; use spaces"]
    two_files.write("questions/a.yaml", questions(question("one-a")))
    assert two_files.problems() == []


# What several files decide together


def test_an_id_that_two_files_claim_names_both_places(two_files: Library, reads: list[bytes]) -> None:
    two_files.open()
    del reads[:]
    two_files.write("questions/deep/er/b.yml", questions(question("new-b"), question("two-a")))
    (problem,) = two_files.problems()
    assert problem.startswith("questions/deep/er/b.yml:13: the id `two-a` is taken")
    assert "questions/a.yaml:13" in problem
    assert two_files.ids() == ["one-a", "two-a", "new-b"]
    # The clash goes when the other file changes, without the file that has the problem being read again.
    del reads[:]
    two_files.write("questions/a.yaml", questions(question("one-a")))
    assert two_files.problems() == []
    assert two_files.ids() == ["one-a", "new-b", "two-a"]
    assert len(reads) == 1


def test_a_topic_becomes_known_when_an_outline_names_it(two_files: Library, reads: list[bytes]) -> None:
    two_files.write("questions/c.yaml", questions(question("one-c", topic="data.stores.tapes")))
    (problem,) = two_files.problems()
    assert problem.startswith("questions/c.yaml:3: `one-c`: no outline has the topic `data.stores.tapes`")
    assert "one-c" not in two_files.ids()
    del reads[:]
    two_files.write("content/outlines/exam.yaml", OUTLINE.replace("data.stores.lake", "data.stores.tapes"))
    assert two_files.problems() == []
    assert "one-c" in two_files.ids()
    assert len(reads) == 1


def test_an_unknown_topic_suggests_a_known_one(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("one-a", topic="data.store.blob")))
    (problem,) = library.problems()
    assert problem.endswith("Did you mean `data.stores.blob`?")


def test_a_case_study_that_lost_its_id_loses_its_questions(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("my-case")))
    library.write("questions/b.yaml", questions(case("my-case"), question("one-b")))
    assert library.ids() == ["my-case", "one-b"]
    assert len(library.problems()) == 1


def test_an_id_can_be_taken_by_a_question_of_a_case_study(library: Library) -> None:
    library.write("questions/a.yaml", questions(case("my-case"), question("my-case-one")))
    (problem,) = library.problems()
    assert "questions/a.yaml:10" in problem
    assert library.ids() == ["my-case-one", "my-case-two"]


def test_a_second_note_on_a_topic_is_a_problem(library: Library) -> None:
    library.write("content/notes/a.yaml", notes(note("data.stores.blob"), note("data.stores.blob")))
    (problem,) = library.problems()
    assert problem.startswith("content/notes/a.yaml:8: the topic `data.stores.blob` has its note already")
    assert "content/notes/a.yaml:2" in problem


def test_a_second_outline_of_the_same_id_is_a_problem(library: Library) -> None:
    library.write("content/outlines/other.yaml", OUTLINE)
    (problem,) = library.problems()
    assert problem.startswith("content/outlines/other.yaml:1: the outline `exam-1` is there already")


# Damage and other programs


def spoil_head(file: Path) -> None:
    file.write_bytes(b"This is no database at all." * 1000)


def spoil_middle(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 8 :] = b"\xff" * (len(data) - len(data) // 8)
    file.write_bytes(data)


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def drop_a_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE item")
        connection.commit()


def scramble_bodies(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE body SET json = 'nonsense'")
        connection.commit()


@pytest.mark.parametrize("spoil", [spoil_head, spoil_middle, cut_off, empty, drop_a_table, scramble_bodies])
def test_a_damaged_index_is_made_anew(two_files: Library, spoil: object) -> None:
    index = two_files.open().index
    two_files.opened.pop().close()
    assert callable(spoil)
    spoil(index)
    catalogue = two_files.open()
    assert [catalogue.question(item.id).id for item in catalogue.items()] == ["one-a", "two-a", "one-b"]
    assert catalogue.index == index


def test_damage_while_it_is_open_is_mended_too(two_files: Library) -> None:
    catalogue = two_files.open()
    spoil_middle(catalogue.index)
    assert catalogue.question("one-b").id == "one-b"


def test_another_version_of_the_program_makes_its_own(
    two_files: Library, reads: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    two_files.open()
    del reads[:]
    monkeypatch.setattr(refresh, "fingerprint", lambda: "another")
    assert len(two_files.ids()) == 3
    assert len(reads) == 3


def test_a_database_of_something_else_in_its_place_is_replaced(two_files: Library) -> None:
    two_files.home.mkdir()
    with closing(sqlite3.connect(two_files.home / "index.sqlite")) as connection:
        connection.execute('CREATE TABLE "other ""things""" (x)')
        connection.execute("CREATE TABLE item (x)")
    assert len(two_files.ids()) == 3


def test_a_home_that_cannot_be_written_is_no_hindrance(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("one-a")))
    library.home.write_text("a file where a folder should be")
    catalogue = library.open()
    assert catalogue.question("one-a").id == "one-a"
    with closing(sqlite3.connect(catalogue.index)) as connection:
        assert connection.execute("SELECT count(*) FROM item").fetchone() == (1,)
    catalogue.close()
    assert not catalogue.index.exists()
    assert not catalogue.index.parent.exists()


def test_an_index_that_cannot_be_replaced_is_no_hindrance(two_files: Library) -> None:
    (two_files.home / "index.sqlite").mkdir(parents=True)
    assert len(two_files.ids()) == 3


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is writable for root")
def test_a_read_only_home_serves_its_index(two_files: Library) -> None:
    index = two_files.open().index
    two_files.opened.pop().close()
    index.chmod(0o400)
    two_files.home.chmod(0o500)
    try:
        assert two_files.open().index == index
    finally:
        two_files.home.chmod(0o700)


def test_nowhere_to_write_is_a_sentence(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(**_: str) -> str:
        raise FileNotFoundError("no temporary folder")

    library.home.write_text("a file where a folder should be")
    monkeypatch.setattr("tempfile.mkdtemp", nowhere)
    with pytest.raises(Dp100Error, match="Make room on the disk, or set DP100_HOME"):
        library.open()


def test_a_closed_catalogue_says_so(two_files: Library) -> None:
    catalogue = two_files.open()
    catalogue.close()
    catalogue.close()
    with pytest.raises(Dp100Error, match="closed"):
        catalogue.item("one-a")


def test_the_table_item_is_as_memory_expects_it(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("one-a", sdk="v1"), case("my-case")))
    with closing(sqlite3.connect(library.open().index)) as connection:
        rows = connection.execute(
            "SELECT id, topic, kind, form, sdk, level, revision, guess, case_id, lab, path, position FROM item"
        ).fetchall()
    path = "questions/a.yaml"
    assert [row[:-1] for row in sorted(rows, key=lambda row: row[-1])] == [
        ("one-a", "data.stores.blob", "single", "single", "v1", "apply", 1, 0.5, None, None, path),
        ("my-case-one", "data.stores.blob", "case", "single", "v2", "apply", 1, 0.5, "my-case", None, path),
        ("my-case-two", "models.train.tree", "case", "yes_no", "v1", "recall", 3, 0.5, "my-case", None, path),
    ]


def test_indexes_of_packs_long_unused_are_removed_when_content_changed(library: Library) -> None:
    packs = [library.root / name for name in ("old", "new")]
    for pack in packs:
        pack.mkdir()
    old, new = (library.open(packs=[pack]).index for pack in packs)
    long_ago = time.time() - 31 * 24 * 3600
    for path in (old, new):
        os.utime(path, (long_ago, long_ago))
    library.open(packs=packs[1:]).close()
    assert old.exists(), "nothing changed, so nothing is tidied up"
    library.write("questions/more.yaml", questions(question("one-more")))
    library.open().close()
    assert not old.exists()
    assert new.exists(), "it was opened just now"
    assert library.open(packs=packs[:1]).size == 1, "it is made anew"
