"""The commands of the retired extension azure-cli-ml."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.az.commands import COMMANDS
from dp100.standin.az.main import main
from dp100.standin.az.options import Command
from dp100.standin.az.v1.commands import V1
from dp100.standin.engine.jobs.control import wait
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.config_file import find_config
from dp100.standin.engine.workspace.workspace import Workspace
from tests.standin.activate.running import offline
from tests.truth.az_ml_v1_verbs import ML_V1

Az = Callable[..., tuple[Any, str]]


@pytest.fixture
def az(
    capsys: pytest.CaptureFixture[str], ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Az:
    """Run a command of `az ml` in a folder of its own: its result, and what it says on standard error."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")

    def run(words: str, *, status: int = 0, where: str = f"-g {ws.group} -w {ws.name}") -> tuple[Any, str]:
        capsys.readouterr()
        found = main(["ml", *words.split(), *where.split()])
        said = capsys.readouterr()
        assert found == status, said.err
        return json.loads(said.out) if said.out else None, said.err

    return run


@pytest.mark.parametrize("command", V1, ids=lambda each: str(each.name))
def test_options_are_those_of_the_reference(command: Command) -> None:
    official = ML_V1[command.name]
    ours = {text.rstrip("!*?~"): text for text in command.options.split()}
    assert {name for names in ours for name in names.split(",")} == official.options
    required = {tuple(names.split(",")) for names, text in ours.items() if text.endswith("!")}
    assert required == set(official.required)
    assert COMMANDS[command.name] is command


def test_every_command_says_once_that_its_support_has_ended(az: Az) -> None:
    _, said = az("computetarget list")
    assert said == (
        "WARNING: This command is of the extension azure-cli-ml (CLI v1), whose support ended on 30 September 2025. "
        "Use 'az ml compute list' instead.\n"
    )
    assert az("computetarget list --only-show-errors")[1] == ""


def test_compute_targets(az: Az) -> None:
    made, _ = az(
        "computetarget create amlcompute -n cpu-cluster -s STANDARD_DS11_V2 --min-nodes 0 --max-nodes 2 "
        "--vm-priority LowPriority --tag a=1 --tag b=2 --idle-seconds-before-scaledown 600"
    )
    assert (made["name"], made["tags"]) == ("cpu-cluster", {"a": "1", "b": "2"})
    assert made["properties"]["computeType"] == "AmlCompute"
    assert made["properties"]["properties"]["vmPriority"] == "LowPriority"
    assert made["properties"]["status"]["scaleSettings"] == {
        "minNodeCount": 0,
        "maxNodeCount": 2,
        "nodeIdleTimeBeforeScaleDown": "PT600S",
    }
    made, _ = az("computetarget create computeinstance -n ci-one -s STANDARD_DS3_V2 --ssh-public-access True")
    assert made["properties"]["status"]["state"] == "Running"
    assert made["properties"]["properties"]["sshSettings"]["sshPublicAccess"] == "Enabled"
    assert [each["name"] for each in az("computetarget list")[0]] == ["ci-one", "cpu-cluster"]
    assert az("compute list --query [].name")[0] == ["ci-one", "cpu-cluster"]
    assert az("computetarget show -n cpu-cluster -v")[0]["properties"]["provisioningState"] == "Succeeded"
    assert az("computetarget delete -n ci-one")[0] is None
    assert "(ComputeTargetNotFound)" in az("computetarget show -n ci-one", status=3)[1]
    assert az("computetarget delete -n ci-one", status=3)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (
            "computetarget create amlcompute -n c1 -s x",
            2,
            "the following arguments are required: --max-nodes",
        ),
        ("computetarget create amlcompute -n c1 -s x --max-nodes many", 2, "invalid int value: 'many'"),
        ("computetarget create aks -n c1", 1, "az ml computetarget create aks is not available offline."),
        ("run submit-script -c x", 1, "az ml run submit-script is not available offline."),
        ("datastore upload -n x", 1, "az ml datastore upload is not available offline."),
        ("datastore set-default -n nope", 3, "Could not find datastore: nope"),
        ("run list", 2, "One of ['--experiment-name', '--pipeline-run-id'] must be provided."),
        ("run list -e nope", 3, "Experiment nope not found."),
        ("run show -r nope", 2, "default experiment not set"),
        ("run show -r nope -e e1", 3, "Run nope was not found."),
        ("run cancel -r nope -e e1", 3, "Run nope was not found."),
        ("experiment list --subscription-id nope", 1, "The subscription of 'nope' doesn't exist"),
    ],
)
def test_what_does_not_fit_or_is_not_there(az: Az, words: str, status: int, said: str) -> None:
    assert said in az(words, status=status)[1]


def test_the_default_datastore(az: Az) -> None:
    shown, _ = az("datastore show-default")
    assert (shown["name"], shown["datastore_type"], shown["protocol"]) == (
        "workspaceblobstore",
        "AzureBlob",
        "https",
    )
    assert "account_key" not in shown
    assert az("datastore set-default -n workspacefilestore")[0] is None
    shown, _ = az("datastore show-default --include-secret -t out.json")
    assert (shown["name"], shown["credential_type"]) == ("workspacefilestore", "AccountKey")
    assert json.loads(Path("out.json").read_text()) == shown


def test_runs_of_the_experiment_that_a_folder_is_attached_to(az: Az, ws: Workspace) -> None:
    tracking = Tracking(ws)
    tracking.create_run("e1", "r1", tags={"k": "v"}, state="Completed")
    tracking.create_run("e1", "r2")
    tracking.create_run("e1", "r3", parent="r2")
    tracking.create_run("e2", "r4")
    assert {each["name"] for each in az("experiment list")[0]} >= {"e1", "e2"}

    attached, said = az("folder attach -e e1")
    assert attached["Experiment name"] == "e1"
    assert Path(attached["Project path"]) == Path.cwd().resolve()
    assert "az configure --defaults" in said
    assert find_config().workspace_name == ws.name

    assert [each["run_id"] for each in az("run list", where="")[0]] == ["r2", "r1"]
    assert [each["run_id"] for each in az("run list --last 1", where="")[0]] == ["r2"]
    assert [each["run_id"] for each in az("run list --parent-run-id r2", where="")[0]] == ["r3"]
    assert [each["run_id"] for each in az("run list --tags k=v --status completed", where="")[0]] == ["r1"]
    assert [each["RunId"] for each in az("run list -e e2 --minimal", where="")[0]] == ["r4"]

    shown, _ = az("run show -r r2", where="")
    assert (shown["status"], shown["target"], shown["_experiment_name"]) == ("Running", "sdk", "e1")
    assert "was not found" in az("run show -r r4", where="", status=3)[1]
    assert "canceled successfully" in az("run cancel -r r2", where="")[1]
    assert tracking.run("r2").state == "Canceled"
    assert "cannot be canceled" in az("run cancel -r r2", where="", status=1)[1]


def test_a_job_is_a_run(az: Az, ws: Workspace) -> None:
    run_id = submit(
        ws, JobSpec(experiment="e1", command=["python", "-c", "import time; time.sleep(60)"], tags={"a": "1"})
    )
    (listed,), _ = az("run list -e e1 --compute-target-name local --tags a")
    assert (listed["run_id"], listed["run_type"], listed["tags"]) == (run_id, "azureml.scriptrun", {"a": "1"})
    az(f"run cancel -e e1 -r {run_id}")
    assert wait(ws, run_id, 60).status == "Canceled"
    assert az(f"run show -e e1 -r {run_id} --query status")[0] == "Canceled"


def test_a_folder_is_made_and_names_the_experiment(az: Az) -> None:
    assert az("folder attach --path new/project")[0]["Experiment name"] == "project"
    assert az("run list --path new/project", where="", status=3)[1].endswith(
        "Experiment project not found.\n"
    )
    Path("file").touch()
    assert "must be a directory" in az("folder attach --path file", status=1)[1]
    assert "default workspace not set" in az("experiment list", where="", status=2)[1]


def test_they_do_not_import_the_sdk(ws: Workspace) -> None:
    words = ["ml", "computetarget", "list", "-g", ws.group, "-w", ws.name]
    done = offline(sys.executable, "-X", "importtime", "-m", "dp100.standin.az", *words)
    assert "azure.ai.ml" not in done.stderr
    assert "azure.core" not in done.stderr
