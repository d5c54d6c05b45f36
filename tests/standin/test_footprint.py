"""Nothing is written outside DP100_HOME and the folders that the learner names."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
from pathlib import Path

import mlflow
from azure.ai.ml import Input, MLClient, command
from azure.ai.ml.entities import Data
from azure.identity import DefaultAzureCredential
from azureml.core import Dataset, Experiment, Model, ScriptRunConfig, Workspace

ws = Workspace.create("bread", resource_group="bakery", create_resource_group=True, location="eastus")
ws.write_config()
store = ws.get_default_datastore()
store.upload_files(["loaves.csv"], target_path="loaves")
table = Dataset.Tabular.from_delimited_files((store, "loaves/*.csv")).register(ws, "loaves")
assert len(table.to_pandas_dataframe()) == 2
files = Dataset.File.from_files((store, "loaves/*.csv"))
config = ScriptRunConfig("src", "bake.py", arguments=[files.as_named_input("loaves").as_mount()])
run = Experiment(ws, "baking").submit(config)
run.wait_for_completion(show_output=False, raise_on_error=True)
Model.register(ws, "loaves.csv", "model")

client = MLClient.from_config(DefaultAzureCredential())
client.data.create_or_update(Data(name="loaf", path="loaves.csv", type="uri_file"))
job = command(
    code="src",
    command="python bake.py ${{inputs.loaf}}",
    inputs={"loaf": Input(type="uri_file", path="azureml:loaf@latest")},
    environment="azureml:AzureML-sklearn-1.5@latest",
)
client.jobs.stream(client.jobs.create_or_update(job).name)
with mlflow.start_run():
    mlflow.log_text("crumb", "crumb.txt")
print("done")
"""
BAKE = """
import tempfile, mlflow
from azureml.core import Run
Run.get_context().log("loaves", 2)
mlflow.log_metric("crumbs", 7)
with tempfile.TemporaryFile() as file:
    file.write(b"dough")
"""


def test_runs_of_both_sdks_leave_nothing_anywhere_else(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in ("user", "temporary", "work", "home")}
    for folder in folders.values():
        folder.mkdir()
    work = folders["work"]
    (work / "loaves.csv").write_text("kind,grams\nrye,500\nwheat,700\n")
    (work / "src").mkdir()
    (work / "src" / "bake.py").write_text(BAKE)
    (work / "all.py").write_text(SCRIPT)
    # As on a learner's machine: nothing tells MLflow that this is a test, and its database has to be made first.
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folders["user"]),
        "TMPDIR": str(folders["temporary"]),
        "DP100_HOME": str(folders["home"]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "dp100", "offline", "--", sys.executable, "all.py"],
        cwd=work,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout.endswith("done\n"), done.stderr
    assert [
        str(path.relative_to(tmp_path)) for name in ("user", "temporary") for path in folders[name].iterdir()
    ] == []
    assert sorted(path.name for path in work.iterdir()) == [".azureml", "all.py", "loaves.csv", "src"]
    assert [path.name for path in (work / "src").iterdir()] == ["bake.py"]
