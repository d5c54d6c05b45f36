"""Experiments and runs in this process through SDK v1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


@pytest.fixture
def experiment(workspace):
    from azureml.core import Experiment

    return Experiment(workspace, "baking")


def test_names_are_checked(workspace) -> None:
    from azureml.core import Experiment
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="between 1 and 255 characters"):
        Experiment(workspace, "two words")
    assert list(workspace.experiments) == []


def test_what_is_logged_comes_back_in_its_shape(experiment) -> None:
    run = experiment.start_logging()
    run.log("oven", 210)
    run.log("loss", 0.5)
    run.log("loss", 0.25)
    run.log_list("weights", [1, 2, 3])
    run.log_row("loaf", flour="rye", grams=800)
    run.log_table("oven log", {"minute": [0, 10], "degrees": [210, 190]})
    run.log("baker", "Ada")
    assert run.get_metrics() == {
        "oven": 210,
        "loss": [0.5, 0.25],
        "weights": [1, 2, 3],
        "loaf": {"flour": "rye", "grams": 800},
        "oven log": {"minute": [0, 10], "degrees": [210, 190]},
        "baker": "Ada",
    }
    assert run.get_metrics("oven") == {"oven": 210}
    assert run.get_status() == "Running"
    run.complete()
    assert run.get_status() == "Completed"


def test_charts_are_files(experiment) -> None:
    run = experiment.start_logging()
    matrix = {
        "schema_type": "confusion_matrix",
        "schema_version": "v1",
        "data": {"class_labels": ["a"], "matrix": [[1]]},
    }
    run.log_confusion_matrix("matrix", matrix)
    run.log_accuracy_table(
        "accuracy", json.dumps({"schema_type": "accuracy_table", "schema_version": "v1", "data": {}})
    )
    assert run.get_metrics()["matrix"] == f"aml://artifactId/ExperimentRun/dcid.{run.id}/matrix"
    assert run.get_metrics(populate=True)["matrix"] == matrix

    class Plot:
        def savefig(self, file, format):
            file.write(b"\x89PNG")

    run.log_image("curve", plot=Plot())
    assert any(name.startswith("curve_") for name in run.get_file_names())
    from azureml.exceptions import AzureMLException

    with pytest.raises(AzureMLException, match="one of path and plot is required"):
        run.log_image("curve")
    with pytest.raises(AzureMLException, match="both provided"):
        run.log_image("curve", path="a.png", plot=Plot())


def test_charts_that_are_no_json(experiment) -> None:
    from azureml.exceptions import UserErrorException

    run = experiment.start_logging()
    for log in (run.log_confusion_matrix, run.log_accuracy_table, run.log_residuals, run.log_predictions):
        with pytest.raises(UserErrorException, match="Invalid JSON provided"):
            log("chart", "{'single': 'quotes'}")
        with pytest.raises(TypeError, match="not JSON serializable"):
            log("chart", {"data": {1, 2}})
    assert run.get_metrics() == {}
    assert run.get_file_names() == []


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


def test_metrics_of_children_of_a_type(experiment, script) -> None:
    from azureml.core import ScriptRunConfig

    parent = experiment.start_logging(snapshot_directory=None)
    parent.log("n", 1)
    parent.child_run().log("n", 2)
    folder = script("from azureml.core import Run; Run.get_context().log('n', 3)")
    submitted = parent.submit_child(ScriptRunConfig(folder, "train.py"))
    assert len(parent.get_metrics(recursive=True)) == 3
    assert parent.get_metrics(recursive=True, run_type="azureml.scriptrun") == {
        parent.id: {"n": 1},
        submitted.id: {"n": 3},
    }


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
    with pytest.raises(UserErrorException, match="not found"):
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
    assert Run.get(workspace, run.id).experiment.name == "baking"
    assert workspace.get_run(run.id).id == run.id
    assert get_run(experiment, run.id).id == run.id
    with pytest.raises(ServiceException, match="was not found"):
        Run.get(workspace, "nobody")


def test_experiments_are_archived(workspace, experiment) -> None:
    from azureml.core import Experiment

    experiment.tag("a", "b")
    assert Experiment.list(workspace, tags={"a": "b"})[0].name == "baking"
    experiment.archive()
    assert Experiment.list(workspace) == []
    assert Experiment.list(workspace, view_type="ArchivedOnly")[0].name == "baking"
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
