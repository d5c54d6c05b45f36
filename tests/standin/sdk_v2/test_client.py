from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from azure.ai.ml.entities import (
    AmlCompute,
    AzureBlobDatastore,
    Data,
    Environment,
    ManagedOnlineEndpoint,
    Model,
)
from azure.ai.ml.exceptions import ValidationException
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.core.polling import LROPoller

from dp100.standin import NotOffline
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import Credential

CONFIG = {"subscription_id": "s", "resource_group": "g", "workspace_name": "w"}


def test_nothing_is_looked_up_before_it_is_used(account: Account) -> None:
    client = MLClient(Credential(), account.subscription_id, "no-group", "no-workspace")
    assert (client.resource_group_name, client.workspace_name) == ("no-group", "no-workspace")
    found = client.data.list()  # not even now
    with pytest.raises(ResourceNotFoundError, match=r"\(ResourceNotFound\) .*no-workspace"):
        next(iter(found))
    with pytest.raises(ResourceNotFoundError):
        client.jobs.get("any")


def test_a_subscription_that_is_another_one(client: MLClient) -> None:
    other = MLClient(Credential(), "00000000-0000-0000-0000-000000000001", "rg-dp100", "mlw-dp100")
    with pytest.raises(ResourceNotFoundError) as caught:
        other.workspaces.get()
    assert caught.value.error is not None
    assert caught.value.error.code == "SubscriptionNotFound"
    assert caught.value.status_code == 404


def test_a_client_without_workspace_does_what_needs_none(client: MLClient) -> None:
    alone = MLClient(Credential(), client.subscription_id, "rg-dp100")
    assert [each.name for each in alone.workspaces.list()] == ["mlw-dp100"]
    with pytest.raises(ValidationException, match="workspace name"):
        alone.workspaces.get()


def test_what_the_constructor_refuses() -> None:
    with pytest.raises(ValueError, match="credential can not be None"):
        MLClient(None, "s", "g", "w")  # type: ignore[arg-type]
    with pytest.raises(ValidationException, match="cannot be used together"):
        MLClient(Credential(), "s", "g", "w", "registry")


@pytest.mark.parametrize(
    "place", ["config.json", ".azureml/config.json", "aml_config/config.json", "project.json"]
)
def test_from_config_finds_the_file_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(CONFIG))
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    client = MLClient.from_config(Credential())
    assert (client.subscription_id, client.resource_group_name, client.workspace_name) == ("s", "g", "w")
    assert MLClient.from_config(Credential(), path=file).workspace_name == "w"


def test_from_config_reads_the_scope_that_sdk_v1_writes(tmp_path: Path, ws: Workspace) -> None:
    (tmp_path / "mine.json").write_text(json.dumps({"Id": None, "Scope": ws.id}))
    client = MLClient.from_config(credential=Credential(), path=str(tmp_path), file_name="mine.json")
    found = client.workspaces.get()
    assert found is not None
    assert found.name == ws.name


def test_from_config_fails_with_the_words_of_the_real_one(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    with pytest.raises(
        ValidationException, match=r"We could not find config.json in: .*empty or in its parent"
    ):
        MLClient.from_config(Credential(), path=folder)
    (folder / "config.json").write_text("{")
    with pytest.raises(json.JSONDecodeError):
        MLClient.from_config(Credential(), path=folder)
    (folder / "config.json").write_text('{"workspace_name": "w"}')
    with pytest.raises(ValidationException, match="does not seem to contain the required parameters"):
        MLClient.from_config(Credential(), path=folder)


def test_create_or_update_finds_the_group_by_the_entity(client: MLClient, project: Path) -> None:
    (project / "file").write_text("x")
    made = [
        client.create_or_update(AzureBlobDatastore(name="more", account_name="a", container_name="c")),
        client.create_or_update(Environment(name="env", image="mcr.microsoft.com/azureml/base:1")),
        client.create_or_update(Model(name="model", path="file")),
    ]
    assert [type(each).__name__ for each in made] == ["AzureBlobDatastore", "Environment", "Model"]
    poller = client.begin_create_or_update(AmlCompute(name="cpu"))
    assert isinstance(poller, LROPoller)
    assert poller.done()
    assert poller.status() == "Succeeded"
    assert poller.result().name == "cpu"
    with pytest.raises(TypeError, match="create_or_update docstring"):
        client.create_or_update(Data(name="d", path="file"))  # as with the real one: data has its own group
    with pytest.raises(NotOffline, match=r"ml_client\.online_endpoints\.begin_create_or_update"):
        client.begin_create_or_update(ManagedOnlineEndpoint(name="endpoint"))


def test_a_service_principal_may_do_what_its_role_allows(client: MLClient, ws: Workspace) -> None:
    class Secret(Credential):
        _principal = access.register_principal("reader", "Reader", [ws.id]).principal

    reader = MLClient(Secret(), ws.subscription_id, ws.group, ws.name)
    assert {each.name for each in reader.datastores.list()} >= {"workspaceblobstore"}
    with pytest.raises(HttpResponseError) as caught:
        reader.compute.begin_create_or_update(AmlCompute(name="cpu"))
    assert caught.value.status_code == 403
    assert "(AuthorizationFailed) The client" in str(caught.value)
    client.compute.begin_create_or_update(AmlCompute(name="cpu"))  # the signed-in user still owns it all


def test_a_wrong_secret_is_refused_when_it_is_used(ws: Workspace) -> None:
    class Wrong(Credential):
        _refused = ValueError("wrong")

        def get_token(self, *scopes: str, **kwargs: object) -> object:
            raise ClientAuthenticationError(message="Authentication failed: AADSTS7000215")

    client = MLClient(Wrong(), ws.subscription_id, ws.group, ws.name)
    with pytest.raises(ClientAuthenticationError, match="AADSTS7000215"):
        client.workspaces.get()


def test_making_a_client_costs_little_and_brings_nothing_heavy() -> None:
    code = (
        "import sys, time; start = time.perf_counter(); import azure.ai.ml; before = set(sys.modules);"
        "middle = time.perf_counter(); from dp100.standin.sdk_v2.client import MLClient;"
        "MLClient(object(), 's', 'g', 'w').workspace_name; end = time.perf_counter();"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before};"
        "print((end - start) / (middle - start), sorted(new & {'mlflow', 'pandas', 'sklearn', 'psutil', 'numpy'}))"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        ).stdout.split(" ", 1)
        for _ in range(3)
    ]
    assert runs[0][1].strip() == "[]"
    assert min(float(ratio) for ratio, _ in runs) <= 1.2
