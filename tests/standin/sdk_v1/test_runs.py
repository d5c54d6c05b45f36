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
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException):
        run.log_image("curve")


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
    assert "<td>Completed</td>" in RunDetails(run)._page()
