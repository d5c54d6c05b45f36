from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import Command, Model
from azure.ai.ml.exceptions import AssetPathException, ValidationException
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from dp100.standin.engine.data import uris
from dp100.standin.engine.models import registry, rows
from dp100.standin.engine.tracking.database import Database
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree


@pytest.fixture
def pickled(project: Path) -> Path:
    file = project / "model.pkl"
    file.write_bytes(b"pickled")
    return file


def test_a_local_file_is_registered(client: MLClient, ws: Workspace, pickled: Path) -> None:
    made = client.models.create_or_update(
        Model(
            name="own",
            path="model.pkl",
            description="told",
            tags={"n": 1},
            properties={"p": "q"},
            stage="Production",
        )
    )
    assert made.id == f"{ws.id}/models/own/versions/1"
    assert (made.version, made.type, made.stage) == ("1", "custom_model", "Production")
    assert (made.description, made.tags, made.properties) == ("told", {"n": "1"}, {"p": "q"})
    assert "/datastores/workspaceblobstore/paths/LocalUpload/" in str(made.path)
    assert uris.locate(ws, str(made.path)).read_bytes() == b"pickled"
    assert registry.get(ws, "own", 1).stage == "Production"  # MLflow sees it too


def test_versions_labels_and_lists(client: MLClient, ws: Workspace, pickled: Path) -> None:
    for _ in range(2):
        client.models.create_or_update(Model(name="own", path=pickled))
    client.models.create_or_update(Model(name="own", path=pickled, version="5", stage="Production"))
    assert [each.version for each in client.models.list("own")] == ["5", "2", "1"]
    assert [each.version for each in client.models.list("own", stage="Production")] == ["5"]
    assert client.models.get("own", label="latest").version == "5"
    assert client.models.get("own", version=2).version == "2"  # type: ignore[arg-type]
    registry.set_label(ws, "own", "champion", 1)
    assert client.models.get("own", label="champion").version == "1"
    (container,) = client.models.list()
    assert (container.name, container.version, container.latest_version) == ("own", None, "5")


def test_a_version_that_is_there_keeps_its_path(client: MLClient, project: Path, pickled: Path) -> None:
    client.models.create_or_update(Model(name="own", version="1", path=pickled))
    changed = client.models.create_or_update(Model(name="own", version="1", path=pickled, description="told"))
    assert changed.description == "told"
    (project / "other.pkl").write_bytes(b"other")
    with pytest.raises(AssetPathException):
        client.models.create_or_update(Model(name="own", version="1", path="other.pkl"))


def test_download_archive_restore(client: MLClient, project: Path, pickled: Path) -> None:
    client.models.create_or_update(Model(name="own", path=pickled))
    client.models.download("own", "1", download_path=project / "got")
    assert tree(project / "got") == ["own/model.pkl"]
    client.models.archive("own", version="1")
    assert list(client.models.list("own")) == []
    client.models.restore("own", version="1")
    client.models.archive("own")
    assert [each.name for each in client.models.list(list_view_type=ListViewType.ARCHIVED_ONLY)] == ["own"]


def test_a_model_of_a_job(
    client: MLClient, ws: Workspace, script: Callable[..., Command], waiting: None
) -> None:
    job = client.create_or_update(
        script(
            """
            import os
            os.makedirs("outputs/model")
            open("outputs/model/MLmodel", "w").write("flavors: {sklearn: {pickled_model: m.pkl}}")
            open("outputs/model/m.pkl", "w").write("weights")
            """
        )
    )
    made = client.models.create_or_update(
        Model(
            name="own",
            path=f"azureml://jobs/{job.name}/outputs/artifacts/paths/outputs/model/",
            type="mlflow_model",
        )
    )
    assert made.job_name == job.name
    assert made.flavors == {"sklearn": {"pickled_model": "m.pkl"}}
    assert f"/datastores/workspaceartifactstore/paths/ExperimentRun/dcid.{job.name}/outputs/model" in str(
        made.path
    )
    by_run = client.models.create_or_update(
        Model(name="own", path=f"runs:/{job.name}/outputs/model", type="mlflow_model")
    )
    assert (by_run.version, by_run.job_name) == ("2", job.name)
    user = client.create_or_update(
        script(
            "import pathlib, sys; print(sorted(each.name for each in pathlib.Path(sys.argv[1]).iterdir()))",
            line="python main.py ${{inputs.model}}",
            inputs={"model": Input(type="mlflow_model", path="azureml:own@latest")},
        )
    )
    assert user.status == "Completed"
    assert user.inputs["model"].path == "own:2"


def test_refusals(client: MLClient, pickled: Path) -> None:
    def make(**given: Any) -> None:
        client.models.create_or_update(Model(**given))

    with pytest.raises(ValidationException, match="No such file or directory"):
        make(name="own", path="missing")
    with pytest.raises(ValidationException, match="mlflow_model cannot register a file"):
        make(name="own", path=pickled, type="mlflow_model")
    with pytest.raises(HttpResponseError, match="model name is invalid"):
        make(name="a b", path=pickled)
    with pytest.raises(ResourceNotFoundError, match="no-such-job"):
        make(name="own", path="azureml://jobs/no-such-job/outputs/artifacts/paths/model/")
    with pytest.raises(ValidationException, match="Must provide either version or label"):
        client.models.get("own")
    with pytest.raises(ResourceNotFoundError):
        client.models.get("own", version="1")
    with pytest.raises(ResourceNotFoundError):
        list(client.models.list("own"))


def test_what_is_not_there_is_named_as_the_learner_named_it(
    client: MLClient, script: Callable[..., Command], project: Path, waiting: None
) -> None:
    job = client.create_or_update(script())
    for path in (
        f"azureml://jobs/{job.name}/outputs/artifacts/paths/none/",
        "azureml://datastores/workspaceblobstore/paths/none/",
    ):
        with pytest.raises(ResourceNotFoundError, match=f"{path}.*cannot be found") as caught:
            client.models.create_or_update(Model(name="own", path=path))
        assert str(project.parent) not in str(caught.value)
    (project / "plain").mkdir()
    (project / "plain" / "model.pkl").write_text("x")
    with pytest.raises(HttpResponseError, match="plain/ is no MLflow model") as refused:
        client.models.create_or_update(Model(name="own", path="plain", type="mlflow_model"))
    assert str(project.parent) not in str(refused.value)


def test_flavors_that_were_given_come_back(client: MLClient, pickled: Path) -> None:
    flavors = {"sklearn": {"sklearn_version": "1.5.0"}, "python_function": {"loader_module": "office"}}
    made = client.models.create_or_update(Model(name="own", path=pickled, flavors=flavors))
    assert made.flavors == flavors
    assert client.models.get("own", version="1").flavors == flavors
    made.flavors = {"sklearn": {"sklearn_version": "1.6.0"}}
    assert client.models.create_or_update(made).flavors == made.flavors
    assert client.models.create_or_update(Model(name="own", path=pickled)).flavors is None


def test_a_model_that_is_a_named_output_is_where_the_output_is(
    client: MLClient, ws: Workspace, script: Callable[..., Command], waiting: None
) -> None:
    outputs = {"made": Output(type="custom_model", name="own")}
    job = client.create_or_update(script(line="echo M > ${{outputs.made}}/model.pkl", outputs=outputs))
    model = client.models.get("own", label="latest")
    assert (model.job_name, model.type) == (job.name, "custom_model")
    assert model.path == uris.long_uri(ws, "workspaceblobstore", f"azureml/{job.name}/made/")


def test_the_path_of_a_model_that_came_another_way_can_be_used(
    client: MLClient, ws: Workspace, script: Callable[..., Command], pickled: Path, waiting: None
) -> None:
    main = "import pathlib; pathlib.Path('outputs').mkdir(exist_ok=True); pathlib.Path('outputs/m.txt').write_text('M')"
    job = client.create_or_update(script(main))
    registry.register(ws, "from-run", artifact="outputs/m.txt", run_id=str(job.name))  # as SDK v1's Run does
    registry.register(ws, "from-file", pickled)  # as its Model.register does
    tracking = Tracking(ws)
    folder = tracking.artifacts.folder(tracking.create_run("trials", "mine").id).parent / "logged"
    folder.mkdir(parents=True)
    (folder / "MLmodel").write_text("flavors: {python_function: {loader_module: m}}")
    with Database(ws).writing() as connection:  # as MLflow does, which copies nothing
        rows.insert(connection, "logged", 1, folder.as_uri(), None, "mine", {}, {"created_by": "me"})
    assert str(client.models.get("from-run", "1").path).endswith(
        f"ExperimentRun/dcid.{job.name}/outputs/m.txt"
    )
    for name in ("from-run", "from-file", "logged"):
        model = client.models.get(name, "1")
        assert str(model.path).startswith(
            f"azureml://subscriptions/{ws.subscription_id}/resourcegroups/rg-dp100/"
        )
        given = Input(type="custom_model", path=str(model.path))
        after = client.create_or_update(script(line="ls ${{inputs.x}}", inputs={"x": given}))
        assert after.status == "Completed"
        model.tags = {"seen": "yes"}
        assert client.models.create_or_update(model).version == "1"


def test_a_model_of_sdk_v1_gets_tags_through_v2(client: MLClient, ws: Workspace, pickled: Path) -> None:
    registry.register(ws, "rides", pickled, tags={"trained_on": "may"})  # as SDK v1's Model.register does
    model = client.models.get("rides", version="1")
    model.tags = {**model.tags, "stage": "production"}
    changed = client.models.create_or_update(model)
    assert (changed.version, changed.tags) == ("1", {"trained_on": "may", "stage": "production"})
    assert [each.version for each in client.models.list("rides")] == ["1"]
