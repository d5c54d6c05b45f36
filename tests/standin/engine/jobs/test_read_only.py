"""A script cannot change what it may only read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores
from dp100.standin.engine.jobs import read_only, records
from dp100.standin.engine.models import registry
from tests.standin.engine.jobs.conftest import Jobs

BLOB = "azureml://datastores/workspaceblobstore/paths"
WRITES = """
    import pathlib, sys
    for place in map(pathlib.Path, sys.argv[1:]):
        for file in [place] if place.is_file() else [*place.rglob("*.csv"), place / "new.csv"]:
            try:
                file.write_text("changed")
                print(file.name, "written")
            except OSError as error:
                print(file.name, type(error).__name__)
"""


@pytest.fixture
def source(jobs: Jobs) -> Path:
    folder = datastores.folder(jobs.ws, "workspaceblobstore") / "data"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.csv").write_text("a")
    (folder / "deep" / "b.csv").write_text("b")
    return folder


def content(folder: Path) -> dict[str, str]:
    return {
        each.relative_to(folder).as_posix(): each.read_text() for each in folder.rglob("*") if each.is_file()
    }


@pytest.mark.parametrize("mode", [None, "ro_mount", "download"])
@pytest.mark.parametrize(("kind", "path"), [("uri_folder", "data"), ("uri_file", "data/a.csv")])
def test_writing_to_an_input_changes_nothing(
    jobs: Jobs, source: Path, mode: str | None, kind: str, path: str
) -> None:
    before = content(source)
    ended = jobs.run(
        WRITES,
        command="python main.py ${{inputs.data}}",
        inputs={"data": {"type": kind, "path": f"{BLOB}/{path}", "mode": mode}},
    )
    assert ended.state.status == "Completed", ended.log
    assert content(source) == before
    if mode != "download" and os.name == "posix" and os.geteuid():  # root may write anything
        assert "written" not in ended.log
    assert not (records.folder(jobs.ws, ended.run_id) / "data").exists()


def test_a_read_write_mount_is_the_source(jobs: Jobs, source: Path) -> None:
    inputs = {"data": {"type": "uri_folder", "path": f"{BLOB}/data", "mode": "rw_mount"}}
    jobs.run(WRITES, command="python main.py ${{inputs.data}}", inputs=inputs)
    assert content(source) == {"a.csv": "changed", "deep/b.csv": "changed", "new.csv": "changed"}


def test_a_model_stays_as_it_was_registered(jobs: Jobs, tmp_path: Path) -> None:
    (tmp_path / "model.csv").write_text("m")
    registry.register(jobs.ws, "m", tmp_path / "model.csv")
    ended = jobs.run(
        WRITES,
        command="python main.py ${{inputs.model}}",
        inputs={"model": {"type": "custom_model", "path": "azureml:m:1"}},
    )
    assert ended.log.startswith("model.csv "), ended.log
    assert registry.path(jobs.ws, "m", 1).read_text() == "m"


def test_the_copy_has_no_write_permission(source: Path, tmp_path: Path) -> None:
    assert read_only.copy(source, tmp_path / "copy")
    assert content(tmp_path / "copy") == content(source)
    for each in (tmp_path / "copy" / "a.csv", *((tmp_path / "copy" / "deep",) if os.name == "posix" else ())):
        assert not each.stat().st_mode & 0o222
    assert (source / "a.csv").stat().st_mode & 0o200


@pytest.mark.parametrize("limit", ["LARGEST", "MOST"])
def test_what_is_large_is_read_where_it_is(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(read_only, limit, 1)
    assert not read_only.copy(source, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_the_log_says_what_was_not_copied(jobs: Jobs, source: Path) -> None:
    for number in range(read_only.MOST):
        (source / str(number)).touch()
    inputs = {"data": {"type": "uri_folder", "path": f"{BLOB}/data"}}
    ended = jobs.run(
        "import sys; print(sys.argv[1])", command="python main.py ${{inputs.data}}", inputs=inputs
    )
    assert "The input 'data' is too large to be copied" in ended.log
    assert ended.log.strip().endswith(str(source))


def test_links_that_lead_nowhere_do_not_matter(source: Path, tmp_path: Path) -> None:
    try:
        (source / "link").symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("no links here")
    assert read_only.copy(source, tmp_path / "copy")
    assert "link" not in content(tmp_path / "copy")


def test_the_workspace_can_be_deleted_with_a_copy_in_it(jobs: Jobs, source: Path) -> None:
    from dp100.standin.engine.workspace import workspace

    read_only.copy(source, jobs.ws.folder / "jobs" / "killed" / "data" / "inputs" / "data")
    workspace.delete(jobs.ws)
    assert not jobs.ws.folder.exists()
