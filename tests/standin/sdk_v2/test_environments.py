from __future__ import annotations

from pathlib import Path

import pytest
from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import BuildContext, Environment
from azure.ai.ml.exceptions import MlException, ValidationException
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from dp100.standin import NotOffline
from dp100.standin.engine.data import uris
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient
from tests.standin.sdk_v2.conftest import tree

IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
CONDA = {"name": "own", "channels": ["conda-forge"], "dependencies": ["python=3.10", {"pip": ["pyyaml"]}]}


def test_an_environment_of_image_and_conda_file(client: MLClient, ws: Workspace, project: Path) -> None:
    (project / "conda.yml").write_text("name: own\ndependencies:\n  - python=3.10\n")
    made = client.environments.create_or_update(
        Environment(name="own", image=IMAGE, conda_file="./conda.yml", description="mine", tags={"k": "v"})
    )
    assert made.id == f"{ws.id}/environments/own/versions/1"
    assert (made.version, made.image, made.description, made.tags) == ("1", IMAGE, "mine", {"k": "v"})
    assert made.conda_file == {"name": "own", "dependencies": ["python=3.10"]}
    assert client.environments.get("azureml:own", version="1") == made


def test_the_same_definition_is_no_new_version(client: MLClient) -> None:
    def make(**given: object) -> str | None:
        return client.environments.create_or_update(Environment(name="own", image=IMAGE, **given)).version  # type: ignore[arg-type]

    assert make(conda_file=CONDA) == "1"
    assert make(conda_file=CONDA, description="now told") == "1"
    assert client.environments.get("own", label="latest").description == "now told"
    assert make() == "2"
    assert make(version="9") == "9"
    with pytest.raises(ResourceExistsError, match="already exists"):
        make(version="9", conda_file=CONDA)
    assert [each.version for each in client.environments.list("own")] == ["9", "2", "1"]


def test_a_build_context_is_uploaded(client: MLClient, ws: Workspace, project: Path) -> None:
    (project / "docker").mkdir()
    (project / "docker" / "Dockerfile").write_text("FROM scratch\n")
    made = client.environments.create_or_update(
        Environment(name="built", build=BuildContext(path="docker", dockerfile_path="Dockerfile"))
    )
    assert made.build is not None
    assert made.build.dockerfile_path == "Dockerfile"
    path = str(made.build.path)
    assert path.startswith("https://")
    assert tree(uris.locate(ws, path)) == ["Dockerfile"]
    same = client.environments.create_or_update(Environment(name="built", build=BuildContext(path="docker")))
    assert same.build is not None
    assert (same.version, same.build.dockerfile_path) == ("1", "Dockerfile")  # which is the service's default


def test_curated_environments(client: MLClient) -> None:
    listed = {each.name: each for each in client.environments.list()}
    name = next(name for name in listed if name.startswith("AzureML-sklearn-1.5"))
    latest = client.environments.get(name, label="latest")
    assert latest.version == listed[name].latest_version
    assert listed[name].version is None
    assert latest.image == f"mcr.microsoft.com/azureml/curated/sklearn-1.5:{latest.version}"
    assert latest.conda_file is None
    assert latest.os_type == "Linux"
    assert client.environments.get(name, version=3).version == "3"  # type: ignore[arg-type]
    with pytest.raises(HttpResponseError, match="can not start with the prefix AzureML"):
        client.environments.create_or_update(Environment(name="AzureML-own", image=IMAGE))


def test_archive_and_restore(client: MLClient) -> None:
    client.environments.create_or_update(Environment(name="own", image=IMAGE))
    client.environments.archive("own", label="latest")
    assert list(client.environments.list("own")) == []
    assert len(list(client.environments.list("own", list_view_type=ListViewType.ARCHIVED_ONLY))) == 1
    client.environments.restore("own", version="1")
    assert len(list(client.environments.list("own"))) == 1


def test_refusals(client: MLClient) -> None:
    with pytest.raises(MlException, match="Docker image or Dockerfile is required"):
        client.environments.create_or_update(Environment(name="none"))
    with pytest.raises(ValidationException, match="Must provide either version or label"):
        client.environments.get("own")
    with pytest.raises(ValidationException, match="Cannot specify both"):
        client.environments.get("own", version="1", label="latest")
    with pytest.raises(ResourceNotFoundError, match="own:1 not found"):
        client.environments.get("own", version="1")
    with pytest.raises(NotOffline, match=r"ml_client\.environments\.share"):
        client.environments.share(
            "own", "1", share_with_name="own", share_with_version="1", registry_name="r"
        )
