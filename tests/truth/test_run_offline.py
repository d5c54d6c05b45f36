"""The blocks of notes that need a workspace, a service or SDK v1 run as they stand, under `dp100 offline`.

They share one process, which imports the SDKs once, and one workspace, so they have to run in any order. Those that
use MLflow themselves have a process of their own: it keeps its experiment and its run for the life of a process.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.standin.engine.workspace import account, workspace
from tests.truth import run_offline
from tests.truth.blocks import ROOT, Block, standing_in
from tests.truth.test_code_blocks import LONGEST, each, fail, run_among_others, surroundings

pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("run-offline")]

LATER = {
    "deploy.compute.options-1": "online and batch endpoints",
    "deploy.compute.security-0": "web services of SDK v1",
    "optimize.automl.metric-0": "automated ML",
    "optimize.automl.preprocessing-0": "automated ML",
    "optimize.hyperdrive.sampling-0": "tuning",
    "optimize.hyperdrive.space-0": "tuning",
    "optimize.hyperdrive.termination-0": "tuning",
    "optimize.interpret.explainer-0": "explainers",
    "optimize.interpret.importance-0": "explainers",
    "train.pipelines.create-0": "pipelines",
    "train.pipelines.data-0": "pipelines",
}
"""The blocks that cannot run yet, each with the part of the stand-in that it waits for."""

NO_MODULE_YET = {"optimize.interpret.explainer-0", "optimize.interpret.importance-0"}
"""Those of them that import a package which is not there at all; the others are told NotOffline."""

GROUP, WORKSPACE = "rg-dp100", "mlw-dp100"


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace, its config.json and what the notes take for granted: a cluster and a data asset."""
    folder = tmp_path_factory.mktemp("offline")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DP100_AZURE", raising=False)
        for name, value in variables(folder).items():
            patch.setenv(name, value)
        account.create_group(GROUP, "eastus")
        workspace.create(GROUP, WORKSPACE)
        config = {
            "subscription_id": account.Account.load().subscription_id,
            "resource_group": GROUP,
            "workspace_name": WORKSPACE,
        }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "diabetes.csv").write_text("Glucose,Diabetic\n104,0\n171,1\n92,0\n", encoding="utf-8")
    (folder / "begin.py").write_text(BEGIN, encoding="utf-8")
    trouble = alone(folder / "begin.py", folder)
    assert trouble is None, trouble
    return folder


BEGIN = """
from azure.ai.ml import MLClient
from azure.ai.ml.entities import AmlCompute, Data
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())
cluster = AmlCompute(name="aml-cluster", size="STANDARD_DS3_V2", max_instances=4)
ml_client.compute.begin_create_or_update(cluster).result()
ml_client.data.create_or_update(Data(name="diabetes-data", path="diabetes.csv", type="uri_file"))
"""


def variables(folder: Path) -> dict[str, str]:
    """What sets a process into the home in a folder; MLflow's empty database is shared with the other tests."""
    everyone = folder.parent.parent if os.environ.get("PYTEST_XDIST_WORKER") else folder.parent
    return {
        "DP100_HOME": str(folder / "home"),
        "DP100_JOBS": "wait",
        "DP100_MLFLOW_TEMPLATES": str(everyone / "mlflow-templates"),
    }


def without_dp100(env: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in env.items() if not name.startswith("DP100_")}


def started(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """A process that runs scripts under the stand-in, in a folder with a config.json."""
    offline = [sys.executable, "-m", "dp100", "offline", "--"]
    with (folder / "noise").open("a", encoding="utf-8") as noise:
        return subprocess.Popen(
            [*offline, sys.executable, "-W", "ignore", run_offline.__file__, *arguments],
            cwd=folder,
            env={**without_dp100(surroundings()), **variables(folder), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if arguments else noise,
            text=True,
            encoding="utf-8",
            errors="replace",
        )


def alone(script: Path, folder: Path) -> str | None:
    """Runs a script in a process of its own; gives its traceback if it fails."""
    with started(folder, str(script)) as process:
        try:
            _, complaints = process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            process.kill()
            return "it took too long"
    return complaints.strip() or "no message" if process.returncode else None


@pytest.fixture(scope="module")
def runner(place: Path) -> Iterator[subprocess.Popen[str]]:
    with started(place) as process:
        yield process
        process.kill()


def jobs(place: Path) -> dict[str, str]:
    """The state of every job that was submitted so far."""
    found = (place / "home" / "azure" / "workspaces" / GROUP / WORKSPACE / "jobs").glob("*/state.json")
    return {path.parent.name: json.loads(path.read_text("utf-8"))["status"] for path in found}


@each(standing_in())
def test_runs_offline(block: Block, place: Path, request: pytest.FixtureRequest) -> None:
    script = place / block.id / "block.py"
    script.parent.mkdir()
    script.write_text(block.before + "\n" + block.text, encoding="utf-8")
    before = jobs(place)
    if "mlflow" in block.names():
        trouble = alone(script, place)
    else:
        trouble = run_among_others(script, request.getfixturevalue("runner"))
    if block.id in LATER:
        assert_not_yet(block, trouble)
    elif trouble:
        fail(block, [f"does not run: {trouble[-2000:]}"])
    unfinished = {name: state for name, state in jobs(place).items() if state != "Completed"}
    fail(block, [f"its job {name} ends as {unfinished[name]}" for name in unfinished.keys() - before.keys()])


def assert_not_yet(block: Block, trouble: str | None) -> None:
    if trouble is None:
        fail(block, [f"runs by now, and is still listed as waiting for {LATER[block.id]}"])
        return
    last = trouble.strip().splitlines()[-1]
    allowed = r"NotOffline|ImportError|ModuleNotFoundError" if block.id in NO_MODULE_YET else r"NotOffline"
    if not re.match(rf"(\w+\.)*({allowed}): ", last):
        fail(block, [f"waits for {LATER[block.id]}, and fails otherwise: {trouble[-2000:]}"])


def test_what_waits_is_there() -> None:
    assert set(LATER) <= {block.id for block in standing_in()}
    assert set(NO_MODULE_YET) <= set(LATER)
