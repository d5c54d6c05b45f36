"""A learner's own folders, and what is wrong in them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dp100.memory.learner import Learner
from tests.cli.conftest import Dp100
from tests.cli.running import Said

GOOD = """\
- id: {id}
  topic: train.scripts.dataset
  kind: single
  level: recall
  stem: What [bold] does it do?
  choices:
    - {{text: Right, correct: true, why: So it is.}}
    - {{text: Wrong, why: It is not.}}
"""

NOTE = """\
notes:
- topic: train.scripts.dataset
  summary: My own note.
  text: Written by me.
  exam: Never.
  links:
    - {title: A page, url: "https://example.org/page"}
"""


def good(id: str) -> str:
    return GOOD.format(id=id)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A folder with one good question and one good note."""
    folder = tmp_path / "my pack"
    folder.mkdir()
    (folder / "good.yaml").write_text(f"questions:\n{good('my-good')}{NOTE}", encoding="utf-8")
    return folder


def problems(said: Said, pack: Path) -> list[str]:
    """The lines about the pack that are no mere advice."""
    return [line for line in said.lines if str(pack) in line and not line.endswith(" (advice)")]


def ids(dp100: Dp100, *words: str) -> set[str]:
    return {row["id"] for row in json.loads(dp100(*words, "--json").out)}


def test_before_and_behind_the_command_and_as_a_setting(dp100: Dp100, pack: Path, home: Path) -> None:
    assert "my-good" not in ids(dp100, "questions", "list")
    assert "my-good" in ids(dp100, "--packs", str(pack), "questions", "list")
    assert "my-good" in ids(dp100, "questions", "list", "--packs", str(pack))
    with Learner.open(home) as learner:
        learner.change_settings(packs=(str(pack),))
    assert "my-good" in ids(dp100, "questions", "list")


def test_two_packs_and_the_same_one_twice(dp100: Dp100, pack: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "more.yaml").write_text(f"questions:\n{good('my-other')}", encoding="utf-8")
    both = ids(dp100, "--packs", str(pack), "questions", "list", "--packs", str(other), "--packs", str(pack))
    assert {"my-good", "my-other"} <= both
    assert dp100("--packs", str(pack), "questions", "lint", str(pack), "--packs", str(pack)).status == 0


def test_every_command_knows_them(dp100: Dp100, pack: Path) -> None:
    packs = ("--packs", str(pack))
    assert "Written by me." in dp100("notes", "train.scripts.dataset", *packs).out
    assert "my-good" in dp100("questions", "show", "my-good", *packs).out
    assert json.loads(dp100("stats", "--json", *packs).out)["areas"][1]["total"] == 3
    assert "14 questions" in dp100("doctor", *packs).out
    study = dp100("study", "--plain", "--topic", "train.scripts.dataset", *packs, input=":q\n")
    assert "2 questions." in study.out
    assert "What [bold] does it do?" in dp100(*("questions", "show", "my-good"), *packs).out


@pytest.mark.parametrize("place", ["before", "behind"])
def test_no_such_folder(dp100: Dp100, tmp_path: Path, place: str) -> None:
    packs = ["--packs", str(tmp_path / "nowhere")]
    words = ["questions", "list"]
    said = dp100(*(packs + words if place == "before" else words + packs))
    assert said.is_told("nowhere is not a folder", status=2)


def test_a_file_is_no_folder(dp100: Dp100, pack: Path) -> None:
    assert dp100("stats", "--packs", str(pack / "good.yaml")).is_told("is not a folder", status=2)


def test_a_folder_in_the_settings_that_is_gone(dp100: Dp100, pack: Path, home: Path) -> None:
    with Learner.open(home) as learner:
        learner.change_settings(packs=(str(pack),))
    (pack / "good.yaml").unlink()
    pack.rmdir()
    lint = dp100("questions", "lint")
    assert lint.status == 1
    assert next(line for line in lint.lines if "my pack" in line).endswith("holds your YAML files")
    study = dp100("study", "--plain", "--limit", "1", input=":q\n")
    assert study.status == 0
    assert study.err == "dp100: 1 problem in the content; the rest is used. See `dp100 questions lint`.\n"


# What the issue lists, each as (name of the file, its content, line, words of the problem).
BAD = {
    "wrong type": (good("bad").replace("level: recall", "level: 7"), 5, "level"),
    "unknown key": (good("bad").replace("stem:", "stme:"), 6, "Did you mean `stem`?"),
    "unknown topic": (good("bad").replace("scripts.dataset", "scripts.datset"), 3, "train.scripts.dataset"),
    "duplicate id": (good("small-git"), 2, "small-git"),
    "duplicate in the file": (good("bad") + good("bad"), 10, "bad"),
    "two right answers": (good("bad").replace("Wrong,", "Wrong, correct: true,"), 2, "2 right answers"),
    "no right answer": (good("bad").replace("correct: true, ", ""), 2, "no right answer"),
    "bad indentation": (good("bad").replace("  kind", "    kind"), 4, "indentation"),
    "tabs": (good("bad").replace("  kind", "\tkind"), 4, "tab"),
    "a NUL byte": (good("bad").replace("So it is", "So\0 it is"), 8, "NUL byte"),
    "a tag that builds an object": (
        good("bad").replace("What [bold] does it do?", "!!python/object/apply:os.system [touch x]"),
        6,
        "the tag",
    ),
    "not UTF-8": (good("bad").replace("So it is", "So \udcff it is"), 8, "UTF-8"),
}


def write(folder: Path, name: str, content: str) -> None:
    (folder / name).write_bytes(f"questions:\n{content}".encode("utf-8", "surrogateescape"))


@pytest.mark.parametrize("case", BAD)
def test_one_line_a_problem_and_the_rest_is_used(
    dp100: Dp100, pack: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pack)
    content, line, words = BAD[case]
    write(pack, "bad.yaml", content)
    lint = dp100("questions", "lint", "--packs", str(pack))
    assert lint.status == 1
    (problem,) = problems(lint, pack)
    assert problem.startswith(f"{pack}/bad.yaml:{line}: ")
    assert words in problem
    assert "1 problem" in lint.err
    used = ids(dp100, "--packs", str(pack), "questions", "list")
    assert {"my-good", "small-git"} <= used
    study = dp100("study", "--plain", "--topic", "train.scripts.dataset", "--packs", str(pack), input=":q\n")
    assert study.status == 0
    assert "See `dp100 questions lint`" in study.err
    assert [path.name for path in pack.iterdir() if path.name == "x"] == [], "nothing was run"


def test_all_of_them_at_once(dp100: Dp100, pack: Path) -> None:
    for number, (content, _, _) in enumerate(BAD.values()):
        write(pack, f"bad-{number:02}.yaml", content.replace("id: bad", f"id: bad-{number}"))
    lint = dp100("questions", "lint", str(pack))
    assert lint.status == 1
    assert len(problems(lint, pack)) == len(BAD)
    doctor = dp100("doctor", "--packs", str(pack))
    assert doctor.status == 1
    assert "and 9 more; `dp100 questions lint` lists them" in doctor.out
    listed = dp100("questions", "list", "--packs", str(pack))
    assert (listed.status, "my-good" in listed.out) == (0, True)
    assert listed.err.startswith(f"dp100: {len(BAD)} problems in the content;")


def test_a_file_of_50_megabytes(dp100: Dp100, pack: Path) -> None:
    with (pack / "huge.yaml").open("wb") as file:
        file.write(b"questions:\n")
        file.truncate(50_000_000)
    lint = dp100("questions", "lint", str(pack))
    assert lint.status == 1
    assert f"{pack}/huge.yaml:1: the file has 50.0 MB and was not read; split it" in lint.out
    assert "my-good" in ids(dp100, "--packs", str(pack), "questions", "list")


def test_a_broken_outline(dp100: Dp100, pack: Path) -> None:
    (pack / "outlines").mkdir()
    (pack / "outlines" / "mine.yaml").write_text("id: mine\nareas: 5\n", encoding="utf-8")
    lint = dp100("questions", "lint", str(pack))
    assert lint.status == 1
    assert "outlines/mine.yaml:" in lint.out
    assert dp100("outline", "--packs", str(pack)).status == 0


def test_lint_of_good_content(dp100: Dp100, pack: Path) -> None:
    lint = dp100("questions", "lint", str(pack))
    assert lint.status == 0
    assert "14 questions, 0 problems" in lint.err


def test_lint_finds_python_that_does_not_parse(dp100: Dp100, pack: Path) -> None:
    stem = 'stem: "Look:\\n\\n```python\\nif x\\n```\\n"'
    write(pack, "code.yaml", good("my-code").replace("stem: What [bold] does it do?", stem))
    lint = dp100("questions", "lint", str(pack))
    assert lint.status == 1
    assert "code.yaml:2: `my-code`" in lint.out
