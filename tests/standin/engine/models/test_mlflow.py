"""MLflow's client and the registry over the same tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.models import registry
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.engine.models.conftest import FakeWorkspace

mlflow = pytest.importorskip("mlflow")
from mlflow.exceptions import MlflowException  # noqa: E402
from mlflow.tracking import MlflowClient  # noqa: E402


@pytest.fixture
def client(tracking: Tracking) -> MlflowClient:
    return MlflowClient(tracking.uri, tracking.uri)


def test_mlflow_reads_a_registered_model(
    ws: FakeWorkspace, tracking: Tracking, client: MlflowClient, pickle_file: Path
) -> None:
    tracking.create_run("train", "train_1")
    registry.register(
        ws, "m", pickle_file, tags={"a": "1"}, description="first", run_id="train_1", created_by="ada"
    )
    registry.register(ws, "m", pickle_file)
    registry.set_label(ws, "m", "champion", 1)
    registry.set_stage(ws, "m", 1, "Staging")
    one = client.get_model_version("m", "1")
    assert (one.run_id, one.description, one.tags, one.user_id) == ("train_1", "first", {"a": "1"}, "ada")
    assert (one.current_stage, one.status, one.aliases) == ("Staging", "READY", ["champion"])
    assert client.get_model_version_by_alias("m", "champion").version == one.version
    assert {v.version for v in client.search_model_versions("name = 'm'")} == {1, 2}
    assert [v.version for v in client.search_model_versions("run_id = 'train_1'")] == [1]
    [container] = client.search_registered_models()
    assert (container.name, container.aliases) == ("m", {"champion": 1})
    assert client.create_model_version("m", pickle_file.parent.as_uri()).version == 3
    registry.delete(ws, "m", 1)
    with pytest.raises(MlflowException, match="not found"):
        client.get_model_version("m", "1")
    registry.delete(ws, "m")
    assert client.search_registered_models() == []


def test_mlflow_downloads_files_and_folders(
    ws: FakeWorkspace, fluent: Any, pickle_file: Path, mlflow_folder: Path, tmp_path: Path
) -> None:
    registry.register(ws, "m", pickle_file)
    registry.register(ws, "m", mlflow_folder)
    for version, files in (("1", ["model.pkl"]), ("2", ["MLmodel", "model.pkl"])):
        down = fluent.artifacts.download_artifacts(f"models:/m/{version}", dst_path=str(tmp_path / version))
        assert [f for f in files if (Path(down) / f).is_file()] == files


def test_the_registry_reads_what_mlflow_registers(
    ws: FakeWorkspace, client: MlflowClient, mlflow_folder: Path, pickle_file: Path
) -> None:
    client.create_registered_model("theirs", tags={"t": "1"}, description="about it")
    client.create_model_version("theirs", mlflow_folder.as_uri(), tags={"k": "v"}, description="d")
    client.set_registered_model_alias("theirs", "champion", "1")
    client.transition_model_version_stage("theirs", "1", "Production")
    model = registry.get(ws, "theirs", label="champion")
    assert (model.version, model.stage, model.labels) == (1, "Production", ("champion",))
    assert (model.tags, model.description, model.type) == ({"k": "v"}, "d", "mlflow_model")
    assert model.path == mlflow_folder
    assert set(model.flavors) == {"python_function", "sklearn"}
    container = registry.container(ws, "theirs")
    assert (container.latest, container.description, container.tags) == (1, "about it", {"t": "1"})
    assert registry.register(ws, "theirs", pickle_file).version == 2
    assert registry.update(ws, "theirs", 1, add_properties={"p": 1}).type == "mlflow_model"
    registry.archive(ws, "theirs", 1)
    client.rename_registered_model("theirs", "renamed")
    assert registry.get(ws, "renamed", 1).archived
    assert registry.get(ws, "renamed", 1).properties == {"p": "1"}
    assert registry.get(ws, "renamed", 2).path.is_file()
    client.delete_model_version("renamed", "2")
    with pytest.raises(NotFound):
        registry.get(ws, "renamed", 2)
    registry.delete(ws, "renamed", 1)
    assert mlflow_folder.is_dir()  # it is the learner's, not the registry's
    client.delete_registered_model("renamed")
    assert registry.containers(ws, archived=None) == []


def test_a_model_from_a_run(ws: FakeWorkspace, fluent: Any) -> None:
    sklearn: Any = pytest.importorskip("mlflow.sklearn")
    import numpy as np
    from sklearn.linear_model import LinearRegression

    fitted = LinearRegression().fit(np.array([[0.0], [1.0]]), np.array([0.0, 2.0]))
    with mlflow.start_run() as run:
        sklearn.log_model(
            fitted, name="model", registered_model_name="line", serialization_format="cloudpickle"
        )
    theirs = registry.get(ws, "line")
    assert (theirs.version, theirs.type, theirs.run_id) == (1, "mlflow_model", run.info.run_id)
    assert (theirs.path / "MLmodel").is_file()
    ours = registry.register(ws, "line", artifact="model", run_id=run.info.run_id)
    assert (ours.version, ours.type, ours.run_id) == (2, "mlflow_model", run.info.run_id)
    for version in (1, 2):
        loaded = sklearn.load_model(f"models:/line/{version}")
        assert loaded.predict([[2.0]]) == pytest.approx([4.0])
    client = MlflowClient()
    direct = client.create_model_version("line", f"runs:/{run.info.run_id}/model", run_id=run.info.run_id)
    assert (registry.get(ws, "line", direct.version).path / "MLmodel").is_file()


def test_prompts_are_no_models(ws: FakeWorkspace, client: MlflowClient) -> None:
    client.register_prompt("prompt", "Say {{word}}")
    assert registry.list(ws) == []
    assert registry.containers(ws) == []
