"""MLflow's own client and the store over the same file: what one writes, the other reads."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dp100.standin.engine.tracking.artifacts import local_path
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.engine.tracking.conftest import FakeWorkspace

mlflow = pytest.importorskip("mlflow")
from mlflow.entities import ViewType  # noqa: E402
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402

LARGEST = 1.7976931348623157e308

mlflow_names = st.from_regex(r"[A-Za-z0-9_\-. :]{1,30}", fullmatch=True).filter(
    lambda name: os.path.normpath(name) == name and name not in {".", ".."}
)
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
# MLflow keeps infinity as the largest double, so that number itself cannot be told from it.
doubles = st.floats().filter(lambda value: abs(value) != LARGEST)


@pytest.fixture
def client(tracking: Tracking) -> MlflowClient:
    return MlflowClient(tracking.uri, tracking.uri)


def same(a: float, b: float) -> bool:
    return a == b or (math.isnan(a) and math.isnan(b))


def as_kept(value: float) -> float:
    """Infinity as MLflow keeps it."""
    return math.copysign(LARGEST, value) if math.isinf(value) else value


# --- what the store writes -------------------------------------------------------------------------------


def test_mlflow_reads_a_run(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "train_1", "nightly", tags={"team": "vision"}, user="ada")
    tracking.create_run("train", "child_1", parent="train_1")
    tracking.log_params("train_1", {"lr": 0.1})
    tracking.log_metric("train_1", "loss", 0.5, step=3, timestamp=1234)
    run = client.get_run("train_1")
    ours = tracking.run("train_1")
    assert run.info.run_name == "nightly"
    assert run.info.user_id == run.data.tags["mlflow.user"] == "ada"
    assert run.info.status == "RUNNING"
    assert run.info.start_time == int(ours.started.timestamp() * 1000)
    assert run.info.end_time is None
    assert run.info.artifact_uri == ours.artifact_uri
    assert run.data.params == {"lr": "0.1"}
    assert run.data.metrics == {"loss": 0.5}
    assert run.data.tags == dict(ours.tags)
    [point] = client.get_metric_history("train_1", "loss")
    assert (point.value, point.step, point.timestamp) == (0.5, 3, 1234)
    [child] = client.search_runs([ours.experiment_id], "tags.mlflow.parentRunId = 'train_1'")
    assert child.info.run_id == "child_1"
    tracking.set_status("train_1", "Failed")
    assert client.get_run("train_1").info.status == "FAILED"
    assert client.get_run("train_1").info.end_time
    tracking.delete_run("train_1")
    assert [r.info.run_id for r in client.search_runs([ours.experiment_id])] == ["child_1"]


def test_mlflow_reads_experiments(tracking: Tracking, client: MlflowClient) -> None:
    experiment = tracking.experiment("train")
    tracking.tag_experiment(experiment.id, {"mlflow.note.content": "what it is for"})
    theirs = client.get_experiment_by_name("train")
    assert theirs.experiment_id == experiment.id
    assert theirs.artifact_location == experiment.artifact_location
    assert theirs.tags == {"mlflow.note.content": "what it is for"}
    tracking.archive_experiment(experiment.id)
    assert client.get_experiment(experiment.id).lifecycle_stage == "deleted"
    tracking.restore_experiment(experiment.id)
    assert (
        tracking.rename_experiment(experiment.id, "renamed").name == client.get_experiment(experiment.id).name
    )


def test_mlflow_reads_what_sdk_v1_logs(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "r")
    tracking.log_list("r", "losses", [3, 2.5, 1])
    tracking.log_scalar("r", "n", 7)
    tracking.log_scalar("r", "note", "text")
    tracking.log_row("r", "table", {"x": 1})
    tracking.log_json("r", "matrix", "confusion_matrix", {"data": {}})
    assert client.get_run("r").data.metrics == {"losses": 1.0, "n": 7.0}
    assert [(m.step, m.value) for m in client.get_metric_history("r", "losses")] == [
        (0, 3.0),
        (1, 2.5),
        (2, 1.0),
    ]
    assert [f.path for f in client.list_artifacts("r")] == ["matrix"]


def test_mlflow_lists_and_downloads_artifacts(
    tracking: Tracking, client: MlflowClient, tmp_path: Path
) -> None:
    tracking.create_run("train", "r")
    tracking.artifacts.upload("r", "outputs/models/model.pkl", b"pickle")
    tracking.artifacts.upload("r", "readme 100%.txt", b"read me")
    assert {f.path for f in client.list_artifacts("r")} == {"outputs", "readme 100%.txt"}
    assert [f.path for f in client.list_artifacts("r", "outputs/models")] == ["outputs/models/model.pkl"]
    (tmp_path / "down").mkdir()
    down = Path(client.download_artifacts("r", "outputs", str(tmp_path / "down")))
    assert (down / "models" / "model.pkl").read_bytes() == b"pickle"


slow = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@slow
@given(
    metrics=st.dictionaries(text.filter(bool), st.lists(doubles, min_size=1, max_size=5), max_size=4),
    params=st.dictionaries(text.filter(bool), text, max_size=4),
)
def test_mlflow_reads_any_name_and_value(
    tracking: Tracking, client: MlflowClient, metrics: dict[str, list[float]], params: dict[str, str]
) -> None:
    run = f"r{len(tracking.runs())}"
    tracking.create_run("any", run)
    tracking.log_params(run, params)
    for name, values in metrics.items():
        for value in values:
            tracking.log_metric(run, name, value)
    data = client.get_run(run).data
    assert data.params == params
    assert data.metrics.keys() == metrics.keys()
    for name, values in metrics.items():
        assert same(data.metrics[name], as_kept(values[-1]))
        assert same(data.metrics[name], tracking.run(run).metrics[name])
        history = sorted(client.get_metric_history(run, name), key=lambda m: m.step)
        assert all(same(m.value, as_kept(v)) for m, v in zip(history, values, strict=True))


# --- what MLflow writes ----------------------------------------------------------------------------------


@slow
@given(
    metrics=st.dictionaries(
        mlflow_names, st.lists(st.tuples(doubles, st.integers(-5, 5)), min_size=1, max_size=4), max_size=3
    ),
    params=st.dictionaries(mlflow_names, text, max_size=2),
    tags=st.dictionaries(mlflow_names, text, max_size=3),
)
def test_the_store_reads_any_name_and_value(
    tracking: Tracking,
    client: MlflowClient,
    metrics: dict[str, list[tuple[float, int]]],
    params: dict[str, str],
    tags: dict[str, str],
) -> None:
    run = client.create_run("0", tags=tags).info.run_id
    for name, value in params.items():
        client.log_param(run, name, value)
    for name, points in metrics.items():
        for at, (value, step) in enumerate(points):
            client.log_metric(run, name, value, timestamp=at, step=step)
    theirs, ours = client.get_run(run), tracking.run(run)
    assert ours.params == theirs.data.params == params
    assert ours.tags == theirs.data.tags
    assert ours.metrics.keys() == theirs.data.metrics.keys()
    for name, value in theirs.data.metrics.items():
        assert same(ours.metrics[name], value)
        seen = {(m.step, m.timestamp, str(m.value)) for m in tracking.metric_history(run, name)}
        assert seen == {(m.step, m.timestamp, str(m.value)) for m in client.get_metric_history(run, name)}
    shaped = tracking.get_metrics(run)
    for name, points in metrics.items():
        expected = [value for value, _ in sorted(points, key=lambda point: point[1])]
        found = shaped[name] if len(expected) > 1 else [shaped[name]]
        assert all(same(a, b) for a, b in zip(found, expected, strict=True))


def test_the_store_reads_runs_and_states(tracking: Tracking, client: MlflowClient) -> None:
    number = client.create_experiment("Names that MLflow takes!")
    parent = client.create_run(number, run_name="parent")
    child = client.create_run(number, tags={"mlflow.parentRunId": parent.info.run_id})
    run = tracking.run(parent.info.run_id)
    assert (run.experiment, run.name, run.state) == ("Names that MLflow takes!", "parent", "Running")
    assert tracking.run(child.info.run_id).parent == run.id
    assert tracking.experiment("Names that MLflow takes!").id == number
    for status, state in [("FINISHED", "Completed"), ("FAILED", "Failed"), ("KILLED", "Canceled")]:
        client.set_terminated(run.id, status)
        assert tracking.run(run.id).state == state
        assert tracking.run(run.id).ended
    client.delete_run(child.info.run_id)
    assert tracking.run(child.info.run_id).deleted
    client.rename_experiment(number, "renamed")
    assert [e.name for e in tracking.experiments()] == ["renamed"]


def test_a_state_that_mlflow_changes_is_mlflows(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "r")
    tracking.set_status("r", "Finalizing")
    assert tracking.run("r").state == "Finalizing"
    client.set_terminated("r")
    assert tracking.run("r").state == "Completed"


def test_both_append_to_one_metric(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "r")
    tracking.log_scalar("r", "loss", 3)
    client.log_metric("r", "loss", 2.5, step=1)
    tracking.log_scalar("r", "loss", 2)
    assert tracking.get_metrics("r")["loss"] == [3, 2.5, 2]
    tracking.log_scalar("r", "loss", 1.5)
    assert tracking.get_metrics("r")["loss"] == [3.0, 2.5, 2.0, 1.5]
    assert client.get_run("r").data.metrics["loss"] == 1.5


def test_a_script_keeps_everything_in_the_workspace(fluent: Any, tracking: Tracking) -> None:
    fluent.set_experiment("from a script")
    with fluent.start_run() as active:
        fluent.log_metric("accuracy", 0.9)
        fluent.log_text("hello", "notes/hello.txt")
        fluent.log_dict({"a": 1}, "a.json")
    run = tracking.run(active.info.run_id)
    assert run.state == "Completed"
    assert tracking.artifacts.names(run.id) == ["a.json", "notes/hello.txt"]
    assert tracking.artifacts.read(run.id, "notes/hello.txt") == b"hello"
    where = tracking.artifacts.folder(run.id)
    assert where.relative_to(tracking.ws.folder).parts == (
        "artifacts",
        run.experiment_id,
        run.id,
        "artifacts",
    )


def test_the_default_experiment_is_in_the_workspace(fluent: Any, tracking: Tracking) -> None:
    assert tracking.experiments() == []
    with fluent.start_run() as active:
        fluent.log_text("hello", "hello.txt")
    assert tracking.artifacts.folder(active.info.run_id).is_relative_to(tracking.ws.folder)
    assert [e.name for e in tracking.experiments()] == ["Default"]


def test_a_place_that_the_learner_chose_stays(
    client: MlflowClient, tracking: Tracking, tmp_path: Path
) -> None:
    number = client.create_experiment("elsewhere", artifact_location=(tmp_path / "chosen").as_uri())
    run = client.create_run(number)
    client.log_text(run.info.run_id, "x", "x.txt")
    assert (tmp_path / "chosen" / run.info.run_id / "artifacts" / "x.txt").is_file()
    assert tracking.artifacts.read(run.info.run_id, "x.txt") == b"x"


def test_a_script_goes_on_in_the_run_of_its_job(
    fluent: Any, tracking: Tracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = tracking.create_run("train", "train_1700000000_ab12cd34", state="Running")
    monkeypatch.setenv("MLFLOW_RUN_ID", run.id)
    with fluent.start_run() as active:
        assert active.info.run_id == run.id
        fluent.log_params({"depth": 3})
        fluent.log_metric("accuracy", 0.75)
    assert tracking.run(run.id).params == {"depth": "3"}
    assert tracking.get_metrics(run.id) == {"accuracy": 0.75}


def test_autolog_and_logged_models(fluent: Any, tracking: Tracking) -> None:
    sklearn = pytest.importorskip("mlflow.sklearn")
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    fluent.set_experiment("autolog")
    sklearn.autolog(serialization_format="cloudpickle")
    try:
        with fluent.start_run() as active:
            LogisticRegression(C=0.5).fit(np.array([[0.0], [1.0], [2.0], [3.0]]), np.array([0, 0, 1, 1]))
            sklearn.log_model(LogisticRegression(), name="mine", serialization_format="cloudpickle")
    finally:
        sklearn.autolog(disable=True)
    run = tracking.run(active.info.run_id)
    assert run.params["C"] == "0.5"
    assert run.metrics["training_accuracy_score"] == 1.0
    names = tracking.artifacts.names(run.id)
    assert "training_confusion_matrix.png" in names
    assert {"model/MLmodel", "model/model.pkl", "mine/MLmodel"} <= set(names)
    assert (tracking.artifacts.locate(run.id, "model") / "MLmodel").is_file()
    assert tracking.artifacts.locate(run.id, "mine/MLmodel").is_relative_to(tracking.ws.folder)


def test_mlflow_still_refuses_what_it_refuses(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "r")
    tracking.log_param("r", "p", 1)
    with pytest.raises(MlflowException, match="Changing param values"):
        client.log_param("r", "p", 2)
    with pytest.raises(MlflowException, match="already exists"):
        client.create_experiment("train")


def test_purged_runs_leave_nothing(tracking: Tracking, client: MlflowClient) -> None:
    tracking.create_run("train", "r")
    tracking.log_scalar("r", "x", "text")
    tracking.delete_run("r")
    client._tracking_client.store._hard_delete_run("r")
    connection = tracking.database.connection()
    for table in ("azureml_runs", "azureml_metrics", "azureml_metric_values"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    assert client.search_runs(["0"], run_view_type=ViewType.ALL) == []


def test_file_uris_of_strange_folders(ws: FakeWorkspace) -> None:
    assert local_path(ws.folder.as_uri()) == ws.folder
    assert local_path(str(ws.folder)) == ws.folder
