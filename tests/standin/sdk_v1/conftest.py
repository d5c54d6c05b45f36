"""The façade on the path, and a workspace seen through it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

import dp100.standin
from dp100.standin.engine.workspace.workspace import Workspace as EngineWorkspace

FACADE = Path(dp100.standin.__file__).parent / "sdk_v1"
REPOSITORY = Path(dp100.standin.__file__).parents[2]

if str(FACADE) not in sys.path:
    sys.path.append(str(FACADE))


@pytest.fixture(autouse=True)
def for_jobs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Jobs find the façade too, submitting waits for their end, and relative paths are in a folder of the test."""
    known = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    path = [str(FACADE), str(REPOSITORY), *known]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path))
    monkeypatch.setenv("DP100_JOBS", "wait")
    for name in [each for each in os.environ if each.startswith("AZUREML_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)


@pytest.fixture
def in_background(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submitting does not wait for the end of the job."""
    monkeypatch.setenv("DP100_JOBS", "")


@pytest.fixture
def workspace(ws: EngineWorkspace):
    """The workspace as SDK v1 sees it."""
    from azureml.core import Workspace

    return Workspace.get(ws.name, resource_group=ws.group)


@pytest.fixture
def experiment(workspace):
    from azureml.core import Experiment

    return Experiment(workspace, "training")


@pytest.fixture
def fruit(workspace):
    """A registered tabular and a registered file dataset."""
    from azureml.core import Dataset

    Path("fruit").mkdir()
    Path("fruit/a.csv").write_text("name,grams\napple,100\npear,120\n")
    Path("fruit/b.csv").write_text("name,grams\nplum,40\n")
    store = workspace.get_default_datastore()
    store.upload("fruit", "fruit", show_progress=False)
    table = Dataset.Tabular.from_delimited_files((store, "fruit/*.csv"))
    files = Dataset.File.from_files((store, "fruit/*.csv"))
    return table.register(workspace, "fruit table"), files.register(workspace, "fruit files")


@pytest.fixture
def script(tmp_path: Path):
    """A function that writes a script to a folder of its own, and returns the folder."""

    def write(text: str, name: str = "train.py") -> Path:
        folder = tmp_path / "project"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return write
