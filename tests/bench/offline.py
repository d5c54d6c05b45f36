"""What the stand-in costs: a trivial job, the MLClient, a thousand versions of a data asset."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.table import show, spread

SCRIPT = "print('hello')\n"

SUBMIT = """
import os, sys, time
from dp100.standin.engine.workspace import account, workspace
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.jobs import control
account.create_group("rg", "eastus")
ws = workspace.create("rg", "mlw-bench")
for number in range(int(sys.argv[2]) + 1):
    begin = time.perf_counter()
    run = submit(ws, JobSpec(code=sys.argv[1], command="python hello.py"))
    state = control.wait(ws, run)
    assert state.status == "Completed", state
    print(time.perf_counter() - begin)
"""

IMPORT = (
    "import time; begin = time.perf_counter(); from azure.ai.ml import MLClient; {then}; "
    "print(time.perf_counter() - begin)"
)
CLIENT = "from azure.identity import DefaultAzureCredential; MLClient.from_config(DefaultAzureCredential())"

VERSIONS = """
import time
from azure.ai.ml import MLClient
from azure.ai.ml.entities import Data
from azure.identity import DefaultAzureCredential
client = MLClient.from_config(DefaultAzureCredential())
begin = time.perf_counter()
path = "azureml://datastores/workspaceblobstore/paths/x.csv"
for number in range(1000):
    client.data.create_or_update(Data(name="many", path=path, type="uri_file"))
listed = sum(1 for _ in client.data.list("many"))
assert listed == 1000, listed
print(time.perf_counter() - begin)
"""


def run(runs: int = 7) -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "code").mkdir()
        (folder / "code" / "hello.py").write_text(SCRIPT, encoding="utf-8")
        env = {**os.environ, "DP100_HOME": str(folder / "home")}
        bare = []
        for _ in range(runs):
            begin = time.perf_counter()
            subprocess.run(
                [sys.executable, str(folder / "code" / "hello.py")], check=True, capture_output=True
            )
            bare.append(time.perf_counter() - begin)
        jobs = _figures([sys.executable, "-c", SUBMIT, str(folder / "code"), str(runs)], env, folder)[1:]
        az = [sys.executable, "-m", "dp100", "offline", "--"]
        for words in (
            "group create --name rg2 --location eastus",
            "ml workspace create --name mlw-two --resource-group rg2",
        ):
            subprocess.run([*az, "az", *words.split()], check=True, capture_output=True, env=env, cwd=folder)
        config = {
            "subscription_id": _subscription(az, env, folder),
            "resource_group": "rg2",
            "workspace_name": "mlw-two",
        }
        (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
        alone, client = [], []
        for _ in range(runs):
            alone += _figures([sys.executable, "-c", IMPORT.format(then="pass")], env, folder)
            client += _figures([*az, sys.executable, "-c", IMPORT.format(then=CLIENT)], env, folder)
        ratio = statistics.median(mine / theirs for mine, theirs in zip(client, alone, strict=True))
        versions = _figures([*az, sys.executable, "-c", VERSIONS], env, folder)
    more = statistics.median(jobs) - statistics.median(bare)
    show(
        f"The stand-in, {runs} runs",
        [
            ("a script, bare", spread(bare, "s"), ""),
            ("the same as a job, end to end", spread(jobs, "s"), ""),
            ("a job costs more by", f"{more:.2f} s", "under 1.5 s"),
            ("import azure.ai.ml", spread(alone, "s"), ""),
            ("import azure.ai.ml and make an MLClient, offline", spread(client, "s"), ""),
            ("ratio, pair by pair", f"{ratio:.2f}", "under 1.20"),
            ("1,000 data versions registered and listed, SDK v2", spread(versions, "s"), "under 10 s"),
        ],
    )


def _figures(command: list[str], env: dict[str, str], folder: Path) -> list[float]:
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env, cwd=folder)
    return [float(line) for line in done.stdout.split()]


def _subscription(az: list[str], env: dict[str, str], folder: Path) -> str:
    command = [*az, "az", "account", "show", "--query", "id", "--output", "tsv"]
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=env, cwd=folder
    ).stdout.strip()
