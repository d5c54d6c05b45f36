"""A client of a new workspace in a temporary folder. azure.ai.ml is imported once for all tests of a worker."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import command
from azure.ai.ml.entities import AmlCompute, Command

from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.tracking import database
from dp100.standin.engine.workspace import workspace
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.client import MLClient


class Credential:
    """A credential that is never asked for anything."""

    def get_token(self, *scopes: str, **kwargs: Any) -> Any:
        raise AssertionError("nothing here needs a token")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The learner's working folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def client(ws: Workspace, project: Path) -> Iterator[MLClient]:
    yield MLClient(Credential(), ws.subscription_id, ws.group, ws.name)
    opened = workspace.open_workspace(ws.name, ws.group) if (ws.folder / "workspace.yaml").exists() else None
    for run_id in records.run_ids(opened) if opened else ():
        if not records.state(ws, run_id).over:
            control.cancel(ws, run_id, timeout=20)
    database.close()


@pytest.fixture
def account(home: Path) -> Account:
    return Account.load()


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Submitting a job waits for its end."""
    monkeypatch.setenv("DP100_JOBS", "wait")


@pytest.fixture
def script(client: MLClient, project: Path) -> Callable[..., Command]:
    """Makes a command job that runs a script on the cluster ``cpu``."""
    client.compute.begin_create_or_update(AmlCompute(name="cpu", size="STANDARD_DS11_V2", max_instances=2))

    def make(main: str = "print('hello')", /, line: str = "python main.py", **given: Any) -> Command:
        (project / "src").mkdir(exist_ok=True)
        (project / "src" / "main.py").write_text(textwrap.dedent(main), encoding="utf-8")
        known = {
            "code": "./src",
            "command": line,
            "environment": "AzureML-Minimal@latest",
            "compute": "cpu",
            "experiment_name": "trials",
        }
        return command(**(known | given))

    return make


def tree(folder: Path | str) -> list[str]:
    """The files below a folder."""
    return sorted(
        Path(root, name).relative_to(folder).as_posix()
        for root, _, names in os.walk(folder)
        for name in names
    )
