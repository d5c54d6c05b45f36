from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from dp100.standin.engine import store
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace


@pytest.fixture
def data(ws: Workspace) -> AssetStore:
    return AssetStore(ws, "data")


def test_versions_count_up_from_one(data: AssetStore) -> None:
    assert [data.create("d", spec={"n": n}).version for n in range(3)] == ["1", "2", "3"]
    assert data.create("d", "10", {}).version == "10"
    assert data.create("d", "2024-05-a", {}).version == "2024-05-a"
    assert data.next_version("d") == "11"
    assert data.create("d").version == "11"


def test_what_is_created_is_got_again(data: AssetStore, ws: Workspace) -> None:
    made = data.create("d", 7, {"path": PurePosixPath("a/b"), "tags": {"x": "1"}, "text": "ü\n2"})
    assert made == data.get("d", 7) == data.get("d", "7") == AssetStore(ws, "data").get("d", label="latest")
    assert made.spec == {"path": "a/b", "tags": {"x": "1"}, "text": "ü\n2"}
    assert made.created_by == Account.load().user
    assert made.created == made.modified
    assert made.id == f"{ws.id}/data/d/versions/7"


def test_a_registered_version_is_refused_in_the_service_s_words(data: AssetStore) -> None:
    data.create("d", "1", {"path": "first"})
    with pytest.raises(
        AlreadyExists, match="A data version with this name and version already exists"
    ) as raised:
        data.create("D", "1", {"path": "second"})
    assert raised.value.code == "UserError"
    assert data.get("d", "1").spec == {"path": "first"}


def test_the_latest_is_the_one_created_last_that_is_not_archived(data: AssetStore) -> None:
    data.create("d", "5")
    data.create("d", "2")
    assert data.get("d").version == data.get("d", "latest").version == "2"
    data.archive("d", "2")
    assert data.get("d").version == "5"
    data.archive("d", label="latest")
    assert data.get("d").version == "2"
    data.restore("d", "5")
    assert data.get("d").version == "5"


def test_lists_show_names_or_versions(data: AssetStore) -> None:
    for name in ("b", "a", "b"):
        data.create(name)
    assert [(each.name, each.version) for each in data.list()] == [("a", "1"), ("b", "2")]
    assert [each.version for each in data.list("b")] == ["2", "1"]
    assert data.names() == ["a", "b"]


def test_archived_ones_are_hidden_but_can_be_used(data: AssetStore) -> None:
    for name in ("a", "b", "b"):
        data.create(name)
    data.archive("a")
    data.archive("b", 1)
    assert [each.name for each in data.list()] == ["b"]
    assert [each.name for each in data.list(include_archived=True)] == ["a", "b"]
    assert [(each.name, each.version) for each in data.list(archived_only=True)] == [("a", "1"), ("b", "1")]
    assert [each.version for each in data.list("b")] == ["2"]
    assert data.list("a") == []
    assert [each.version for each in data.list("b", include_archived=True)] == ["2", "1"]
    assert data.get("a", 1).archived
    assert data.get("a").version == "1"
    data.restore("a")
    data.restore("b", 1)
    assert [each.name for each in data.list()] == ["a", "b"]
    assert not data.get("a", 1).archived


def test_tags_change_and_the_rest_stays(data: AssetStore) -> None:
    made = data.create("d", spec={"path": "p", "tags": {"a": "1"}})
    changed = data.update("d", 1, {"tags": {"b": "2"}, "description": "x"})
    assert changed.spec == {"path": "p", "tags": {"b": "2"}, "description": "x"}
    assert changed.created == made.created
    assert changed.modified > made.modified
    assert data.get("d", 1) == changed


def test_deleted_versions_are_gone(data: AssetStore) -> None:
    for _ in range(3):
        data.create("d")
    data.delete("d", 2)
    assert [each.version for each in data.list("d")] == ["3", "1"]
    data.delete("d")
    for missing in (
        lambda: data.list("d"),
        lambda: data.get("d"),
        lambda: data.delete("d"),
        lambda: data.archive("d"),
    ):
        with pytest.raises(NotFound):
            missing()
    assert data.list() == []
    assert data.create("d").version == "1"


@pytest.mark.parametrize("version", [None, "9", "latest", "../1", "", "1.yaml"])
def test_what_is_not_there_is_not_found(data: AssetStore, version: str | None) -> None:
    with pytest.raises(NotFound, match="nope"):
        data.get("nope", version)
    data.create("d")
    if version not in (None, "latest"):
        with pytest.raises(NotFound, match="d:"):
            data.get("d", version)
    with pytest.raises(NotFound, match="production"):
        data.get("d", label="production")
    with pytest.raises(NotFound):
        data.get("", version)


@pytest.mark.parametrize(
    "name", ["", "a/b", "../x", "a:1", "a@b", "-a", ".a", "with space", "x" * 256, "ä", "a\n", "a\\b"]
)
def test_bad_names_are_refused(data: AssetStore, name: str) -> None:
    with pytest.raises(Invalid, match="data name"):
        data.create(name)
    assert data.list() == []


def test_datasets_of_sdk_v1_may_have_spaces(data: AssetStore) -> None:
    assert data.create("diabetes dataset", spec={"v1": {"kind": "tabular"}}).version == "1"
    assert data.get("diabetes dataset").spec["v1"] == {"kind": "tabular"}
    with pytest.raises(Invalid):
        data.create("../diabetes", spec={"v1": {"kind": "tabular"}})


@pytest.mark.parametrize("version", ["", "a b", "../1", "latest", "x" * 31, "1/2", "1\n", "é"])
def test_bad_versions_are_refused(data: AssetStore, version: str) -> None:
    with pytest.raises(Invalid, match="version"):
        data.create("d", version)
    assert data.list() == []


@pytest.mark.parametrize("name", ["con", "NUL", "aux.csv", "com1", "x" * 255, "a.", "_"])
def test_names_that_a_file_system_would_not_take_work(data: AssetStore, name: str) -> None:
    data.create(name, "1.", {"n": 1})
    assert data.get(name, "1.").name == name
    assert [each.name for each in data.list()] == [name]
    assert [each.version for each in data.list(name)] == ["1."]
    assert data.create(name).version == "1"


def test_names_do_not_differ_by_case(data: AssetStore) -> None:
    data.create("Diabetes")
    assert data.create("diabetes").name == "Diabetes"
    assert data.get("DIABETES").version == "2"
    assert data.names() == ["Diabetes"]


def test_kinds_are_apart(ws: Workspace, data: AssetStore) -> None:
    data.create("x")
    AssetStore(ws, "components").create("x", "0.0.1")
    assert AssetStore(ws, "components").list()[0].version == "0.0.1"
    assert data.next_version("x") == "2"


def test_specs_are_readable(data: AssetStore, ws: Workspace) -> None:
    data.create("d", spec={"type": "uri_file", "path": "azureml://datastores/x/paths/y"})
    assert "path: azureml://datastores/x/paths/y" in (ws.folder / "data" / "d" / "1.yaml").read_text()


def test_credentials_are_not_written_down(ws: Workspace) -> None:
    secret = "s3cr3t-s3cr3t"
    spec = {
        "docker": {"base_image_registry": {"address": "x.azurecr.io", "username": "u", "password": secret}},
        "repositories": [
            {"accountKey": secret},
            f"https://a.blob.core.windows.net/c/x.whl?sv=1&sig={secret}&se=2",
        ],
        "environment_variables": {"PASSWORD": "the learner's own"},
    }
    made = AssetStore(ws, "environments").create("e", spec=spec)
    AssetStore(ws, "environments").update("e", 1, {"client_secret": secret})
    assert secret not in repr(made)
    assert secret not in (ws.folder / "environments" / "e" / "1.yaml").read_text()
    assert made.spec["docker"]["base_image_registry"] == {
        "address": "x.azurecr.io",
        "username": "u",
        "password": None,
    }
    assert made.spec["repositories"][1] == "https://a.blob.core.windows.net/c/x.whl?sv=1&sig=***&se=2"
    assert made.spec["environment_variables"] == {"PASSWORD": "the learner's own"}


@pytest.mark.parametrize("damage", ["gone", "empty", "torn", "other"])
def test_a_lost_or_damaged_index_is_made_anew(data: AssetStore, ws: Workspace, damage: str) -> None:
    data.create("d", "2")
    data.create("d", "1")
    index = ws.folder / "data" / "d" / "index.jsonl"
    text = index.read_text()
    if damage == "gone":
        index.unlink()
    else:
        index.write_text({"empty": "", "torn": text[:-8], "other": '{"name": "d"}\n["9", "x"]\n'}[damage])
    assert [each.version for each in data.list("d")] == ["1", "2"]
    assert data.get("d").version == "1"
    assert data.create("d").version == "3"
    assert [each.version for each in data.list("d")] == ["3", "1", "2"]


def test_a_spec_that_cannot_be_kept_leaves_nothing(data: AssetStore) -> None:
    with pytest.raises(Invalid):
        data.create("d", spec={"x": object()})
    assert data.list() == []
    assert data.create("d").version == "1"


def test_curated_environments_are_there(ws: Workspace) -> None:
    environments = AssetStore(ws, "environments")
    names = environments.names()
    assert {"AzureML-sklearn-1.5", "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu", "AzureML-Minimal"} <= set(
        names
    )
    latest = environments.get("AzureML-sklearn-1.5", label="latest")
    assert latest.curated
    assert latest.id == f"{ws.id}/environments/AzureML-sklearn-1.5/versions/{latest.version}"
    assert environments.get("AzureML-sklearn-1.0-ubuntu20.04-py38-cpu", "44").version == "44"
    assert environments.list("AzureML-sklearn-1.5")[0] == latest
    with pytest.raises(NotFound):
        environments.get("AzureML-sklearn-1.5", "9999")
    with pytest.raises(NotFound):
        environments.get("AzureML-nope")
    environments.create("mine", spec={"image": "x"})
    listed = [each.name for each in environments.list()]
    assert "mine" in listed
    assert listed == sorted(listed, key=str.casefold)
    assert [each for each in AssetStore(ws, "data").list() if each.curated] == []


def test_curated_environments_cannot_be_changed(ws: Workspace) -> None:
    environments = AssetStore(ws, "environments")
    for change in (
        lambda: environments.create("AzureML-mine"),
        lambda: environments.create("Microsoft-mine"),
        lambda: environments.update("AzureML-sklearn-1.5", "1", {}),
        lambda: environments.archive("AzureML-sklearn-1.5"),
        lambda: environments.delete("AzureML-sklearn-1.5"),
    ):
        with pytest.raises(Invalid, match="can not start with the prefix"):
            change()
    assert AssetStore(ws, "data").create("AzureML-data").version == "1"


REGISTER = """
import sys
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.workspace.workspace import open_workspace
data = AssetStore(open_workspace("mlw-dp100"), "data")
sys.stdout.write("ready\\n"); sys.stdout.flush(); sys.stdin.readline()
for n in range(20):
    print(data.create("same", spec={"by": sys.argv[1], "n": n}).version)
"""


def test_processes_that_register_one_name_at_once_all_get_versions(data: AssetStore) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", REGISTER, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ.copy(),
        )
        for number in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    got = [process.communicate()[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(int(version) for each in got for version in each) == list(range(1, 61))
    for number, versions in enumerate(got):
        assert [data.get("same", version).spec["n"] for version in versions] == list(range(20))
        assert {data.get("same", version).spec["by"] for version in versions} == {str(number)}
    assert len(data.list("same")) == 60


def test_a_thousand_versions_are_registered_and_listed_in_time(data: AssetStore) -> None:
    began = time.process_time()
    for number in range(1000):
        data.create(
            "d",
            spec={
                "type": "uri_file",
                "path": f"azureml://datastores/x/paths/{number}",
                "tags": {"n": number},
            },
        )
    assert [each.version for each in data.list("d")] == [str(number) for number in range(1000, 0, -1)]
    assert data.get("d").version == "1000"
    assert time.process_time() - began < 10


def test_asset_files_are_what_the_folder_says(data: AssetStore, ws: Workspace) -> None:
    data.create("a b", spec={"v1": True})
    folder = ws.folder / "data" / "a b"
    assert {file.name for file in folder.iterdir()} == {"1.yaml", "index.jsonl"}
    assert store.versions(folder) == ["1"]
    assert isinstance(folder, Path)
