from __future__ import annotations

import os
import stat
from typing import Any

import pytest

from dp100.standin.engine.data import datastores
from dp100.standin.engine.errors import AlreadyExists, Conflict, Invalid, NotFound
from dp100.standin.engine.workspace.workspace import Workspace

SECRET = "c2VjcmV0LXNlY3JldC1zZWNyZXQ="


@pytest.mark.parametrize(
    ("kind", "spec", "account", "container"),
    [
        ("AzureBlob", {"account_name": "acc", "container_name": "con"}, "acc", "con"),
        ("azure_blob", {"account_name": "acc", "container_name": "con"}, "acc", "con"),
        ("AzureFile", {"account_name": "acc", "file_share_name": "share"}, "acc", "share"),
        ("AzureDataLakeGen2", {"account_name": "acc", "filesystem": "fs"}, "acc", "fs"),
        ("AzureDataLake", {"store_name": "lake"}, "lake", None),
        ("AzureSqlDatabase", {"server_name": "srv", "database_name": "db"}, "srv", "db"),
        ("AzurePostgreSql", {"server_name": "srv", "database_name": "db"}, "srv", "db"),
        ("AzureMySql", {"server_name": "srv", "database_name": "db"}, "srv", "db"),
        ("DBFS", {}, None, None),
    ],
)
def test_every_kind_is_registered_and_has_a_folder(
    ws: Workspace, kind: str, spec: dict[str, Any], account: str | None, container: str | None
) -> None:
    made = datastores.register(ws, "mine", kind, description="d", **spec)
    assert (made.account, made.container, made.spec) == (account, container, {"description": "d"})
    assert datastores.get(ws, "mine") == made
    folder = datastores.folder(ws, "mine")
    assert folder.is_dir()
    assert folder.is_relative_to(ws.folder / "storage")
    assert made.id == f"{ws.id}/datastores/mine"


def test_names_are_lower_case_and_do_not_differ_by_case(ws: Workspace) -> None:
    assert datastores.register(ws, "Blob_Training_Data", "DBFS").name == "blob_training_data"
    assert datastores.get(ws, "BLOB_training_data").name == "blob_training_data"


@pytest.mark.parametrize("name", ["", "with space", "dash-ed", "../x", "a.b", "x" * 256, "ä", "a\n"])
def test_bad_names_are_refused(ws: Workspace, name: str) -> None:
    with pytest.raises(Invalid, match="Datastore name"):
        datastores.register(ws, name, "DBFS")
    assert len(datastores.list(ws)) == 4


def test_what_a_type_needs_is_asked_for(ws: Workspace) -> None:
    with pytest.raises(Invalid, match="'container_name'"):
        datastores.register(ws, "x", "AzureBlob", account_name="a")
    with pytest.raises(Invalid, match="Unsupported Datastore Type: FTP"):
        datastores.register(ws, "x", "FTP")


def test_registering_it_twice_needs_overwrite(ws: Workspace) -> None:
    first = datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c")
    with pytest.raises(AlreadyExists, match="Another datastore with the same name already exists"):
        datastores.register(ws, "X", "AzureBlob", account_name="a", container_name="other")
    second = datastores.register(
        ws, "x", "AzureBlob", account_name="a", container_name="other", overwrite=True
    )
    assert second.container == "other"
    assert second.created == first.created
    assert len(datastores.list(ws)) == 5


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"credentials": {"account_key": SECRET}}, "AccountKey"),
        ({"account_key": SECRET}, "AccountKey"),
        ({"sas_token": SECRET}, "Sas"),
        ({"credentials": {"tenant_id": "t", "client_id": "c", "client_secret": SECRET}}, "ServicePrincipal"),
        ({"username": "u", "password": SECRET}, "SqlAuthentication"),
        ({"connection_string": SECRET}, "None"),
    ],
)
def test_credentials_are_kept_out_of_sight(ws: Workspace, given: dict[str, Any], kind: str) -> None:
    made = datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c", **given)
    assert made.credential_type == kind
    assert SECRET not in repr(made)
    assert SECRET not in repr(datastores.list(ws))
    assert SECRET in datastores.credentials(ws, "x").values()
    holding = [file for file in ws.folder.rglob("*") if file.is_file() and SECRET in file.read_text()]
    assert holding == [ws.folder / "secrets" / "x.json"]
    if os.name != "nt":
        assert stat.S_IMODE(holding[0].stat().st_mode) == 0o600


def test_credentials_end_with_their_datastore(ws: Workspace) -> None:
    datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c", account_key=SECRET)
    datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c", overwrite=True)
    assert datastores.credentials(ws, "x") == {}
    datastores.register(
        ws, "x", "AzureBlob", account_name="a", container_name="c", account_key=SECRET, overwrite=True
    )
    datastores.unregister(ws, "x")
    datastores.register(ws, "x", "AzureBlob", account_name="a", container_name="c")
    assert datastores.credentials(ws, "x") == {}


def test_unregistering_leaves_the_files(ws: Workspace) -> None:
    datastores.register(ws, "x", "AzureBlob", account_name="A", container_name="c")
    (datastores.folder(ws, "x") / "a.csv").touch()
    datastores.unregister(ws, "x")
    with pytest.raises(NotFound, match="Could not find datastore: x"):
        datastores.get(ws, "x")
    datastores.register(ws, "again", "AzureBlob", account_name="a", container_name="c")
    assert (datastores.folder(ws, "again") / "a.csv").exists()


def test_the_default_can_be_another_one(ws: Workspace) -> None:
    datastores.register(ws, "x", "DBFS")
    datastores.set_default(ws, "X")
    assert datastores.default(ws).name == "x"
    assert [each.name for each in datastores.list(ws) if each.is_default] == ["x"]
    with pytest.raises(Conflict, match="default datastore"):
        datastores.unregister(ws, "x")
    with pytest.raises(NotFound):
        datastores.set_default(ws, "nope")


def test_names_of_accounts_do_not_leave_the_storage_folder(ws: Workspace) -> None:
    datastores.register(ws, "x", "AzureBlob", account_name="../..", container_name="../../../x")
    assert datastores.folder(ws, "x").resolve().is_relative_to((ws.folder / "storage").resolve())


@pytest.mark.parametrize("name", ["", "nope", "../../workspace"])
def test_one_that_is_not_there_is_not_found(ws: Workspace, name: str) -> None:
    with pytest.raises(NotFound):
        datastores.folder(ws, name)
