"""What differs inside `dp100 offline` once it is imported: hosts of Azure, MLClient, MLflow's store."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from dp100.standin.activate.hosts import is_azure
from dp100.standin.engine.workspace import account, workspace
from tests.standin.activate.running import offline, python


@pytest.mark.parametrize(
    ("host", "found"),
    [
        ("management.azure.com", True),
        ("MYSTORE.BLOB.CORE.WINDOWS.NET", True),
        (b"login.microsoftonline.com", True),
        ("eastus.api.azureml.ms.", True),
        ("azure.com", True),
        ("notazure.com", False),
        ("azure.com.example.org", False),
        ("pypi.org", False),
        ("127.0.0.1", False),
        (None, False),
    ],
)
def test_which_hosts_are_azures(host: object, found: bool) -> None:
    assert is_azure(host) is found


@pytest.mark.parametrize(
    "call",
    [
        "socket.getaddrinfo('management.azure.com', 443)",
        "socket.create_connection(('login.microsoftonline.com', 443))",
        "socket.socket().connect(('x.blob.core.windows.net', 443))",
        "urllib.request.urlopen('https://eastus.api.azureml.ms/discovery')",
        "__import__('requests').get('https://graph.microsoft.com/v1.0/me')",
    ],
)
def test_a_connection_to_azure_raises_not_offline_with_the_host(call: str) -> None:
    code = (
        "import socket, urllib.request\nfrom dp100.standin import NotOffline\n"
        f"try:\n    {call}\nexcept NotOffline as error:\n    print(error)"
    )
    said = python(code)
    assert "is not available offline" in said
    assert call.split("'")[-2].split("/")[2 if "://" in call else 0] in said


def test_other_connections_are_left_alone() -> None:
    code = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\n"
        "client = socket.create_connection(server.getsockname())\nclient.sendall(b'x')\n"
        "print(server.accept()[0].recv(1))"
    )
    assert python(code) == "b'x'\n"


@pytest.mark.parametrize(
    "first",
    ["import azure.ai.ml.entities", "import dp100.standin.sdk_v2.client", "import azure.ai.ml._ml_client"],
)
def test_the_client_is_ours_whatever_is_imported_first(first: str) -> None:
    code = (
        f"{first}\nfrom azure.ai.ml import MLClient\nfrom azure.ai.ml._ml_client import MLClient as other\n"
        "import azure.ai.ml\nloader = type(azure.ai.ml.__spec__.loader).__name__\n"
        "print(MLClient.__module__, other is MLClient, loader)"
    )
    assert python(code) == "dp100.standin.sdk_v2.client True SourceFileLoader\n"


def test_mlflow_outside_any_workspace_writes_into_the_home(home: Path, tmp_path: Path) -> None:
    code = (
        "import mlflow, os\nmlflow.set_experiment('e')\n"
        "with mlflow.start_run() as run:\n    mlflow.log_metric('m', 1)\n    mlflow.log_text('t', 't.txt')\n"
        "print(mlflow.get_tracking_uri()); print(run.info.artifact_uri); print(os.listdir())"
    )
    folder = tmp_path / "work"
    folder.mkdir()
    uri, artifacts, files = python(code, cwd=folder).splitlines()
    assert uri == f"sqlite:///{(home / 'azure' / 'mlflow' / 'mlflow.db').as_posix()}"
    assert artifacts.startswith((home / "azure" / "mlflow" / "artifacts").as_uri())
    assert files == "[]"


def test_mlflow_logs_to_the_workspace_of_the_working_folder(tmp_path: Path) -> None:
    """The one that config.json names as found from the folder upwards, even if the shell was elsewhere at its start."""
    account.create_group("rg", "eastus")
    first, second = (workspace.create("rg", name) for name in ("mlw-one", "mlw-two"))
    for ws in (first, second):
        folder = tmp_path / ws.name / "notebooks"
        folder.mkdir(parents=True)
        held = {"subscription_id": ws.subscription_id, "resource_group": "rg", "workspace_name": ws.name}
        (folder.parent / "config.json").write_text(json.dumps(held))
    there = str(tmp_path / "mlw-two" / "notebooks")
    code = f"import os\nos.chdir({there!r})\nimport mlflow\nprint(mlflow.get_tracking_uri())"
    assert python(code, cwd=tmp_path / "mlw-one").strip() == second.record["mlflow_tracking_uri"]
    account.set_defaults({"group": "rg", "workspace": "mlw-one"})
    assert (
        python("import mlflow; print(mlflow.get_tracking_uri())", cwd=tmp_path).strip()
        == (first.record["mlflow_tracking_uri"])
    )


def test_a_tracking_server_of_the_learners_own_stays(tmp_path: Path) -> None:
    code = "import mlflow; print(mlflow.get_tracking_uri())"
    assert python(code, MLFLOW_TRACKING_URI="http://127.0.0.1:1").strip() == "http://127.0.0.1:1"


def test_tracking_uris_of_the_cloud_name_a_workspace_here() -> None:
    account.create_group("rg", "eastus")
    ws = workspace.create("rg", "mlw-one")
    uri = f"azureml://eastus.api.azureml.ms/mlflow/v1.0{ws.id}"
    code = (
        f"import mlflow\nmlflow.set_tracking_uri({uri!r})\nmlflow.set_experiment('e')\n"
        "with mlflow.start_run() as run:\n    mlflow.log_metric('m', 1)\n"
        f"mlflow.set_tracking_uri({ws.record['mlflow_tracking_uri']!r})\n"
        "print(mlflow.get_run(run.info.run_id).data.metrics)"
    )
    assert python(code) == "{'m': 1.0}\n"


def test_what_azureml_lacks_is_told_by_name(tmp_path: Path) -> None:
    done = offline(sys.executable, "-c", "import azureml.opendatasets", cwd=tmp_path, status=1)
    last = done.stderr.strip().splitlines()[-1]
    assert last == "dp100.standin.NotOffline: azureml.opendatasets is not available offline."
    code = "try:\n    import azureml.explain\nexcept ImportError:\n    print('without')"
    assert python(code, cwd=tmp_path) == "without\n"
    done = offline(sys.executable, "-c", "import azureml.kore", cwd=tmp_path, status=1)
    assert done.stderr.strip().endswith("ModuleNotFoundError: No module named 'azureml.kore'")


def test_az_is_ours() -> None:
    assert '"Offline subscription"' in offline("az", "account", "show").stdout
