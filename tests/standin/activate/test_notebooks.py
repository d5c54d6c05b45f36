"""Notebooks inside `dp100 offline`: a real Jupyter kernel, and the bare shell that runs notebooks without one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dp100.standin.engine.workspace import account, workspace
from tests.standin.activate.running import python, run

#: Starts a kernel as a notebook's server does, and prints what each cell printed, or the name of its error.
KERNEL = """
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="python3")
def heard(message):
    content = message["content"]
    said = content.get("text") or content.get("data", {}).get("text/plain") or content.get("evalue")
    if said and message["msg_type"] in ("stream", "execute_result", "error"):
        print(said.strip())
try:
    for cell in CELLS:
        client.execute_interactive(cell, output_hook=heard, timeout=120)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
"""


@pytest.fixture
def bakery(home, tmp_path, monkeypatch):
    """A workspace, and a working folder for its notebooks."""
    account.create_group("bakery", "eastus")
    monkeypatch.chdir(tmp_path)
    return workspace.create("bakery", "bread", location="eastus")


def in_kernel(*cells: str) -> list[str]:
    # Kernels that are installed for the user come before the environment's own, unless this is said.
    return python(KERNEL.replace("CELLS", repr(cells)), JUPYTER_PREFER_ENV_PATH="1").splitlines()


def test_a_kernel_has_both_sdks_and_mlflow_of_the_stand_in(bakery) -> None:
    said = in_kernel(
        "from azureml.core import Experiment, Workspace\nws = Workspace.get('bread', resource_group='bakery')\n"
        "ws.write_config()\nrun = Experiment(ws, 'baking').start_logging(snapshot_directory=None)\n"
        "run.log('loaves', 3)\nrun.complete()",
        "from azure.ai.ml import MLClient\nfrom azure.identity import DefaultAzureCredential\n"
        "client = MLClient.from_config(DefaultAzureCredential())\nclient.workspaces.get('bread').name",
        "import mlflow\nfloat(mlflow.search_runs(experiment_names=['baking'])['metrics.loaves'][0])",
        "%matplotlib inline\nimport socket\nsocket.create_connection(('management.azure.com', 443))",
        "!az ml workspace show -n bread -g bakery --query name -o tsv",
    )
    assert [line for line in said if line in ("'bread'", "3.0", "bread")] == ["'bread'", "3.0", "bread"]
    assert any(
        line.startswith("The Azure host management.azure.com is not available offline.") for line in said
    )


def test_a_kernel_outside_has_nothing_of_ours(tmp_path: Path) -> None:
    code = KERNEL.replace(
        "CELLS", repr(["import sys; print([path for path in sys.path if 'standin' in path])"])
    )
    assert run([sys.executable, "-c", code], cwd=tmp_path, JUPYTER_PREFER_ENV_PATH="1").stdout == "[]\n"


def test_the_bare_shell_of_notebook_runners_plots_without_a_window(tmp_path: Path) -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "from IPython.terminal.interactiveshell import TerminalInteractiveShell as Terminal\n"
        "shell = InteractiveShell.instance()\n"
        "print(shell.run_cell('%matplotlib inline').success)\n"
        "try:\n    shell.enable_gui('qt')\nexcept NotImplementedError:\n    print('as before')\n"
        "print(Terminal.enable_gui is InteractiveShell.enable_gui)"
    )
    assert python(code, cwd=tmp_path).split("\n")[-4:] == [
        "True",
        "as before",
        "False",
        "",
    ]
