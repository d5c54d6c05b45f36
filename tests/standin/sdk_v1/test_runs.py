"""Runs of SDK v1: states, files, children, tags, details."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


def test_names_are_checked(workspace) -> None:
    from azureml.core import Experiment
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="between 1 and 255 characters"):
        Experiment(workspace, "two words")
    assert list(workspace.experiments) == []


@pytest.mark.parametrize("end", ["complete", "fail", "cancel"])
def test_an_end_is_final(experiment, end: str, caplog: pytest.LogCaptureFixture) -> None:
    from azureml.exceptions import ExperimentExecutionException

    run = experiment.start_logging()
    getattr(run, end)()
    state, ended = run.get_status(), run.get_details()["endTimeUtc"]
    for call in (run.start, run.complete, lambda: run.fail("too late")):
        call()
    with pytest.raises(ExperimentExecutionException, match=f"in the state {state} and cannot be canceled"):
        run.cancel()
    assert run.get_status() == state
    assert run.get_details()["endTimeUtc"] == ended
    assert "too late" not in str(run.get_details().get("error"))
    assert f"has ended in the state {state}, which Running does not change" in caplog.text


def test_the_end_of_a_context_does_not_hide_that_the_run_has_failed(experiment) -> None:
    with experiment.start_logging() as run:
        run.fail("no flour", error_code="Kitchen")
    assert run.get_status() == "Failed"
    assert run.get_details()["error"]["error"] == {"code": "Kitchen", "message": "no flour"}
    with pytest.raises(TypeError, match="error_details must be instance of string or BaseException"):
        experiment.start_logging().fail(3)


def test_the_files_that_an_interactive_run_leaves(experiment) -> None:
    """As in the SDK: ./outputs is made, its files are uploaded at the end, and the folder itself is the snapshot."""
    Path("bake.py").write_text("print('bake')")
    run = experiment.start_logging()
    Path("outputs/model").mkdir()
    Path("outputs/model/a.pkl").write_text("a")
    Path("outputs/b.txt").write_text("late")
    Path("b.txt").write_text("b")
    run.upload_file("outputs/b.txt", "b.txt")
    assert run.get_file_names() == ["outputs/b.txt"]
    run.complete()
    assert run.get_file_names() == ["outputs/b.txt", "outputs/model/a.pkl"]
    run.download_file("outputs/b.txt", "back.txt")
    assert Path("back.txt").read_text() == "b"
    import zipfile

    with zipfile.ZipFile(run.restore_snapshot(path="kept")) as file:
        assert "bake.py" in file.namelist()


def test_other_folders_or_none_are_tracked(experiment, tmp_path: Path) -> None:
    run = experiment.start_logging(
        outputs=False, snapshot_directory=None, display_name="dry", description="no oven"
    )
    assert not Path("outputs").exists()
    assert (run.display_name, run.description, run.get_snapshot_id()) == ("dry", "no oven", None)
    child = run.child_run(outputs="made")
    Path("made/c.txt").write_text("c")
    with experiment.start_logging(outputs=str(tmp_path / "far"), snapshot_directory=None) as other:
        (tmp_path / "far" / "d.txt").write_text("d")
    child.complete()
    run.complete()
    assert (child.get_file_names(), run.get_file_names()) == (["made/c.txt"], [])
    assert other.get_file_names() == ["far/d.txt"]


def test_a_folder_too_large_for_a_snapshot(experiment, monkeypatch: pytest.MonkeyPatch) -> None:
    from azureml.exceptions import SnapshotException

    from dp100.standin.engine.jobs import snapshot

    monkeypatch.setattr(snapshot, "FILES", 2)
    for name in "abc":
        Path(name).write_text(name)
    with pytest.raises(SnapshotException, match="Pass snapshot_directory=None to start_logging"):
        experiment.start_logging()


def test_a_submitted_runs_state_is_the_services(experiment, script) -> None:
    from azureml.core import ScriptRunConfig
    from azureml.exceptions import ExperimentExecutionException, ServiceException

    run = experiment.submit(ScriptRunConfig(script("print(1)"), "train.py"))
    for call in (run.start, run.complete, run.fail):
        with pytest.raises(ServiceException, match="Status for this run is system managed") as caught:
            call()
        assert caught.value.status_code == 400
        assert caught.value.error.error.code == "UserError"
    with pytest.raises(ExperimentExecutionException, match="cannot be canceled"):
        run.cancel()
    assert run.get_status() == "Completed"


def test_a_copy_of_a_runs_file_on_a_datastore(workspace, experiment) -> None:
    from azureml.core import Datastore
    from azureml.exceptions import UserErrorException

    Datastore.register_azure_blob_container(workspace, "bakery", "loaves", "breads")
    Path("notes").mkdir()
    Path("notes/a.txt").write_text("a")
    run = experiment.start_logging()
    run.upload_file("outputs/b.txt", "notes/a.txt", datastore_name="bakery")
    run.upload_folder("all", "notes", datastore_name="bakery")
    assert run.get_file_names() == ["all/a.txt", "outputs/b.txt"]
    assert workspace.datastores["bakery"].download("got", show_progress=False) == 2
    top = Path("got", "ExperimentRun", f"dcid.{run.id}")
    assert [path.relative_to(top).as_posix() for path in sorted(top.rglob("*.txt"))] == [
        "all/a.txt",
        "outputs/b.txt",
    ]
    with pytest.raises(UserErrorException, match="Could not find datastore: cellar"):
        run.upload_file("c.txt", "notes/a.txt", datastore_name="cellar")
    assert "c.txt" not in run.get_file_names()


def test_files_go_up_and_down(experiment) -> None:
    from azureml.exceptions import UserErrorException

    Path("notes").mkdir()
    Path("notes/a.txt").write_text("a")
    Path("notes/b.txt").write_text("b")
    run = experiment.start_logging()
    run.upload_file("outputs/a.txt", "notes/a.txt")
    run.upload_folder("outputs/all", "notes")
    assert run.get_file_names() == ["outputs/a.txt", "outputs/all/a.txt", "outputs/all/b.txt"]
    with pytest.raises(UserErrorException, match="already exists"):
        run.upload_file("outputs/a.txt", "notes/b.txt")
    with pytest.raises(UserErrorException, match="leaves its folder"):
        run.upload_file("../a.txt", "notes/a.txt")
    with pytest.raises(FileNotFoundError, match=r"notes.c\.txt"):
        run.upload_file("c.txt", "notes/c.txt")
    run.download_file("outputs/all/b.txt")
    assert Path("b.txt").read_text() == "b"
    run.download_files(prefix="outputs/all", output_directory="got", append_prefix=False)
    assert sorted(path.name for path in Path("got").iterdir()) == ["a.txt", "b.txt"]
    with pytest.raises(UserErrorException, match=r"available files include: outputs/a\.txt"):
        run.download_file("outputs/none.txt")


def test_children(experiment) -> None:
    parent = experiment.start_logging()
    with parent.child_run("first") as child:
        child.log("n", 1)
    others = parent.create_children(tag_key="size", tag_values=["s", "m"])
    assert [each.tags["size"] for each in others] == ["s", "m"]
    others[0].child_run()
    assert len(list(parent.get_children())) == 3
    assert len(list(parent.get_children(recursive=True))) == 4
    assert [run.id for run in parent.get_children(tags={"size": "m"})] == [others[1].id]
    assert child.parent.id == parent.id
    assert child.get_status() == "Completed"
    assert parent.get_metrics(recursive=True) == {child.id: {"n": 1}}
    assert [run.id for run in experiment.get_runs()] == [parent.id]
    assert len(list(experiment.get_runs(include_children=True))) == 5


def test_a_context_that_fails(experiment) -> None:
    with pytest.raises(ValueError, match="burnt"), experiment.start_logging() as run:
        raise ValueError("burnt")
    assert run.get_status() == "Failed"
    assert "burnt" in run.get_details()["error"]["error"]["message"]


def test_tags_and_properties(experiment) -> None:
    from azureml.exceptions import UserErrorException

    run = experiment.start_logging(display_name="sourdough")
    run.tag("kind", "rye")
    run.set_tags({"fresh": "yes"})
    run.remove_tags(["fresh"])
    assert run.get_tags() == {"kind": "rye"}
    run.add_properties({"author": "Ada"})
    with pytest.raises(UserErrorException, match="cannot be changed"):
        run.add_properties({"author": "Bob"})
    run.description = "a loaf"
    run.display_name = "rye loaf"
    assert (run.display_name, run.description, run.properties["author"]) == ("rye loaf", "a loaf", "Ada")
    assert [found.id for found in experiment.get_runs(tags={"kind": "rye"})] == [run.id]


def test_found_by_id(workspace, experiment) -> None:
    from azureml.core import Run, get_run
    from azureml.exceptions import ServiceException

    run = experiment.start_logging()
    assert Run.get(workspace, run.id).experiment.name == "training"
    assert workspace.get_run(run.id).id == run.id
    assert get_run(experiment, run.id).id == run.id
    with pytest.raises(ServiceException, match="was not found"):
        Run.get(workspace, "nobody")


def test_experiments_are_archived(workspace, experiment) -> None:
    from azureml.core import Experiment

    experiment.tag("a", "b")
    assert Experiment.list(workspace, tags={"a": "b"})[0].name == "training"
    experiment.archive()
    assert Experiment.list(workspace) == []
    assert Experiment.list(workspace, view_type="ArchivedOnly")[0].name == "training"
    experiment.reactivate()
    experiment.start_logging().complete()
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="Only empty experiments"):
        Experiment.delete(workspace, experiment.id)


def test_outside_of_a_run(capsys: pytest.CaptureFixture[str]) -> None:
    from azureml.core import Run
    from azureml.exceptions import RunEnvironmentException

    run = Run.get_context()
    assert run.id.startswith("OfflineRun_")
    run.log("accuracy", 0.9)
    assert capsys.readouterr().out == "Attempted to log scalar metric accuracy:\n0.9\n"
    with pytest.raises(RunEnvironmentException):
        Run.get_context(allow_offline=False)


def test_mlflow_sees_the_run(workspace, experiment) -> None:
    import sqlite3

    run = experiment.start_logging()
    run.log("n", 3)
    file = workspace.get_mlflow_tracking_uri().removeprefix("sqlite:///")
    with sqlite3.connect(file) as database:
        rows = database.execute("SELECT key, value FROM metrics WHERE run_uuid = ?", (run.id,)).fetchall()
    assert rows == [("n", 3.0)]


def test_details_in_a_terminal(experiment, capsys: pytest.CaptureFixture[str]) -> None:
    from azureml.widgets import RunDetails

    run = experiment.start_logging()
    run.log("n", 3)
    run.complete()
    RunDetails(run).show()
    assert capsys.readouterr().out == f"{run.id}: Completed\n  n: 3\n"


def test_details_are_followed_in_a_terminal(experiment, script, monkeypatch: pytest.MonkeyPatch) -> None:
    """A submitted run, until it has ended."""
    import io
    import sys

    from azureml.core import ScriptRunConfig
    from azureml.widgets import RunDetails

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("DP100_JOBS", "")
    run = experiment.submit(
        ScriptRunConfig(script("from azureml.core import Run; Run.get_context().log('n', 4)"), "train.py")
    )
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    RunDetails(run).show()
    assert f"\r{run.id}: Completed" in terminal.getvalue()
    assert terminal.getvalue().endswith("  n: 4\n")


@pytest.mark.parametrize("shell", ["ZMQInteractiveShell", "TerminalInteractiveShell"])
def test_details_in_a_notebook(
    experiment, shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A front end that shows HTML has the kernel's shell; IPython in a terminal has lines."""
    import sys
    import types

    from azureml.widgets import RunDetails

    shown = []
    ipython, display = types.ModuleType("IPython"), types.ModuleType("IPython.display")
    ipython.get_ipython = type(shell, (), {})
    display.HTML, display.display = str, shown.append
    monkeypatch.setitem(sys.modules, "IPython", ipython)
    monkeypatch.setitem(sys.modules, "IPython.display", display)
    run = experiment.start_logging()
    run.log("a < b", 3)
    run.complete()
    RunDetails(run).show()
    said = capsys.readouterr().out
    if shell == "ZMQInteractiveShell":
        [page] = shown
        assert f"<td>{run.id}</td>" in page
        assert "<tr><th>a &lt; b</th><td>3</td></tr>" in page
        assert said == ""
    else:
        assert (shown, said) == ([], f"{run.id}: Completed\n  a < b: 3\n")


def test_uploads_that_are_refused_leave_nothing(experiment) -> None:
    from azureml.exceptions import UserErrorException

    Path("notes").mkdir()
    for name in ("a.txt", "b.txt"):
        Path("notes", name).write_text(name)
    run = experiment.start_logging(snapshot_directory=None)
    run.upload_file("all/b.txt", "notes/b.txt")
    with pytest.raises(UserErrorException, match=r"all/b\.txt already exists"):
        run.upload_folder("all", "notes")
    with pytest.raises(FileNotFoundError):
        run.upload_files(["c", "d"], ["notes/a.txt", "notes/missing.txt"])
    assert run.get_file_names() == ["all/b.txt"]
    with pytest.raises(UserErrorException) as caught:
        run.upload_folder("f", "missing")
    assert caught.value.message == "Cannot upload path: missing since it is not a valid directory."
    with pytest.raises(
        UserErrorException, match=r"UnsupportedType: type .* is invalid, supported input types"
    ):
        run.upload_file("a.txt", Path("notes/a.txt"))
    with pytest.raises(TypeError, match="Names was of length 1 and paths of length 2"):
        run.upload_files(["a"], ["b", "c"])


def test_files_are_downloaded_under_other_names(experiment, caplog) -> None:
    run = experiment.start_logging(snapshot_directory=None)
    for name in ("a", "b"):
        Path(name).write_text(name)
        run.upload_file(f"all/{name}", name)
    run.download_files("all", "got", output_paths=["x", "deep/y"])
    assert (Path("got/x").read_text(), Path("got/deep/y").read_text()) == ("a", "b")
    run.download_files("all", "more", output_paths=["x"])
    assert "Using paths as output_paths" in caplog.text
    assert Path("more/all/b").is_file()
    run.download_files("all", append_prefix=False)
    assert Path("all/a").is_file()


def test_children_are_numbered_and_a_hundred_at_most(experiment) -> None:
    from azureml.exceptions import UserErrorException

    run = experiment.start_logging(snapshot_directory=None)
    assert [each.get_tags() for each in run.create_children(count=2)] == [
        {"azureml.batch_child_number": "0"},
        {"azureml.batch_child_number": "1"},
    ]
    for given, message in (
        ({}, "Either count or tag_key and tag_values must be set"),
        ({"tag_key": "a"}, "tag_values must not be null when tag_key is set"),
        ({"tag_values": ["a"]}, "tag_key must not be null when tag_values is set"),
        (
            {"count": 1, "tag_key": "a", "tag_values": ["a"]},
            "count can not be set when tag_key and tag_values are set",
        ),
        ({"count": 101}, "create_children can not create more than 100 runs"),
        ({"tag_key": "a", "tag_values": ["a"] * 101}, "create_children can not create more than 100 runs"),
    ):
        with pytest.raises(UserErrorException) as caught:
            run.create_children(**given)
        assert caught.value.message == message


def test_a_tag_without_a_value_has_none(experiment) -> None:
    from azureml.exceptions import UserErrorException

    run = experiment.start_logging(snapshot_directory=None)
    run.tag("DeploymentCandidate")
    assert run.get_tags() == {"DeploymentCandidate": None}
    assert [each.id for each in experiment.get_runs(tags="DeploymentCandidate")] == [run.id]
    with pytest.raises(UserErrorException, match="There is no run definition or environment specified"):
        run.get_environment()
