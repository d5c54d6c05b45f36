"""`az ml component`, `az ml job cancel` and `az ml compute attach`, and roles under `az login --service-principal`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.tracking import database
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.az.conftest import Az
from tests.standin.engine.jobs.conftest import running, until

COMPONENT = """
$schema: https://azuremlschemas.azureedge.net/latest/commandComponent.schema.json
name: scale
display_name: Scale the rows
type: command
version: {version}
inputs:
  rows: {{type: uri_folder}}
  factor: {{type: number, default: 2}}
outputs:
  scaled: {{type: uri_folder}}
code: ./src
environment: azureml:AzureML-Minimal@latest
command: python scale.py --rows ${{{{inputs.rows}}}} --factor ${{{{inputs.factor}}}} --to ${{{{outputs.scaled}}}}
"""


@pytest.fixture
def jobs(ws: Workspace) -> Iterator[Workspace]:
    """The workspace, in which no job is left behind."""
    yield ws
    for run_id in records.run_ids(ws):
        if not records.state(ws, run_id).over:
            control.cancel(ws, run_id, timeout=20)
    database.close()


@pytest.fixture
def component(here: Path) -> Path:
    (here / "src").mkdir()
    (here / "src" / "scale.py").write_text("print('scaled')\n")
    file = here / "component.yml"
    file.write_text(COMPONENT.format(version=1))
    return file


def test_components(az: Az, component: Path) -> None:
    made = az("ml", "component", "create", "-f", str(component))
    assert (made["name"], made["version"], made["display_name"]) == ("scale", "1", "Scale the rows")
    assert float(made["inputs"]["factor"]["default"]) == 2
    assert (made["inputs"]["rows"]["type"], made["outputs"]["scaled"]["type"]) == ("uri_folder", "uri_folder")
    component.write_text(COMPONENT.format(version=2))
    assert az("ml", "component", "create", "--file", str(component))["version"] == "2"
    shown = az("ml", "component", "show", "-n", "scale", "-v", "1")
    assert shown == made
    assert az("ml", "component", "show", "--name", "scale", "--query", "version") == "2"
    assert az("ml", "component", "list", "--query", "[].name") == ["scale"]
    assert az("ml", "component", "list", "-n", "scale", "--query", "[].version") == ["2", "1"]
    az("ml", "component", "archive", "-n", "scale", "-v", "2")
    assert az("ml", "component", "list", "-n", "scale", "--query", "[].version") == ["1"]
    az("ml", "component", "restore", "-n", "scale", "-v", "2")
    assert len(az("ml", "component", "list", "-n", "scale")) == 2


def test_components_that_are_refused(az: Az, component: Path) -> None:
    assert "--file/-f" in az("ml", "component", "create", status=2)
    assert "No such file" in az("ml", "component", "create", "-f", "nope.yml", status=1)
    assert az("ml", "component", "show", "-n", "nope", "-v", "1", status=3)
    assert az("ml", "component", "list", "-n", "nope", status=3)
    component.write_text(component.read_text().replace("type: command", "type: nothing"))
    assert "nothing" in az("ml", "component", "create", "-f", str(component), status=1)


def test_a_running_job_is_canceled_with_its_processes(az: Az, here: Path, jobs: Workspace) -> None:
    (here / "src").mkdir()
    (here / "src" / "wait.py").write_text("import time\nprint('begun', flush=True)\ntime.sleep(600)\n")
    (here / "job.yml").write_text(
        "code: src\ncommand: python wait.py --of az-cancel\nenvironment: azureml:AzureML-Minimal@latest\n"
    )
    az("ml", "job", "create", "-f", "job.yml", "--name", "slow")
    until(lambda: az("ml", "job", "show", "-n", "slow")["status"], lambda status: status == "Running")
    until(lambda: running("--of az-cancel"), bool)
    assert az("ml", "job", "cancel", "-n", "slow") is None
    until(lambda: az("ml", "job", "show", "-n", "slow")["status"], lambda status: status == "Canceled")
    assert running("--of az-cancel") == []
    assert "cannot be canceled" in az("ml", "job", "cancel", "-n", "slow", status=1)
    assert az("ml", "job", "cancel", "-n", "nope", status=3)


def test_targets_are_attached_and_detached(az: Az, here: Path) -> None:
    provider = "/subscriptions/s/resourceGroups/g/providers"
    machine = f"{provider}/Microsoft.Compute/virtualMachines/mine"
    cluster = f"{provider}/Microsoft.ContainerService/managedClusters/k8s"
    made = az(
        "ml", "compute", "attach", "-n", "machine", "-t", "virtualmachine", "--resource-id", machine,
        "--admin-username", "me", "--admin-password", "hidden", "--ssh-port", "2222",
    )  # fmt: skip
    assert (made["name"], made["type"].lower(), made["resource_id"]) == ("machine", "virtualmachine", machine)
    assert "hidden" not in str(made)
    made = az(
        "ml", "compute", "attach", "--name", "pods", "--type", "Kubernetes", "--resource-id", cluster,
        "--namespace", "train",
    )  # fmt: skip
    assert (made["type"].lower(), made["namespace"], made["resource_id"]) == ("kubernetes", "train", cluster)
    assert az("ml", "compute", "list", "--query", "[].name") == ["machine", "pods"]
    assert az("ml", "compute", "show", "-n", "pods")["namespace"] == "train"
    az("ml", "compute", "detach", "-n", "pods", "-y")
    assert az("ml", "compute", "show", "-n", "pods", status=3)
    (here / "vm.yml").write_text(f"name: other\ntype: virtualmachine\nresource_id: {machine}\n")
    assert az("ml", "compute", "attach", "-f", "vm.yml")["resource_id"] == machine


def sign_in(az: Az, ws: Workspace, role: str) -> dict[str, Any]:
    made: dict[str, Any] = az("ad", "sp", "create-for-rbac", "-n", "ci", "--role", role, "--scopes", ws.id)
    az("login", "--service-principal", "-u", made["appId"], "-p", made["password"], "-t", made["tenant"])
    return made


def test_a_compute_operator_starts_and_stops(az: Az, here: Path, ws: Workspace) -> None:
    az("ml", "compute", "create", "-n", "ci-one", "--type", "computeinstance")
    sign_in(az, ws, "AzureML Compute Operator")
    for verb, state in (("stop", "Stopped"), ("start", "Running"), ("restart", "Running")):
        az("ml", "compute", verb, "-n", "ci-one")
        assert az("ml", "compute", "show", "-n", "ci-one", "--query", "state") == state
    assert "(AuthorizationFailed)" in az("ml", "workspace", "show", "-n", ws.name, status=1)
    assert "(AuthorizationFailed)" in az("ml", "job", "list", status=1)


def test_a_reader_may_look_and_not_touch(az: Az, here: Path, ws: Workspace) -> None:
    (here / "m.pkl").write_bytes(b"model")
    az("ml", "model", "create", "-n", "m", "--path", "m.pkl", "--type", "custom_model")
    sign_in(az, ws, "Reader")
    assert az("ml", "model", "list", "--query", "[].name") == ["m"]
    for words in (
        ("ml", "model", "archive", "-n", "m", "-v", "1"),
        ("ml", "model", "delete", "-n", "m", "-v", "1", "-y"),
        ("ml", "model", "update", "-n", "m", "-v", "1", "--set", "tags.a=1"),
    ):
        assert "(AuthorizationFailed)" in az(*words, status=1)
    assert az("ml", "model", "show", "-n", "m", "-v", "1")["version"] == "1"
    database.close()
