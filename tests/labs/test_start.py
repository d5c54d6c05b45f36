"""Starting a lab: files, a workspace of its own, and nothing of the learner's overwritten."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.labs.conftest import dp100


def test_the_folder_holds_the_starting_files_and_a_config(work: Path) -> None:
    names = {path.name for path in work.iterdir()}
    assert names == {"main.py", "numbers.py", "answer.yaml", "config.json", ".amlignore", ".dp100-lab.json"}
    assert json.loads((work / "config.json").read_text())["workspace_name"] == "mlw-lab"


def test_by_default_a_new_folder_under_the_present_one(definition: Path, tmp_path: Path) -> None:
    said = dp100("lab", "start", str(definition), cwd=tmp_path)
    assert (tmp_path / "77-trial" / "main.py").is_file()
    assert "cd 77-trial" in said


def test_two_folders_have_two_workspaces(definition: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        dp100("lab", "start", str(definition), name, cwd=tmp_path)
    dp100("lab", "run", "--", "az", "ml", "datastore", "create", "--name", "extra", "--type", "azure_blob",
          "--account-name", "a", "--container-name", "b", cwd=tmp_path / "one", status=None)  # fmt: skip
    listed = [
        dp100(
            "lab",
            "run",
            "--",
            "az",
            "ml",
            "workspace",
            "list",
            "--query",
            "[].name",
            "-o",
            "tsv",
            cwd=tmp_path / name,
        )
        for name in ("one", "two")
    ]
    assert [line.strip() for line in listed] == ["mlw-lab", "mlw-lab"]
    keys = {json.loads((tmp_path / name / ".dp100-lab.json").read_text())["key"] for name in ("one", "two")}
    assert len(keys) == 2


@pytest.mark.parametrize("what", ["a file of the learner's", "the lab itself"])
def test_work_is_never_overwritten(what: str, definition: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    if what == "the lab itself":
        dp100("lab", "start", str(definition), str(folder), cwd=tmp_path)
    folder.mkdir(exist_ok=True)
    (folder / "main.py").write_text("mine")
    said = dp100("lab", "start", str(definition), str(folder), cwd=tmp_path, status=1)
    assert "touched" in said
    assert "Traceback" not in said
    assert (folder / "main.py").read_text() == "mine"


def test_a_file_in_the_way(definition: Path, tmp_path: Path) -> None:
    (tmp_path / "work").write_text("mine")
    said = dp100("lab", "start", str(definition), "work", cwd=tmp_path, status=1)
    assert "is a file" in said
    assert (tmp_path / "work").read_text() == "mine"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written(definition: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o555)
    said = dp100("lab", "start", str(definition), str(closed / "work"), cwd=tmp_path, status=1)
    assert "cannot be written" in said


@pytest.mark.parametrize("name", ["99-nothing", "nothing", "0", "../labs", ""])
def test_an_unknown_lab(name: str, tmp_path: Path) -> None:
    said = dp100("lab", "start", name, cwd=tmp_path, status=1)
    assert "no lab" in said
    assert "Traceback" not in said


def test_a_lab_that_is_not_whole(definition: Path, tmp_path: Path) -> None:
    text = (definition / "lab.yaml").read_text()
    (definition / "lab.yaml").write_text(text.replace("minutes: 20", "minute: 20"))
    shutil.rmtree(definition / "solution")
    said = dp100("lab", "start", str(definition), "work", cwd=tmp_path, status=1)
    assert "77-trial/lab.yaml:6: `minute`: there is no such key here" in said
    assert not (tmp_path / "work").exists()


def test_data_that_cannot_be_made_is_said_and_can_be_mended(definition: Path, tmp_path: Path) -> None:
    checks = (definition / "check.py").read_text()
    (definition / "check.py").write_text(checks + "\n\ndef prepare(work):\n    raise KeyError('month')\n")
    said = dp100("lab", "start", str(definition), "work", cwd=tmp_path, status=1)
    assert "could not make its workspace or its data (KeyError: 'month')" in said
    (definition / "check.py").write_text(
        checks + "\n\ndef prepare(work):\n    (work.folder / 'd.csv').write_text('a')\n"
    )
    dp100("lab", "reset", cwd=tmp_path / "work")
    assert (tmp_path / "work" / "d.csv").read_text() == "a"


def test_no_lab_here(tmp_path: Path) -> None:
    for words in (["check"], ["run"], ["watch"], ["hint"], ["reset"], ["solution"], ["open"]):
        said = dp100("lab", *words, cwd=tmp_path, status=1)
        assert "No lab was started in" in said
        assert "dp100 lab start" in said
