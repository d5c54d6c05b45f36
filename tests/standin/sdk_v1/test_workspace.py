"""Workspaces through SDK v1."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dp100.standin import NotOffline
from dp100.standin.engine.workspace import access
from tests.standin.sdk_v1.conftest import FACADE


def test_created_written_and_found_again(group: str, tmp_path: Path) -> None:
    from azureml.core import Workspace

    made = Workspace.create(
        "mlw-new", resource_group=group, location="eastus", tags={"team": "a"}, show_output=False
    )
    made.write_config(path=str(tmp_path))
    assert (tmp_path / ".azureml" / "config.json").is_file()
    below = tmp_path / "notebooks" / "one"
    below.mkdir(parents=True)
    found = Workspace.from_config(path=str(below))
    assert (found.name, found.resource_group, found.location) == ("mlw-new", group, "eastus")
    assert found == made
    assert found.tags["team"] == "a"
    assert found.tags["createdByToolkit"].startswith("sdk-v1-1.")


def test_a_taken_name_is_refused_unless_it_may_exist(workspace) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import WorkspaceException

    with pytest.raises(WorkspaceException, match="already exists"):
        Workspace.create(workspace.name, resource_group=workspace.resource_group)
    again = Workspace.create(
        workspace.name, resource_group=workspace.resource_group, exist_ok=True, show_output=False
    )
    assert again == workspace


def test_a_missing_group_is_made_only_with_a_location(home: Path) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import WorkspaceException

    with pytest.raises(WorkspaceException, match="location was not provided"):
        Workspace.create("mlw-x", resource_group="rg-none")
    with pytest.raises(WorkspaceException, match="Resource group was not found"):
        Workspace.create("mlw-x", resource_group="rg-none", location="eastus", create_resource_group=False)
    assert (
        Workspace.create("mlw-x", resource_group="rg-none", location="westus", show_output=False).location
        == "westus"
    )


def test_a_missing_workspace_has_the_sdks_exception(workspace) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import ProjectSystemException

    with pytest.raises(ProjectSystemException, match="Workspace not found"):
        Workspace.get("mlw-none", resource_group=workspace.resource_group)


@pytest.mark.parametrize("text", ["{", "[]", '{"workspace_name": "x"}'])
def test_a_bad_config_is_named(text: str) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import UserErrorException

    Path("config.json").write_text(text)
    with pytest.raises((UserErrorException, json.JSONDecodeError)):
        Workspace.from_config()


def test_no_config_is_explained() -> None:
    from azureml.core import Workspace
    from azureml.exceptions import UserErrorException

    with pytest.raises(UserErrorException, match="could not be found in"):
        Workspace.from_config()


def test_details_are_those_of_the_service(workspace) -> None:
    found = workspace.get_details()
    assert found["id"].endswith("/workspaces/mlw-dp100")
    assert found["type"] == "Microsoft.MachineLearningServices/workspaces"
    assert found["storageAccount"].split("/")[-3] == "Microsoft.Storage"
    assert workspace.update(description="for lessons")["description"] == "for lessons"


def test_list_and_delete(workspace) -> None:
    from azureml.core import Workspace

    assert list(Workspace.list(workspace.subscription_id)) == [workspace.name]
    workspace.delete()
    assert Workspace.list(workspace.subscription_id) == {}


def test_four_datastores_come_with_it(workspace) -> None:
    assert set(workspace.datastores) == {
        "workspaceblobstore",
        "workspacefilestore",
        "workspaceartifactstore",
        "workspaceworkingdirectory",
    }
    assert workspace.get_default_datastore().name == "workspaceblobstore"
    workspace.set_default_datastore("workspacefilestore")
    assert workspace.get_default_datastore().name == "workspacefilestore"


def test_secrets_are_kept(workspace) -> None:
    vault = workspace.get_default_keyvault()
    vault.set_secret("token", "hidden")
    assert vault.get_secret("token") == "hidden"
    assert vault.list_secrets() == [{"name": "token"}]
    vault.delete_secret("token")
    assert vault.get_secret("token") is None


def test_a_service_principal_has_its_roles(workspace) -> None:
    from azureml.core import Workspace
    from azureml.core.authentication import ServicePrincipalAuthentication
    from azureml.core.compute import AmlCompute, ComputeTarget
    from azureml.exceptions import AuthenticationException, ComputeTargetException

    given = access.register_principal("robot", "Reader", [workspace._ws.id])
    auth = ServicePrincipalAuthentication(given.tenant_id, given.principal.client_id, given.secret)
    seen = Workspace.get(workspace.name, auth=auth, resource_group=workspace.resource_group)
    assert seen.name == workspace.name
    with pytest.raises(ComputeTargetException, match="does not have authorization"):
        ComputeTarget.create(
            seen, "cpu", AmlCompute.provisioning_configuration("STANDARD_DS11_V2", max_nodes=1)
        )
    wrong = ServicePrincipalAuthentication(given.tenant_id, given.principal.client_id, "guess")
    with pytest.raises(AuthenticationException, match="AADSTS7000215"):
        Workspace.get(workspace.name, auth=wrong, resource_group=workspace.resource_group)


def test_what_needs_the_cloud_says_so(workspace) -> None:
    from azureml.core import Model
    from azureml.core.webservice import AciWebservice
    from azureml.train.automl import AutoMLConfig
    from azureml.train.hyperdrive import BanditPolicy, choice

    for call in (
        lambda: BanditPolicy(0.1),
        lambda: choice(1, 2),
        lambda: AutoMLConfig(task="classification"),
        lambda: Model.deploy(workspace, "service", []),
        lambda: workspace.diagnose_workspace({}),
        lambda: AciWebservice.deploy_configuration(cpu_cores=1),
    ):
        with pytest.raises(NotOffline, match="not available offline"):
            call()
    with pytest.raises(NotOffline, match=r"azureml\.train\.hyperdrive\.policy\.BanditPolicy"):
        BanditPolicy(0.1)


def test_reading_the_config_imports_nothing_heavy(workspace, tmp_path: Path) -> None:
    workspace.write_config(path=str(tmp_path))
    code = (
        "import sys; from azureml.core import Workspace; Workspace.from_config(); "
        "print([m for m in ('mlflow', 'sklearn', 'pandas', 'numpy', 'azure') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_importing_run_is_quick(tmp_path: Path) -> None:
    code = (
        "import time, sys; start = time.process_time(); from azureml.core import Run; "
        "print(time.process_time() - start, 'azureml.core.workspace' in sys.modules)"
    )
    done = [
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    assert FACADE.is_dir()
    assert min(float(seconds) for seconds, _ in done) < 0.15


def test_what_a_workspace_may_not_be_called(group: str) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import UserErrorException, WorkspaceException

    for name in ("a b", "ab", "-abc", "x" * 34, None):
        with pytest.raises(UserErrorException, match="Workspace name must be between 3 and 33"):
            Workspace.create(name, resource_group=group)
    with pytest.raises(WorkspaceException, match="Location not available for that subscription"):
        Workspace.create("mlw-x", resource_group=group, location="mars")


def test_another_subscription_is_explained(workspace) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import UserErrorException

    other = "00000000-1111-2222-3333-444444444444"
    for call in (
        lambda: Workspace.get(workspace.name, subscription_id=other, resource_group=workspace.resource_group),
        lambda: Workspace(other, workspace.resource_group, workspace.name),
        lambda: Workspace.list(other),
        lambda: Workspace.create("mlw-x", subscription_id=other, resource_group="rg", location="eastus"),
    ):
        with pytest.raises(UserErrorException, match=f"You don't have access to {other} subscription"):
            call()
    with pytest.raises(UserErrorException, match="subscription name, Offline subscription, instead of"):
        Workspace.list("Offline subscription")
    assert list(Workspace.list(workspace.subscription_id.upper())) == [workspace.name]


def test_a_workspace_that_is_gone_is_not_found(workspace) -> None:
    from azureml.core import Workspace
    from azureml.exceptions import ProjectSystemException

    workspace.delete()
    workspace.delete()  # Azure has nothing against deleting what is not there
    for call in (
        workspace.get_details,
        workspace.list_keys,
        lambda: workspace.update(tags={"a": "b"}),
        lambda: workspace.delete(delete_dependent_resources=True),
    ):
        with pytest.raises(ProjectSystemException, match=r"Workspace not found\."):
            call()
    with pytest.raises(ProjectSystemException, match=r"Workspaces not found\."):
        Workspace.list(workspace.subscription_id, resource_group="rg-none")


def test_the_sku_is_always_basic_and_a_private_endpoint_is_shown(
    group: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from azureml.core import PrivateEndPointConfig, Workspace

    made = Workspace.create(
        "mlw-x",
        resource_group=group,
        sku="enterprise",
        private_endpoint_config=PrivateEndPointConfig("pe-one", "vnet"),
    )
    assert "Deployed Workspace with name mlw-x" in capsys.readouterr().out
    assert made.sku == "Basic"
    endpoint = made.private_endpoints["pe-one"]
    assert endpoint.private_endpoint_resource_id.endswith("/Microsoft.Network/privateEndpoints/pe-one")
    assert made.get_details()["v1LegacyMode"] is True
    Workspace.create("mlw-x", resource_group=group, exist_ok=True)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", ["under_score", "a b", "", "../x", "x" * 128, "ä"])
def test_names_that_the_key_vault_does_not_take(workspace, name: str) -> None:
    from azureml._restclient.exceptions import ServiceException

    vault = workspace.get_default_keyvault()
    for call in (
        lambda: vault.set_secret(name, "hidden"),
        lambda: vault.set_secrets({"fine": "1", name: "2"}),
        lambda: vault.get_secret(name),
        lambda: vault.delete_secret(name),
    ):
        with pytest.raises(ServiceException, match="BadParameter"):
            call()
    assert vault.list_secrets() == []


def test_secrets_do_not_differ_by_case(workspace) -> None:
    vault = workspace.get_default_keyvault()
    vault.set_secret("Api-Key-1", "old")
    vault.set_secret("api-key-1", "new")
    assert vault.list_secrets() == [{"name": "Api-Key-1"}]
    assert vault.get_secret("API-KEY-1") == "new"
    vault.delete_secrets(["API-key-1", "not-there"])
    assert vault.list_secrets() == []
