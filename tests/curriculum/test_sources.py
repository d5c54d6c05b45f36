"""Which files are content, and which names on the disk are trouble."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dp100.curriculum.file_reading import LARGEST, UNSETTLED, load
from dp100.curriculum.sources import Source, find
from tests.curriculum.library import OUTLINE, Library, note, notes, question, questions


def test_only_yaml_is_content(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("one-a")))
    library.write("questions/b.YML", questions(question("one-b")))
    for name in ("README.md", ".hidden.yaml", "a.yaml~", ".git/c.yaml", "yaml"):
        library.write(f"questions/{name}", "nonsense: [")
    assert library.ids() == ["one-a", "one-b"]
    assert library.problems() == []


def test_a_pack_holds_anything_at_any_depth(library: Library) -> None:
    library.write("questions/a.yaml", questions(question("one-a")))
    library.write("pack/mine.yaml", questions(question("one-p")) + notes(note("data.stores.blob")))
    library.write("pack/x/y/z/more.yaml", questions(question("two-p", topic="mine.own.topic")))
    mine = OUTLINE.replace("exam-1", "exam-2").replace("models.train.tree", "mine.own.topic")
    library.write("pack/outlines/mine.yaml", mine)
    pack = library.root / "pack"
    assert library.ids(packs=[pack]) == ["one-a", "one-p", "two-p"]
    assert library.problems(packs=[pack]) == []
    assert list(library.open(packs=[pack]).outlines) == ["exam-1", "exam-2"]
    assert library.ids() == ["one-a"]


def test_a_problem_in_a_pack_is_told_with_the_path_that_was_given(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.write("pack/in/mine.yaml", "questions: {}")
    monkeypatch.chdir(library.root)
    (problem,) = library.problems(packs=[Path("pack")])
    assert problem == "pack/in/mine.yaml:1: `questions` must be a list; begin each entry with `- `"


def test_programs_with_other_packs_do_not_disturb_each_other(library: Library) -> None:
    library.write("pack/mine.yaml", questions(question("one-p")))
    with_pack = library.open(packs=[library.root / "pack"])
    without = library.open()
    assert with_pack.index != without.index
    assert with_pack.question("one-p").id == "one-p"
    assert without.size == 0


@pytest.mark.parametrize("name", ["nowhere", "a-file", "nul\0byte"])
def test_a_pack_that_is_no_folder_is_a_problem(library: Library, name: str) -> None:
    library.write("a-file", "questions:")
    library.write("questions/a.yaml", questions(question("one-a")))
    (problem,) = library.problems(packs=[library.root / name])
    assert problem.endswith("this pack is not a folder; give the folder that holds your YAML files")
    assert library.ids(packs=[library.root / name]) == ["one-a"]


def test_the_same_pack_twice_is_read_once(library: Library) -> None:
    library.write("pack/mine.yaml", questions(question("one-p")))
    assert library.ids(packs=[library.root / "pack", library.root / "pack"]) == ["one-p"]


def test_a_missing_folder_of_the_program_is_a_problem(library: Library) -> None:
    (library.root / "questions").rmdir()
    assert library.problems() == ["questions: the folder is missing; install dp100 again"]


def test_a_folder_with_the_name_of_a_file(library: Library) -> None:
    library.write("questions/odd.yaml/in.yaml", questions(question("one-in")))
    assert library.problems() == ["questions/odd.yaml: this is a folder with the name of a file; rename it"]
    assert library.ids() == ["one-in"]


def link(library: Library, name: str, target: str) -> None:
    try:
        (library.root / "questions" / name).symlink_to(target)
    except (OSError, NotImplementedError):
        pytest.skip("no symbolic links here")


def test_a_link_to_nothing(library: Library) -> None:
    link(library, "gone.yaml", "nowhere.yaml")
    assert library.problems() == ["questions/gone.yaml: this link leads nowhere; mend or remove it"]


def test_links_in_a_circle(library: Library) -> None:
    link(library, "self.yaml", "self.yaml")
    link(library, "up", "..")
    library.write("questions/a.yaml", questions(question("one-a")))
    assert library.ids() == ["one-a"]
    assert len(library.problems()) >= 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hold_up_reading(library: Library) -> None:
    os.mkfifo(library.root / "questions/pipe.yaml")
    assert library.problems() == ["questions/pipe.yaml: this is not a plain file; remove it"]


@pytest.mark.skipif(os.name == "nt", reason="names are text there")
def test_a_name_that_is_no_text(library: Library) -> None:
    try:
        (Path(os.fsencode(library.root).decode()) / "questions" / os.fsdecode(b"n\xff\n.yaml")).write_text(
            "a: b"
        )
    except OSError:
        pytest.skip("this file system takes text only")
    (problem,) = library.problems()
    assert problem.endswith("the name of this file is not plain text; rename it")
    assert "\n" not in problem


def test_a_large_file_is_refused_without_reading_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = library.root / "questions/huge.yaml"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    library.age(file)
    library.write("questions/a.yaml", questions(question("one-a")))
    monkeypatch.setattr("dp100.curriculum.reading.parse", _not_huge(monkeypatch))
    assert library.problems() == [
        "questions/huge.yaml:1: the file has 50.0 MB and was not read; split it into files of less than 5 MB"
    ]
    assert library.ids() == ["one-a"]


def _not_huge(monkeypatch: pytest.MonkeyPatch) -> object:
    from dp100.curriculum.yaml_file import parse

    def checked(data: bytes) -> object:
        assert len(data) <= LARGEST
        return parse(data)

    return checked


def test_a_file_that_vanished_or_cannot_be_opened_is_a_reason_to_look_again(library: Library) -> None:
    gone = Source(str(library.root / "gone.yaml"), "gone.yaml", 0, False, 0, 7, 7)
    loaded = load(gone, settled_before=0)
    assert loaded.data is None
    assert loaded.mtime_ns == UNSETTLED
    assert loaded.content(outline=False).faults[0].message.startswith("the file cannot be read")


def test_bundled_content_comes_before_packs(library: Library) -> None:
    library.write("pack/a.yaml", questions(question("twin")))
    library.write("questions/z.yaml", questions(question("twin")))
    found = find([library.root / "pack"])
    assert [source.label for source in found.files][1:] == ["questions/z.yaml", f"{library.root}/pack/a.yaml"]
    (problem,) = library.problems(packs=[library.root / "pack"])
    assert "pack/a.yaml:2" in problem
