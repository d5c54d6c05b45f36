"""What a service principal with each role may do through SDK v2."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import command
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AmlCompute,
    AzureBlobDatastore,
    Command,
    ComputeInstance,
    Data,
    Environment,
    Model,
)
from azure.core.exceptions import HttpResponseError

from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import Credential


class ServicePrincipal(Credential):
    """A credential as those of the stand-in are: it knows whom it stands for."""

    _refused = None

    def __init__(self, principal: Principal) -> None:
        self._principal = principal


def client_of(ws: Workspace, *roles: str) -> MLClient:
    principal = access.register_principal("-".join(roles) or "nobody").principal
    for role in roles:
        access.assign(ws, principal, role)
    return MLClient(ServicePrincipal(principal), ws.subscription_id, ws.group, ws.name)  # type: ignore[arg-type]


def forbidden(act: Any, action: str) -> None:
    with pytest.raises(HttpResponseError) as caught:
        act()
    assert caught.value.status_code == 403
    assert f"/workspaces/{action}'" in str(caught.value)


@pytest.fixture
def filled(client: MLClient, project: Path) -> MLClient:
    (project / "m.pkl").write_text("m")
    client.models.create_or_update(Model(name="m", path="m.pkl"))
    client.data.create_or_update(Data(name="d", path="m.pkl", type="uri_file"))
    client.environments.create_or_update(Environment(name="e", image="python:3.11"))
    client.compute.begin_create_or_update(ComputeInstance(name="ci-one"))
    client.compute.begin_create_or_update(AmlCompute(name="cpu"))
    client.datastores.create_or_update(
        AzureBlobDatastore(
            name="mine",
            account_name="a",
            container_name="c",
            credentials=AccountKeyConfiguration(account_key="hidden"),
        )
    )
    return client


def test_a_reader_sees_everything_but_secrets(filled: MLClient, ws: Workspace) -> None:
    reader = client_of(ws, "Reader")
    assert [each.name for each in reader.models.list()] == ["m"]
    assert reader.data.get("d", "1").name == "d"
    assert {each.name for each in reader.compute.list()} == {"ci-one", "cpu"}
    assert list(reader.jobs.list()) == []
    found: Any = reader.datastores.get("mine")
    assert (found.account_name, found.credentials.account_key) == ("a", None)
    assert len(list(reader.datastores.list())) == 5
    for act in (
        lambda: reader.datastores.get("mine", include_secrets=True),
        lambda: reader.datastores.get_default(include_secrets=True),
        lambda: list(reader.datastores.list(include_secrets=True)),
    ):
        forbidden(act, "datastores/listsecrets/action")
    assert filled.datastores.get("mine", include_secrets=True).credentials.account_key == "hidden"


def test_a_reader_changes_nothing(filled: MLClient, ws: Workspace) -> None:
    reader = client_of(ws, "Reader")
    (Path.cwd() / "other.pkl").write_text("o")
    forbidden(lambda: reader.models.archive("m", "1"), "models/write")
    forbidden(
        lambda: reader.models.create_or_update(Model(name="m", path="other.pkl")),
        "datastores/listsecrets/action",
    )
    forbidden(lambda: reader.data.archive("d", "1"), "datasets/versions/write")
    same = Environment(name="e", image="python:3.11")  # the service is asked though it would change nothing
    forbidden(lambda: reader.environments.create_or_update(same), "environments/write")
    forbidden(lambda: reader.compute.begin_stop("ci-one"), "computes/stop/action")
    forbidden(lambda: list(reader.compute.list_nodes("cpu")), "computes/listNodes/action")
    forbidden(lambda: reader.compute.begin_delete("cpu"), "computes/delete")
    forbidden(lambda: reader.jobs.create_or_update(job()), "jobs/write")
    assert [each.name for each in filled.models.list()] == ["m"]


def test_a_compute_operator_needs_not_see_the_workspace(filled: MLClient, ws: Workspace) -> None:
    """The role has computes/* only, and the real client asks for no more where the service does not."""
    operator = client_of(ws, "AzureML Compute Operator")
    compute = operator.compute
    compute.begin_stop("ci-one").result()
    assert compute.get("ci-one").state == "Stopped"  # type: ignore[attr-defined]
    compute.begin_start("ci-one").result()
    compute.begin_restart("ci-one").result()
    assert {each.name for each in compute.list()} == {"ci-one", "cpu"}
    assert list(compute.list_nodes("cpu")) == []
    compute.begin_create_or_update(AmlCompute(name="gpu", location="eastus")).result()
    # Without a location, and for other types, the client looks the workspace's region up.
    forbidden(lambda: compute.begin_create_or_update(AmlCompute(name="tpu")), "read")
    forbidden(lambda: compute.begin_create_or_update(ComputeInstance(name="ci-two")), "read")
    compute.begin_delete("cpu").result()
    for act in (
        lambda: operator.data.get("d", "1"),
        lambda: list(operator.models.list()),
        operator.workspaces.get,
    ):
        forbidden(act, "read")


def test_a_data_scientist_submits_and_makes_no_compute(filled: MLClient, ws: Workspace) -> None:
    scientist = client_of(ws, "AzureML Data Scientist")
    made = scientist.jobs.create_or_update(job())
    assert made.creation_context.created_by == "AzureML Data Scientist"
    scientist.models.archive("m", "1")
    assert scientist.datastores.get("mine", include_secrets=True).credentials.account_key == "hidden"
    forbidden(lambda: scientist.compute.begin_create_or_update(AmlCompute(name="gpu")), "computes/write")


def test_who_has_no_role_is_refused(filled: MLClient, ws: Workspace) -> None:
    nobody = client_of(ws)
    forbidden(lambda: nobody.compute.begin_stop("ci-one"), "computes/stop/action")
    forbidden(lambda: nobody.models.get("m", "1"), "read")


def test_a_target_that_is_not_there_is_told_as_ever(ws: Workspace, client: MLClient) -> None:
    with pytest.raises(HttpResponseError, match="Not found compute with name nope"):
        client_of(ws, "AzureML Compute Operator").compute.begin_start("nope")


def job() -> Command:
    return command(command="echo hello", environment="AzureML-Minimal@latest", experiment_name="trials")
