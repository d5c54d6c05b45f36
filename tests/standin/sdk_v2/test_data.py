from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import load_data
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    Data,
    Datastore,
    SasTokenConfiguration,
    ServicePrincipalConfiguration,
)
from azure.ai.ml.exceptions import AssetPathException, EmptyDirectoryError, MlException
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from dp100.standin import NotOffline
from dp100.standin.engine.data import uris
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree


@pytest.fixture
def table(project: Path) -> Path:
    file = project / "data" / "rows.csv"
    file.parent.mkdir()
    file.write_text("a,b\n1,2\n")
    return file


# --- data assets -----------------------------------------------------------------------------------------


def test_a_local_file_is_uploaded(client: MLClient, ws: Workspace, table: Path) -> None:
    made = client.data.create_or_update(
        Data(name="rows", path="./data/rows.csv", type="uri_file", description="Rows", tags={"k": "v"})
    )
    start = f"azureml://subscriptions/{ws.subscription_id}/resourcegroups/rg-dp100/workspaces/mlw-dp100"
    assert str(made.path).startswith(f"{start}/datastores/workspaceblobstore/paths/LocalUpload/")
    assert uris.locate(ws, str(made.path)).read_text() == table.read_text()
    assert (made.version, made.description, made.tags) == ("1", "Rows", {"k": "v"})
    assert made.id == f"{ws.id}/data/rows/versions/1"
    assert made.creation_context is not None
    assert made.creation_context.created_by == "learner@example.com"
    table.write_text("changed")  # the asset is a copy
    assert uris.locate(ws, str(client.data.get("rows", "1").path)).read_text() == "a,b\n1,2\n"


def test_the_type_of_an_asset_stays(client: MLClient, table: Path) -> None:
    client.data.create_or_update(Data(name="rows", path="./data/rows.csv", type="uri_file"))
    other = Data(name="rows", path="./data", type="uri_folder")
    for _ in ("active", "archived"):
        with pytest.raises(HttpResponseError, match="uri_file and cannot be changed") as refused:
            client.data.create_or_update(other)
        assert refused.value.status_code == 400
        client.data.archive("rows")
    table.write_text("a,b\n3,4\n")
    again = client.data.create_or_update(Data(name="rows", path="./data/rows.csv", type="uri_file"))
    assert again.version == "2"
    assert client.data.create_or_update(Data(name="folder", path="./data", type="uri_folder")).version == "1"


def test_a_folder_is_uploaded_without_what_amlignore_names(
    client: MLClient, ws: Workspace, table: Path
) -> None:
    (table.parent / "secret.txt").write_text("x")
    (table.parent / ".amlignore").write_text("secret.txt\n")
    made = client.data.create_or_update(Data(name="all", path=str(table.parent), type="uri_folder"))
    assert str(made.path).endswith("/data/")
    assert "rows.csv" in tree(uris.locate(ws, str(made.path)))
    assert "secret.txt" not in tree(uris.locate(ws, str(made.path)))


def test_versions_count_up_and_latest_is_the_last(client: MLClient, table: Path) -> None:
    for _ in range(2):
        client.data.create_or_update(Data(name="rows", path=table, type="uri_file"))
    client.data.create_or_update(Data(name="rows", version="7", path=table, type="uri_file"))
    assert client.data.create_or_update(Data(name="rows", path=table, type="uri_file")).version == "8"
    assert [each.version for each in client.data.list("rows")] == ["8", "7", "2", "1"]
    assert client.data.get("rows", label="latest").version == "8"
    assert client.data.get("rows", version=7).version == "7"  # type: ignore[arg-type]
    (container,) = client.data.list()
    assert (container.name, container.version, container.latest_version) == ("rows", None, "8")


def test_a_version_that_is_there_keeps_its_path(client: MLClient, table: Path) -> None:
    given: dict[str, Any] = {"name": "rows", "version": "1", "type": "uri_file"}
    client.data.create_or_update(Data(path=table, **given))
    changed = client.data.create_or_update(Data(path=table, description="told", tags={"n": "1"}, **given))
    assert (changed.version, changed.description, changed.tags) == ("1", "told", {"n": "1"})
    (table.parent / "other.csv").write_text("other")
    with pytest.raises(AssetPathException, match="already exists"):
        client.data.create_or_update(Data(path=table.parent / "other.csv", **given))


def test_archive_and_restore(client: MLClient, table: Path) -> None:
    for _ in range(2):
        client.data.create_or_update(Data(name="rows", path=table, type="uri_file"))
    client.data.archive("rows", version="2")
    assert [each.version for each in client.data.list("rows")] == ["1"]
    assert client.data.get("rows", label="latest").version == "1"
    assert client.data.get("rows", version="2").version == "2"  # it can still be used
    assert len(list(client.data.list("rows", list_view_type=ListViewType.ALL))) == 2
    client.data.archive("rows")
    assert list(client.data.list()) == []
    assert [each.name for each in client.data.list(list_view_type=ListViewType.ARCHIVED_ONLY)] == ["rows"]
    client.data.restore("rows")
    client.data.restore("rows", label="latest")
    assert [each.name for each in client.data.list()] == ["rows"]


def test_uris_are_kept_and_told_in_full(client: MLClient, ws: Workspace) -> None:
    short = "azureml://datastores/workspaceblobstore/paths/some/where/"
    made = client.data.create_or_update(Data(name="there", path=short, type="uri_folder"))
    assert made.path == uris.long_uri(ws, "workspaceblobstore", "some/where/")
    far = client.data.create_or_update(Data(name="far", path="https://example.com/x.csv", type="uri_file"))
    assert far.path == "https://example.com/x.csv"


def test_an_mltable_is_checked(client: MLClient, table: Path) -> None:
    with pytest.raises(MlException, match="MLTable"):
        client.data.create_or_update(Data(name="t", path=table.parent, type="mltable"))
    file = table.parent / "MLTable"
    for wrong in (
        "- a\n",
        "paths: here\n",
        "paths:\n  - files: x\n",
        "path: x\n",
        "paths: [\n",
        "transformations: 1\n",
    ):
        file.write_text(wrong)
        with pytest.raises(MlException):
            client.data.create_or_update(Data(name="t", path=table.parent, type="mltable"))
    file.write_text(
        "paths:\n  - file: ./rows.csv\ntransformations:\n  - read_delimited:\n      delimiter: ','\n"
    )
    made = client.data.create_or_update(Data(name="t", path="data", type="mltable"))
    assert (made.version, made.type) == ("1", "mltable")
    assert made._referenced_uris == ["./rows.csv"]
    again = client.data.create_or_update(Data(name="copy", path=made.path, type="mltable"))
    assert again._referenced_uris == ["./rows.csv"]


def test_yaml_names_paths_relative_to_itself(
    client: MLClient, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (table.parent / "rows.yml").write_text("name: rows\ntype: uri_file\npath: rows.csv\n")
    monkeypatch.chdir(table.parent.parent.parent)
    assert client.data.create_or_update(load_data(table.parent / "rows.yml")).version == "1"
    loaded = load_data(io.StringIO(f"name: rows\ntype: uri_file\npath: {table.as_posix()}\n"))
    assert client.data.create_or_update(loaded).version == "2"


def test_what_data_refuses(client: MLClient, project: Path, table: Path) -> None:
    def make(**given: Any) -> None:
        client.data.create_or_update(Data(name="x", **given))

    with pytest.raises(MlException, match="File path does not match asset type uri_file"):
        make(path="data", type="uri_file")
    with pytest.raises(MlException, match="File path does not match asset type uri_folder"):
        make(path=table, type="uri_folder")
    with pytest.raises(MlException, match="Path is required"):
        make(type="uri_file")
    (project / "empty").mkdir()
    with pytest.raises(EmptyDirectoryError, match="is empty"):
        make(path="empty", type="uri_folder")
    with pytest.raises(HttpResponseError, match=r"\(UserError\) .*name 'a b'"):
        client.data.create_or_update(Data(name="a b", path=table, type="uri_file"))
    with pytest.raises(MlException, match="Must provide either version or label"):
        client.data.get("x")
    with pytest.raises(MlException, match="Cannot specify both version and label"):
        client.data.get("x", version="1", label="latest")
    with pytest.raises(MlException, match="version label best"):
        client.data.get("x", label="best")
    with pytest.raises(ResourceNotFoundError, match=r"\(UserError\) ") as caught:
        client.data.get("x", version="1")
    assert caught.value.status_code == 404
    with pytest.raises(ResourceNotFoundError):
        list(client.data.list("x"))
    with pytest.raises(NotOffline, match=r"ml_client\.data\.mount"):
        client.data.mount("azureml:x:1")


# --- datastores ------------------------------------------------------------------------------------------


def test_a_workspace_brings_four_datastores(client: MLClient) -> None:
    found = {each.name: each for each in client.datastores.list()}
    assert found.keys() == {
        "workspaceblobstore",
        "workspacefilestore",
        "workspaceartifactstore",
        "workspaceworkingdirectory",
    }
    default = client.datastores.get_default()
    assert isinstance(default, AzureBlobDatastore)
    assert default.name == "workspaceblobstore"
    assert default.container_name.startswith("azureml-blobstore-")
    assert isinstance(found["workspacefilestore"], AzureFileDatastore)


STORES: list[Datastore] = [
    AzureBlobDatastore(
        name="blobs",
        account_name="acc",
        container_name="c",
        credentials=AccountKeyConfiguration(account_key="S3cret"),
    ),
    AzureFileDatastore(
        name="files",
        account_name="acc",
        file_share_name="s",
        credentials=SasTokenConfiguration(sas_token="S3cret"),
    ),
    AzureDataLakeGen1Datastore(
        name="lake1",
        store_name="store",
        credentials=ServicePrincipalConfiguration(tenant_id="t", client_id="i", client_secret="S3cret"),
    ),
    AzureDataLakeGen2Datastore(
        name="lake2",
        account_name="acc",
        filesystem="f",
        credentials=ServicePrincipalConfiguration(tenant_id="t", client_id="i", client_secret="S3cret"),
    ),
    AzureBlobDatastore(
        name="signed", account_name="acc", container_name="c", tags={"k": "v"}, description="by identity"
    ),
]


@pytest.mark.parametrize("store", STORES, ids=lambda each: each.name)
def test_a_datastore_of_each_kind_comes_back_without_its_secret(
    client: MLClient, store: Datastore, home: Path
) -> None:
    made = client.create_or_update(store)
    assert type(made) is type(store)
    assert "S3cret" not in str(vars(made.credentials))
    assert client.datastores.get(store.name or "", include_secrets=True) == store
    assert (made.description, made.tags) == (store.description, store.tags)
    assert store.name in [each.name for each in client.datastores.list()]
    told = [file for file in home.rglob("*") if file.is_file() and b"S3cret" in file.read_bytes()]
    assert all(file.parent.name == "secrets" for file in told)


def test_datastores_are_changed_and_deleted(client: MLClient) -> None:
    client.create_or_update(AzureBlobDatastore(name="mine", account_name="a", container_name="c"))
    client.create_or_update(AzureBlobDatastore(name="mine", account_name="a", container_name="d"))
    assert client.datastores.get("mine").container_name == "d"
    client.datastores.delete("mine")
    with pytest.raises(ResourceNotFoundError, match="Could not find datastore: mine"):
        client.datastores.get("mine")
    with pytest.raises(ResourceExistsError, match="default datastore"):
        client.datastores.delete("workspaceblobstore")
    with pytest.raises(NotOffline, match=r"ml_client\.datastores\.mount"):
        client.datastores.mount("azureml://datastores/workspaceblobstore/paths/x")
