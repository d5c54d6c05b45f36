"""Settings of a job that mean nothing here are kept and shown; what would be missed is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import Input, Output, load_job
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import (
    AmlTokenConfiguration,
    Command,
    Data,
    JobResourceConfiguration,
    JupyterLabJobService,
    ManagedIdentityConfiguration,
    Model,
    QueueSettings,
    SshJobService,
    TensorBoardJobService,
    UserIdentityConfiguration,
    VsCodeJobService,
)
from azure.ai.ml.exceptions import MlException
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError

from dp100.standin import NotOffline
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.jobs import logs
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient

Script = Callable[..., Command]


@pytest.fixture
def submitted(client: MLClient, script: Script, waiting: None) -> Callable[..., Any]:
    """Submits a script with settings and gets it back."""

    def submit(**given: Any) -> Any:
        made = client.jobs.create_or_update(script(**given))
        assert made.status == "Completed"
        return client.jobs.get(str(made.name))

    return submit


# --- settings --------------------------------------------------------------------------------------------


def test_what_the_container_would_get_is_shown_again(submitted: Callable[..., Any]) -> None:
    job = submitted(
        shm_size="4g",
        docker_args="--ipc=host -m 4g --ulimit memlock=-1",
        locations=["westeurope"],
        instance_type="Standard_DS11_v2",
    )
    assert job.resources.shm_size == "4g"
    assert job.resources.docker_args == "--ipc=host -m 4g --ulimit memlock=-1"
    assert job.resources.locations == ["westeurope"]
    assert job.resources.instance_type == "Standard_DS11_v2"


def test_docker_arguments_as_a_list(client: MLClient, script: Script, waiting: None) -> None:
    job = script()
    job.resources = JobResourceConfiguration(
        docker_args=["--gpus", "all"], max_instance_count=2, properties={"a": {"b": 1}}
    )
    found = client.jobs.get(str(client.jobs.create_or_update(job).name)).resources
    assert found.docker_args == ["--gpus", "all"]
    assert (found.max_instance_count, dict(found.properties)) == (2, {"a": {"b": 1}})


@pytest.mark.parametrize(
    "given",
    ["-e SECRET=1", "--env-file x", "-v /data:/data", "--mount type=bind", "-p 80:80", ["--user", "root"]],
)
def test_docker_arguments_that_would_bring_something_are_refused(
    client: MLClient, script: Script, given: Any
) -> None:
    job = script(docker_args=given) if isinstance(given, str) else script()
    if not isinstance(given, str):
        job.resources = JobResourceConfiguration(docker_args=given)
    option = (given if isinstance(given, str) else given[0]).split()[0]
    with pytest.raises(NotOffline, match=f"docker_args: {option} "):
        client.jobs.create_or_update(job)


@pytest.mark.parametrize(
    "identity",
    [
        ManagedIdentityConfiguration(client_id="11111111-1111-1111-1111-111111111111"),
        UserIdentityConfiguration(),
        AmlTokenConfiguration(),
    ],
)
def test_the_identity_is_shown_again(submitted: Callable[..., Any], identity: Any) -> None:
    found = submitted(identity=identity).identity
    assert type(found) is type(identity)
    assert vars(found) == vars(identity)


def test_the_queue_is_shown_again(client: MLClient, script: Script, waiting: None) -> None:
    job = script(compute=None)
    job.queue_settings = QueueSettings(job_tier="Spot", priority="low")
    found = client.jobs.get(str(client.jobs.create_or_update(job).name)).queue_settings
    assert (found.job_tier, found.priority) == ("Spot", "low")


@pytest.mark.parametrize(
    ("service", "kind"),
    [
        (SshJobService(ssh_public_keys="key"), "ssh"),
        (TensorBoardJobService(log_dir="outputs"), "tensor_board"),
        (JupyterLabJobService(), "jupyter_lab"),
        (VsCodeJobService(), "vs_code"),
    ],
)
def test_no_application_listens_beside_a_job(
    client: MLClient, script: Script, service: Any, kind: str
) -> None:
    with pytest.raises(NotOffline, match=rf"The service 'mine' \({kind}\)"):
        client.jobs.create_or_update(script(services={"mine": service}))
    assert list(client.jobs.list()) == []


def test_services_in_yaml_are_refused_too(client: MLClient, script: Script, project: Path) -> None:
    script()
    (project / "job.yml").write_text(
        "command: python main.py\ncode: src\nenvironment: azureml:AzureML-Minimal@latest\ncompute: azureml:cpu\n"
        "services:\n  mine:\n    type: vs_code\n"
    )
    with pytest.raises(NotOffline, match="'mine'"):
        client.jobs.create_or_update(load_job(project / "job.yml"))


def test_a_job_has_no_services_of_its_own_to_show(client: MLClient, submitted: Callable[..., Any]) -> None:
    """The real method gives None for a job that was given none: run history has no instances of any."""
    job = submitted()
    assert client.jobs.show_services(job.name) is None
    assert set(job.services) == {"Tracking", "Studio"}
    with pytest.raises(ResourceNotFoundError):
        client.jobs.show_services("nope")


def test_one_that_comes_back_can_be_changed(client: MLClient, submitted: Callable[..., Any]) -> None:
    job = submitted(shm_size="1g")
    job.display_name = "renamed"
    assert client.jobs.create_or_update(job).display_name == "renamed"


# --- lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", [ListViewType.ALL, "All", "all", "ALL"])
def test_a_view_is_a_list_view_type_or_its_text(client: MLClient, project: Path, view: Any) -> None:
    (project / "f").write_text("f")
    client.data.create_or_update(Data(name="d", path="f", type="uri_file"))
    client.data.archive("d", "1")
    client.models.create_or_update(Model(name="m", path="f"))
    client.models.archive("m", "1")
    assert [each.name for each in client.data.list(list_view_type=view)] == ["d"]
    assert [each.version for each in client.models.list("m", list_view_type=view)] == ["1"]
    assert list(client.data.list(list_view_type="activeonly")) == []  # type: ignore[arg-type]
    assert list(client.models.list("m", list_view_type="activeonly")) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("operations", ["data", "models", "jobs", "components", "environments"])
def test_a_view_that_is_none_is_refused_by_the_service(client: MLClient, operations: str) -> None:
    found = getattr(client, operations).list(list_view_type="ACTIVE_ONLY")
    with pytest.raises(HttpResponseError, match="'ACTIVE_ONLY' is not valid") as caught:
        next(iter(found))
    assert caught.value.status_code == 400


def test_children_of_what_is_not_there(client: MLClient, ws: Workspace) -> None:
    with pytest.raises(ResourceNotFoundError):
        client.jobs.list(parent_job_name="nope")  # at once, as the real client looks the parent up
    Tracking(ws).create_run("trials", "mine")
    assert list(client.jobs.list(parent_job_name="mine")) == []


# --- paths and types -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("azureml://datastores/nope/paths/a", ResourceNotFoundError, "Could not find datastore: nope"),
        ("azureml://datastores/workspaceblobstore/paths/../../a", HttpResponseError, r"'\.\.' is not allowed"),
        ("azureml://subscriptions/{s}/resourcegroups/rg-dp100/workspaces/mlw-dp100/datastores/nope/paths/a",
         ResourceNotFoundError, "nope"),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_refused_at_once(
    client: MLClient, ws: Workspace, script: Script, path: str, error: type[Exception], message: str
) -> None:
    path = path.format(s=ws.subscription_id)
    for kind in ("uri_file", "uri_folder", "mltable"):
        with pytest.raises(error, match=message):
            client.data.create_or_update(Data(name="d", path=path, type=kind))
    assert AssetStore(ws, "data").names() == []
    with pytest.raises(error, match=message):
        client.jobs.create_or_update(script(inputs={"data": Input(type="uri_file", path=path)}))
    assert list(client.jobs.list()) == []


def test_what_is_not_there_yet_may_be_registered(client: MLClient) -> None:
    made = client.data.create_or_update(
        Data(name="d", path="azureml://datastores/workspaceblobstore/paths/later/", type="uri_folder")
    )
    assert str(made.path).endswith("/paths/later/")
    client.data.create_or_update(Data(name="e", path="https://example.com/a.csv", type="uri_file"))


@pytest.mark.parametrize("reference", ["azureml:{}:1", "azureml:{}@latest", "{}:1", "id"])
@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("uri_file", "mltable"),
        ("uri_file", "uri_folder"),
        ("uri_folder", "uri_file"),
        ("uri_folder", "mlflow_model"),
    ],
)
def test_an_asset_of_another_type_is_refused(
    client: MLClient, ws: Workspace, script: Script, project: Path, reference: str, kind: str, wanted: str
) -> None:
    (project / "f").mkdir()
    (project / "f" / "x").write_text("x")
    made = client.data.create_or_update(
        Data(name="d", path="f" if kind == "uri_folder" else "f/x", type=kind)
    )
    path = str(made.id) if reference == "id" else reference.format("d")
    if wanted == "mlflow_model" and reference != "id":
        pytest.skip("such a reference names a model")
    with pytest.raises(
        HttpResponseError, match=f"'data' has the type {wanted}.* {kind} of the data asset d:1"
    ):
        client.jobs.create_or_update(script(inputs={"data": Input(type=wanted, path=path)}))


def test_a_table_may_be_given_as_the_folder_that_it_is(
    client: MLClient, ws: Workspace, script: Script, project: Path, waiting: None
) -> None:
    """Without a type an input is a folder, and Microsoft's own examples give it the id of an mltable."""
    (project / "t").mkdir()
    (project / "t" / "a.csv").write_text("x\n7\n")
    (project / "t" / "MLTable").write_text(
        "paths:\n  - file: ./a.csv\ntransformations:\n  - read_delimited\n"
    )
    made = client.data.create_or_update(Data(name="t", path="t", type="mltable"))
    job = script(
        "import os, sys; print(sorted(os.listdir(sys.argv[1])))",
        line="python main.py ${{inputs.data}}",
        inputs={"data": Input(path=str(made.id))},
    )
    name = str(client.jobs.create_or_update(job).name)
    assert logs.read(ws, name) == "['MLTable', 'a.csv']\n"


def test_a_model_of_another_type_is_refused(client: MLClient, script: Script, project: Path) -> None:
    (project / "m.pkl").write_text("m")
    made = client.models.create_or_update(Model(name="m", path="m.pkl"))
    for wanted, path in (("mlflow_model", "azureml:m:1"), ("uri_file", str(made.id))):
        with pytest.raises(HttpResponseError, match=f"{wanted}.* custom_model of the model m:1"):
            client.jobs.create_or_update(script(inputs={"data": Input(type=wanted, path=path)}))


def test_a_dataset_of_sdk_v1_may_be_read_as_a_table(
    client: MLClient, ws: Workspace, script: Script, waiting: None
) -> None:
    spec = {
        "type": "uri_folder",
        "path": "azureml://datastores/workspaceblobstore/paths/x/",
        "v1": {"id": "1"},
    }
    AssetStore(ws, "data").create("old", "1", spec)
    given = Input(type="mltable", path="azureml:old:1", mode="direct")
    job = client.jobs.create_or_update(script(inputs={"data": given}))
    assert job.status == "Completed"


def test_outputs_of_a_job_are_inputs_of_the_next(
    client: MLClient, ws: Workspace, script: Script, waiting: None
) -> None:
    write = (
        "import pathlib, sys; pathlib.Path(sys.argv[1], 'x.csv').write_text('1'); "
        "pathlib.Path('outputs/m.pkl').write_text('m')"
    )
    first = client.jobs.create_or_update(
        script(write, line="python main.py ${{outputs.made}}", outputs={"made": Output(type="uri_folder")})
    )
    read = "import os, sys; print(os.path.basename(sys.argv[1].rstrip('/')), sorted(os.listdir(sys.argv[1])))"
    for path, kind, inside in (
        (f"azureml://jobs/{first.name}/outputs/made", "uri_folder", "x.csv"),
        (f"azureml:azureml_{first.name}_output_data_made:1", "uri_folder", "x.csv"),
        (f"azureml://jobs/{first.name}/outputs/artifacts/paths/outputs/", "custom_model", "m.pkl"),
    ):
        job = client.jobs.create_or_update(
            script(read, line="python main.py ${{inputs.data}}", inputs={"data": Input(type=kind, path=path)})
        )
        text = Tracking(ws).artifacts.read(str(job.name), "user_logs/std_log.txt").decode()
        assert f"['{inside}']" in text
    assert client.data.get(f"azureml_{first.name}_output_data_made", "1").type == "uri_folder"
    with pytest.raises(MlException):
        client.data.get(f"azureml_{first.name}_output_data_made", "1", label="latest")
