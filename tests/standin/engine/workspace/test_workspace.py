from __future__ import annotations

import re
from pathlib import Path

import pytest

from dp100.standin.engine.data import datastores
from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.workspace import account, workspace
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace

ARM = "Microsoft.MachineLearningServices/workspaces"


def test_a_new_workspace_tells_what_the_service_would(ws: Workspace) -> None:
    record = ws.record
    subscription = Account.load().subscription_id
    assert (
        ws.id
        == f"/subscriptions/{subscription}/resourceGroups/rg-dp100/providers/{ARM}/mlw-dp100"
        == record["id"]
    )
    assert record["location"] == "eastus"
    assert record["friendly_name"] == "mlw-dp100"
    assert record["container_registry"] is None
    assert record["hbi_workspace"] is False
    assert re.search(r"/Microsoft\.Storage/storageAccounts/[a-z0-9]{3,24}$", record["storage_account"])
    assert re.search(r"/Microsoft\.Keyvault/vaults/[a-z0-9]{3,24}$", record["key_vault"])
    assert "/Microsoft.Insights/components/" in record["application_insights"]
    assert record["discovery_url"] == "https://eastus.api.azureml.ms/discovery"
    assert record["mlflow_tracking_uri"] == f"sqlite:///{(ws.folder / 'mlflow.db').as_posix()}"


def test_a_new_workspace_has_the_four_datastores(ws: Workspace) -> None:
    stores = {each.name: each for each in datastores.list(ws)}
    assert set(stores) == {
        "workspaceblobstore",
        "workspacefilestore",
        "workspaceartifactstore",
        "workspaceworkingdirectory",
    }
    assert datastores.default(ws).name == "workspaceblobstore"
    assert stores["workspaceblobstore"].container == f"azureml-blobstore-{ws.record['workspace_id']}"
    assert stores["workspaceartifactstore"].container == "azureml"
    assert {each.type for each in stores.values()} == {"AzureBlob", "AzureFile"}


def test_what_it_is_created_with_is_shown_again(group: str) -> None:
    ws = workspace.create(
        group,
        "other",
        location="West Europe",
        description="Churn",
        tags={"team": "ml"},
        storage_account="mystorage",
        public_network_access="Disabled",
        image_build_compute="cpu",
    )
    record = ws.record
    assert record["location"] == "westeurope"
    assert record["description"] == "Churn"
    assert record["tags"] == {"team": "ml"}
    assert record["storage_account"].endswith("/storageAccounts/mystorage")
    assert datastores.default(ws).account == "mystorage"
    assert record["public_network_access"] == "Disabled"
    assert record["image_build_compute"] == "cpu"


def test_it_is_found_with_or_without_its_group_in_any_case(ws: Workspace) -> None:
    assert workspace.open_workspace("MLW-dp100") == ws
    assert workspace.open_workspace("mlw-dp100", "RG-dp100", Account.load().subscription_id.upper()) == ws


def test_one_that_is_not_there_is_named(ws: Workspace) -> None:
    with pytest.raises(
        NotFound, match=f"The Resource '{ARM}/nope' under resource group 'rg-dp100' was not found"
    ):
        workspace.open_workspace("nope", "rg-dp100")
    with pytest.raises(NotFound) as raised:
        workspace.open_workspace("mlw-dp100", subscription_id="11111111-0000-0000-0000-000000000000")
    assert raised.value.code == "SubscriptionNotFound"


def test_two_groups_may_have_one_of_the_same_name(ws: Workspace) -> None:
    account.create_group("rg-two", "westus")
    second = workspace.create("rg-two", "mlw-dp100")
    assert second.record["location"] == "westus"
    with pytest.raises(Invalid, match="rg-dp100, rg-two"):
        workspace.open_workspace("mlw-dp100")
    assert workspace.open_workspace("mlw-dp100", "rg-two") == second
    assert workspace.list_workspaces() == [ws, second]
    assert workspace.list_workspaces("RG-TWO") == [second]


def test_creating_it_twice_is_refused_unless_that_is_fine(ws: Workspace) -> None:
    with pytest.raises(
        AlreadyExists, match="'MLW-DP100' already exists under resource group with name 'rg-dp100'"
    ):
        workspace.create("rg-dp100", "MLW-DP100")
    assert workspace.create("rg-dp100", "mlw-dp100", exist_ok=True, description="ignored") == ws
    assert ws.record["description"] is None


@pytest.mark.parametrize(
    "name", ["", "ab", "-abc", "a" * 34, "with space", "../../x", "naïve", "a.b.c", "abc\n"]
)
def test_bad_names_are_refused_as_the_sdk_does(group: str, name: str) -> None:
    with pytest.raises(Invalid, match="Workspace name must be between 3 and 33 characters long"):
        workspace.create(group, name)
    assert workspace.list_workspaces() == []


def test_the_group_has_to_be_there_unless_it_may_be_made() -> None:
    with pytest.raises(NotFound, match="Resource group 'new' could not be found"):
        workspace.create("new", "mlw")
    ws = workspace.create("new", "mlw", location="northeurope", create_resource_group=True)
    assert Account.load().group("new").location == "northeurope"
    assert ws.group == "new"


def test_update_changes_what_may_change(ws: Workspace) -> None:
    etag = ws.record["etag"]
    record = workspace.update(ws, description="New", tags={"a": "1"}, friendly_name="Friendly")
    assert (record["description"], record["tags"], record["friendly_name"]) == ("New", {"a": "1"}, "Friendly")
    assert record["etag"] != etag
    assert ws.record == record
    with pytest.raises(Invalid, match="'location' of a workspace cannot be changed"):
        workspace.update(ws, location="westus")


def test_a_deleted_workspace_is_gone(ws: Workspace) -> None:
    workspace.delete(ws)
    assert workspace.list_workspaces() == []
    assert not ws.folder.exists()
    with pytest.raises(NotFound):
        _ = ws.record
    with pytest.raises(NotFound):
        workspace.delete(ws)
    assert workspace.create("rg-dp100", "mlw-dp100").record["workspace_id"]


def test_one_damaged_workspace_does_not_hide_the_others(ws: Workspace) -> None:
    broken = workspace.create("rg-dp100", "broken")
    (broken.folder / "workspace.yaml").write_text("{")
    assert workspace.list_workspaces() == [ws]


def test_a_moved_home_still_works(
    ws: Workspace, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.rename(tmp_path / "moved")
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "moved"))
    there = workspace.open_workspace("mlw-dp100")
    assert str(tmp_path / "moved") in there.record["mlflow_tracking_uri"]
    assert datastores.folder(there, "workspaceblobstore").is_dir()
