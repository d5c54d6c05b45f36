from __future__ import annotations

from pathlib import Path

import pytest

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores, uris
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import EngineError, Invalid, NotFound, NotOffline
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.models import registry
from dp100.standin.engine.tracking import database
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import workspace
from dp100.standin.engine.workspace.workspace import Workspace

BLOB = "azureml://datastores/workspaceblobstore/paths"
LONG = "azureml://subscriptions/S/resourcegroups/G/workspaces/W"
ARM = "/subscriptions/S/resourceGroups/G/providers/Microsoft.MachineLearningServices/workspaces/W"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("azureml://datastores/d/paths/a/b.csv", {"form": "datastore", "datastore": "d", "path": "a/b.csv"}),
        ("azureml://datastores/d/paths/", {"form": "datastore", "datastore": "d", "path": ""}),
        ("azureml://datastores/d", {"form": "datastore", "datastore": "d", "path": ""}),
        ("file:azureml://datastores/d/paths/x", {"form": "datastore", "datastore": "d", "path": "x"}),
        (
            f"{LONG}/datastores/d/paths/a/b",
            {
                "form": "datastore",
                "datastore": "d",
                "path": "a/b",
                "workspace": "W",
                "group": "G",
                "subscription": "S",
            },
        ),
        (f"{LONG.replace('groups', 'Groups')}/datastores/d/paths/a", {"form": "datastore", "workspace": "W"}),
        ("azureml:name:3", {"form": "asset", "name": "name", "version": "3", "kind": None}),
        ("azureml:name@latest", {"form": "asset", "name": "name", "label": "latest", "version": None}),
        ("azureml:diabetes dataset:1", {"form": "asset", "name": "diabetes dataset", "version": "1"}),
        ("azureml:name", {"form": "asset", "name": "name", "version": None, "label": None}),
        (
            f"{ARM}/data/n/versions/2",
            {"form": "asset", "kind": "data", "name": "n", "version": "2", "workspace": "W"},
        ),
        (f"azureml:{ARM}/data/n/versions/2", {"form": "asset", "kind": "data", "name": "n", "version": "2"}),
        (f"azureml:/{ARM}/data/n/versions/2", {"form": "asset", "kind": "data", "name": "n", "version": "2"}),
        (f"{ARM}/environments/n/labels/latest", {"form": "asset", "kind": "environments", "label": "latest"}),
        (
            f"{LONG}/data/n/versions/2",
            {"form": "asset", "kind": "data", "name": "n", "version": "2", "group": "G"},
        ),
        (
            "azureml://locations/eastus/workspaces/ID/models/m/versions/4",
            {"kind": "models", "name": "m", "workspace": "ID"},
        ),
        (f"{ARM}/datastores/d", {"form": "datastore", "datastore": "d", "path": "", "workspace": "W"}),
        ("azureml://models/m/versions/4", {"form": "asset", "kind": "models", "name": "m", "version": "4"}),
        ("azureml://jobs/j/outputs/o/paths/p/q", {"form": "job", "job": "j", "output": "o", "path": "p/q"}),
        ("azureml://jobs/j/outputs/o", {"form": "job", "job": "j", "output": "o", "path": ""}),
        ("runs:/r/model", {"form": "job", "job": "r", "output": "default", "path": "model"}),
        (
            "wasbs://c@acc.blob.core.windows.net/a%20b/c.csv",
            {"form": "storage", "service": "blob", "account": "acc", "container": "c", "path": "a b/c.csv"},
        ),
        (
            "abfss://fs@acc.dfs.core.windows.net/x",
            {"service": "dfs", "account": "acc", "container": "fs", "path": "x"},
        ),
        (
            "https://acc.blob.core.windows.net/c/a/b.csv?sv=1",
            {"form": "storage", "service": "blob", "account": "acc", "container": "c", "path": "a/b.csv"},
        ),
        (
            "adl://lake.azuredatalakestore.net/a",
            {"form": "storage", "service": "adl", "account": "lake", "path": "a"},
        ),
        ("https://example.com/a.csv", {"form": "url"}),
        ("./data/a.csv", {"form": "local", "path": "./data/a.csv"}),
        ("C:\\data\\a.csv", {"form": "local", "path": "C:\\data\\a.csv"}),
        ("file:///data/a%20b.csv", {"form": "local", "path": "/data/a b.csv"}),
        ("file:///C:/data/a.csv", {"form": "local", "path": "C:/data/a.csv"}),
    ],
)
def test_every_form_is_taken_apart(text: str, expected: dict[str, str | None]) -> None:
    found = uris.parse(text)
    assert {key: getattr(found, key) for key in expected} == expected


@pytest.mark.parametrize(
    "text",
    ["azureml://", "azureml:", "azureml://nothing/x", "azureml:a:b:c", "azureml:a/b", "/subscriptions/S"],
)
def test_forms_that_there_are_not_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        uris.parse(text)


def test_registries_need_the_cloud() -> None:
    with pytest.raises(NotOffline, match="azureml://registries/azureml/environments/x/versions/1"):
        uris.parse("azureml://registries/azureml/environments/x/versions/1")


def test_what_is_made_is_found_again(ws: Workspace) -> None:
    place = datastores.folder(ws, "workspaceblobstore") / "a" / "b.csv"
    assert uris.locate(ws, uris.datastore_uri("workspaceblobstore", "a/b.csv")) == place
    assert uris.locate(ws, uris.long_uri(ws, "workspaceblobstore", "/a/b.csv")) == place
    asset = AssetStore(ws, "data").create(
        "d", spec={"path": uris.datastore_uri("workspaceblobstore", "a/b.csv")}
    )
    assert asset.id == uris.asset_id(ws, "data", "d", "1")
    for form in (asset.id, f"azureml:/{asset.id}", "azureml:d:1", "azureml:d@latest", "azureml:d"):
        assert uris.locate(ws, form) == place
        assert uris.asset(ws, form, "data") == asset


def test_addresses_of_known_containers_are_found(ws: Workspace) -> None:
    blob = datastores.default(ws)
    place = datastores.folder(ws, blob) / "x.csv"
    for form in (
        f"wasbs://{blob.container}@{blob.account}.blob.core.windows.net/x.csv",
        f"https://{blob.account}.blob.core.windows.net/{blob.container}/x.csv",
    ):
        assert uris.locate(ws, form) == place
    datastores.register(ws, "lake", "AzureDataLakeGen2", account_name="acc", filesystem="fs")
    assert uris.locate(ws, "abfss://fs@acc.dfs.core.windows.net/y") == datastores.folder(ws, "lake") / "y"
    datastores.register(ws, "gen1", "AzureDataLake", store_name="store")
    assert uris.locate(ws, "adl://store.azuredatalakestore.net/y") == datastores.folder(ws, "gen1") / "y"


@pytest.mark.parametrize(
    "text", ["https://example.com/a.csv", "https://other.blob.core.windows.net/c/a.csv", "s3://b/k"]
)
def test_other_addresses_need_the_cloud(ws: Workspace, text: str) -> None:
    with pytest.raises(NotOffline) as raised:
        uris.locate(ws, text)
    assert text in str(raised.value)


def test_local_paths_stay_local(ws: Workspace) -> None:
    assert uris.locate(ws, "data/a.csv") == Path("data/a.csv")


def test_another_workspace_may_be_named(ws: Workspace) -> None:
    other = workspace.create(ws.group, "other")
    found = uris.locate(ws, uris.long_uri(other, "workspaceblobstore", "x"))
    assert found == datastores.folder(other, "workspaceblobstore") / "x"
    with pytest.raises(NotFound):
        uris.locate(ws, uris.long_uri(other, "workspaceblobstore", "x").replace("/other/", "/third/"))


def test_outputs_and_artifacts_of_runs_are_found(ws: Workspace) -> None:
    tracking = Tracking(ws)
    tracking.create_run("trials", "run_1")
    tracking.artifacts.upload("run_1", "model/MLmodel", b"flavors: {}")
    files = tracking.artifacts.folder("run_1")
    spec = JobSpec(name="run_1", outputs={"out": {"type": "uri_folder"}, "mine": {"path": f"{BLOB}/kept/"}})
    store.write_yaml(ws.folder / "jobs" / "run_1" / "job.yaml", spec.to_dict())
    blob = datastores.folder(ws, "workspaceblobstore")
    for text, place in (
        ("azureml://jobs/run_1/outputs/default/paths/model", files / "model"),
        ("azureml://jobs/run_1/outputs/artifacts/paths/model/", files / "model"),
        ("azureml://jobs/run_1/outputs/artifacts/paths/not/there", files / "not" / "there"),
        ("azureml://jobs/run_1/outputs/artifacts", files),
        ("runs:/run_1/model", files / "model"),
        ("azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.run_1/model", files / "model"),
        ("azureml://jobs/run_1/outputs/out", blob / "azureml" / "run_1" / "out"),
        (
            "azureml://jobs/run_1/outputs/out/paths/a/b.csv",
            blob / "azureml" / "run_1" / "out" / "a" / "b.csv",
        ),
        ("azureml://jobs/run_1/outputs/mine/paths/x", blob / "kept" / "x"),
    ):
        assert uris.locate(ws, text) == place, text
    with pytest.raises(NotFound, match="out, mine"):
        uris.locate(ws, "azureml://jobs/run_1/outputs/other/paths/x")
    for gone in (
        "azureml://jobs/run_2/outputs/artifacts/paths/x",
        "azureml://jobs/run_2/outputs/out/paths/x",
    ):
        with pytest.raises(NotFound, match="run_2"):
            uris.locate(ws, gone)
    database.close()


def test_models_are_found(ws: Workspace, tmp_path: Path) -> None:
    (tmp_path / "m.pkl").write_text("m")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "MLmodel").write_text("flavors: {}")
    registry.register(ws, "m", tmp_path / "m.pkl")
    registry.register(ws, "m", tmp_path / "folder")
    first, second = (registry.get(ws, "m", version).path for version in (1, 2))
    assert uris.locate(ws, "azureml:m:1", kind="models") == first
    assert first.name == "m.pkl"
    assert uris.locate(ws, "azureml:m@latest", kind="models") == second
    assert uris.locate(ws, uris.asset_id(ws, "models", "m", "1")) == first
    assert uris.locate(ws, f"{uris.asset_id(ws, 'models', 'm', '2')}/MLmodel") == second / "MLmodel"
    with pytest.raises(NotFound, match="version 3"):
        uris.locate(ws, "azureml:m:3", kind="models")
    database.close()


@pytest.mark.parametrize(
    "text",
    [
        "azureml://datastores/workspaceblobstore/paths/../../secret",
        "azureml://datastores/workspaceblobstore/paths/a/..\\..\\..\\x",
        "azureml://jobs/../outputs/o/paths/x",
        "azureml://jobs/run_1/outputs/../paths/x",
        "azureml://jobs/run_1/outputs/o/paths/../../../x",
        "runs:/../x",
        "runs:/run_1/../../x",
    ],
)
def test_nothing_leaves_its_folder(ws: Workspace, text: str) -> None:
    with pytest.raises(Invalid):
        uris.locate(ws, text)


def test_percent_encoded_dots_do_not_leave_either(ws: Workspace) -> None:
    blob = datastores.default(ws)
    with pytest.raises(Invalid):
        uris.locate(ws, f"https://{blob.account}.blob.core.windows.net/{blob.container}/%2e%2e/%2e%2e/x")


def test_data_that_points_at_itself_ends(ws: Workspace) -> None:
    AssetStore(ws, "data").create("d", spec={"path": "azureml:d:1"})
    with pytest.raises(EngineError, match="has no path"):
        uris.locate(ws, "azureml:d:1")


def test_an_asset_of_another_kind_is_refused(ws: Workspace) -> None:
    with pytest.raises(Invalid, match="environments"):
        uris.asset(ws, uris.asset_id(ws, "data", "d", "1"), "environments")
