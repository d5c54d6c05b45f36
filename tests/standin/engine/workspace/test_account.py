from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace import account, workspace
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace


def test_account_is_made_up_once_and_kept() -> None:
    first, second = Account.load(), Account.load()
    assert first == second
    assert uuid.UUID(first.subscription_id).version == 4
    assert first.tenant_id != first.subscription_id
    assert "@" in first.user
    assert first.groups == {}


def test_each_home_has_an_account_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Account.load().subscription_id
    monkeypatch.setenv("DP100_HOME", str(tmp_path / "elsewhere"))
    assert Account.load().subscription_id != here


def test_groups_are_made_found_and_listed() -> None:
    made = account.create_group("rg-b", "East US 2", {"team": "ml"})
    account.create_group("RG-a", "westeurope")
    assert made.location == "eastus2"
    assert made.id == f"/subscriptions/{Account.load().subscription_id}/resourceGroups/rg-b"
    assert Account.load().group("RG-B") == made
    assert [each.name for each in account.list_groups()] == ["RG-a", "rg-b"]


def test_making_a_group_again_changes_its_tags_only() -> None:
    account.create_group("rg", "eastus", {"a": "1"})
    assert account.create_group("RG", "eastus").tags == {"a": "1"}
    assert account.create_group("rg", "eastus", {"b": "2"}).tags == {"b": "2"}
    assert len(account.list_groups()) == 1
    with pytest.raises(Invalid, match="already exists in location 'eastus'") as raised:
        account.create_group("rg", "westus")
    assert raised.value.code == "InvalidResourceGroupLocation"


@pytest.mark.parametrize("name", ["", "ends.", "a/b", "../x", "sp ace", "x" * 91])
def test_bad_group_names_are_refused(name: str) -> None:
    with pytest.raises(Invalid, match="resource group name"):
        account.create_group(name, "eastus")
    assert account.list_groups() == []


def test_a_region_that_there_is_not_is_refused_with_close_ones() -> None:
    with pytest.raises(Invalid, match=r"'eastus3'.*Did you mean.*eastus") as raised:
        account.create_group("rg", "eastus3")
    assert raised.value.code == "LocationNotAvailableForResourceType"


def test_deleting_a_group_deletes_its_workspaces(ws: Workspace) -> None:
    account.delete_group("RG-DP100")
    assert not ws.folder.exists()
    assert workspace.list_workspaces() == []
    with pytest.raises(NotFound, match="'rg-dp100' could not be found") as raised:
        account.delete_group("rg-dp100")
    assert raised.value.code == "ResourceGroupNotFound"


def test_defaults_are_kept_and_taken_away() -> None:
    account.set_defaults({"group": "rg", "workspace": "ws"})
    assert account.set_defaults({"workspace": "other"}) == {"group": "rg", "workspace": "other"}
    assert account.set_defaults({"group": ""}) == {"workspace": "other"}
    assert Account.load().defaults == {"workspace": "other"}
