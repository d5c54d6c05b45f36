"""What is logged to runs of SDK v1, and what of it comes back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[..., Path]


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


def test_what_is_no_value_is_logged_in_no_list_and_no_table(workspace) -> None:
    import datetime

    import numpy as np
    from azureml.core import Experiment
    from azureml.exceptions import AzureMLException

    types = "[[<class 'float'>, <class 'str'>, <class 'bool'>, <class 'NoneType'>, <class 'int'>]]"
    with Experiment(workspace, "values").start_logging(snapshot_directory=None) as run:
        for name, given, message in (
            (
                "log_list",
                [[{"a": 1}]],
                f"Value of type <class 'list'> is not supported, supported types include {types}",
            ),
            ("log_list", [[datetime.date(2020, 1, 1)]], "Value of type <class 'list'> is not supported"),
            ("log_table", [{"a": [1, [2]]}], "Value of type <class 'list'> is not supported"),
            ("log_table", [{"a": np.array([1, 2])}], "Value of type <class 'list'> is not supported"),
            (
                "log_table",
                [{"a": [1], "b": [1, 2]}],
                "Columns must have the same length, column a had length 1, however, column b had length 2.",
            ),
        ):
            with pytest.raises(AzureMLException) as caught:
                getattr(run, name)("mine", *given)
            assert caught.value.message.startswith(message)
        for cell, message in (
            ((1, 2), "Value of type <class 'tuple'> is not supported"),
            ([1], "Rows cannot contain list values, column a contains a list."),
        ):
            with pytest.raises(AzureMLException) as caught:
                run.log_row("mine", a=cell)
            assert caught.value.message.startswith(message)
        assert run.get_metrics() == {}
        run.log_list("mine", np.array([1, 2]))
        run.log_row("row", a=np.int64(1), b=np.float32(0.5), c=None)
        assert run.get_metrics() == {"mine": [1, 2], "row": {"a": 1, "b": 0.5, "c": None}}


def test_charts_of_children_are_populated_too(workspace) -> None:
    from azureml.core import Experiment

    with Experiment(workspace, "charts").start_logging(snapshot_directory=None) as run:
        child = run.child_run("part")
        child.log_residuals("errors", {"data": [1]})
        assert run.get_metrics(recursive=True, populate=True) == {child.id: {"errors": {"data": [1]}}}
        child.complete()


def test_each_image_has_a_file_of_its_own(experiment) -> None:
    import io

    class Plot:
        def savefig(self, target: io.BytesIO, format: str) -> None:
            target.write(b"image")

    run = experiment.start_logging(snapshot_directory=None)
    for _ in range(3):
        run.log_image("loaf", plot=Plot())
    names = run.get_file_names()
    assert len(names) == 3
    # "Artifact backed metrics are defined by the first value"
    assert run.get_metrics("loaf")["loaf"].endswith(names[0])


def test_what_is_no_image_and_what_is_logged_twice(experiment) -> None:
    from azureml.exceptions import AzureMLException

    run = experiment.start_logging(snapshot_directory=None)
    Path("loaf.png").write_bytes(b"no image")
    with pytest.raises(AzureMLException) as caught:
        run.log_image("loaf", "loaf.png")
    assert caught.value.message == "Argument [loaf.png] is malformed."
    with pytest.raises(AzureMLException) as caught:
        run.log_image("loaf", plot="plot")
    assert caught.value.message == "Argument [plot] is of invalid type. Expected type: [matplotlib.pyplot]"
    Path("loaf.png").write_bytes(b"\x89PNG\r\n\x1a\n and so on")
    run.log_image("loaf", "loaf.png")
    run.log_residuals("errors", {"data": [1]})
    for again in (
        lambda: run.log_image("loaf", "loaf.png"),
        lambda: run.log_residuals("errors", {"data": [2]}),
    ):
        with pytest.raises(AzureMLException, match="already exists"):
            again()
    assert run.get_metrics(populate=True)["errors"] == {"data": [1]}


def test_a_step_is_a_number(experiment) -> None:
    from azureml.exceptions import UserErrorException

    run = experiment.start_logging(snapshot_directory=None)
    with pytest.raises(UserErrorException, match="step of a metric"):
        run.log("loss", 1, step="first")
