"""Curated environments."""

from __future__ import annotations

import pytest

from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.environments import conda, curated
from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.workspace.workspace import Workspace


def test_every_one_is_whole() -> None:
    found = curated.environments()
    assert len(found) >= 40
    for name, versions in found.items():
        assert name.startswith("AzureML-")
        latest = list(versions)[-1]
        assert len(versions) == int(latest)
        spec = versions[latest]
        assert spec["image"].endswith(f":{latest}")
        assert spec["description"]
        assert spec["os_type"] == "linux"
        assert conda.packages(spec) or name in {"AzureML-PySpark-MmlSpark-0.15", "AzureML-Designer"}


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("AzureML-sklearn-1.0-ubuntu20.04-py38-cpu", "44"),
        ("AzureML-sklearn-1.5", "1"),
        ("AzureML-sklearn-0.24-ubuntu18.04-py37-cpu", "1"),
        ("AzureML-lightgbm-3.2-ubuntu18.04-py37-cpu", "1"),
        ("AzureML-pytorch-1.10-ubuntu18.04-py38-cuda11-gpu", "1"),
        ("AzureML-tensorflow-2.7-ubuntu20.04-py38-cuda11-gpu", "1"),
        ("AzureML-acpt-pytorch-1.13-cuda11.7", "1"),
        ("AzureML-responsibleai-0.20-ubuntu20.04-py38-cpu", "1"),
        ("AzureML-Minimal", "1"),
        ("AzureML-Tutorial", "1"),
        ("AzureML-VowpalWabbit-8.8.0", "1"),
    ],
)
def test_those_that_material_names(ws: Workspace, name: str, version: str) -> None:
    found = AssetStore(ws, "environments").get(name, version)
    assert (found.name, found.version) == (name, version)
    assert conda.packages(found.spec)


def test_latest_and_unknown_versions(ws: Workspace) -> None:
    environments = AssetStore(ws, "environments")
    name = "AzureML-sklearn-1.0-ubuntu20.04-py38-cpu"
    assert int(environments.get(name, label="latest").version) > 44
    with pytest.raises(NotFound):
        environments.get(name, "100000")
    with pytest.raises(KeyError):
        curated.environments()[name]["0"]
    assert name in environments.names()


def test_one_can_be_copied_under_another_name(ws: Workspace) -> None:
    environments = AssetStore(ws, "environments")
    spec = environments.get("AzureML-sklearn-1.5", label="latest").spec
    made = environments.create("my-sklearn", spec=spec)
    assert made.spec["dockerfile"] == spec["dockerfile"]
    spec["tags"]["changed"] = "yes"
    assert "changed" not in environments.get("AzureML-sklearn-1.5", label="latest").spec["tags"]


def test_all_but_the_first_are_built_from_a_dockerfile() -> None:
    """Each has its packages in the image; a conda file would be installed beside them."""
    for each in curated.table():
        spec = each.spec()
        early = each.name in {"AzureML-Minimal", "AzureML-Tutorial"} or each.python == "3.6.2"
        assert ("conda_file" in spec) is early, each.name
        if not early:
            assert spec["dockerfile"].startswith(f"FROM {each.base}\n")
            assert all(f"'{package}'" in spec["dockerfile"] for package in (*each.conda, *each.pip))
