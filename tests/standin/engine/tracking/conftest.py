"""A workspace with a store of runs. MLflow makes its empty database once for all tests of a run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.engine.tracking import database
from dp100.standin.engine.tracking.store import Tracking


@dataclass(frozen=True)
class FakeWorkspace:
    """What the store needs of a workspace."""

    folder: Path
    name: str = "ws"


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeWorkspace:
    folder = tmp_path / "home of Zoë 100%" / "workspaces" / "group" / "ws"
    folder.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return FakeWorkspace(folder)


@pytest.fixture
def tracking(ws: FakeWorkspace) -> Iterator[Tracking]:
    yield Tracking(ws)
    database.close()


@pytest.fixture
def fluent(tracking: Tracking, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """MLflow's module-level functions, as a training script uses them, in a folder that must stay empty."""
    mlflow = pytest.importorskip("mlflow")
    work = tracking.ws.folder.parent / "where the script runs"
    work.mkdir()
    monkeypatch.chdir(work)
    # MLflow remembers both in its modules and in the environment; neither may reach another test.
    for name in ("MLFLOW_TRACKING_URI", "MLFLOW_EXPERIMENT_ID"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    monkeypatch.setattr("mlflow.tracking.fluent._active_experiment_id", None)
    monkeypatch.setattr("mlflow.tracking._tracking_service.utils._tracking_uri", None)
    mlflow.set_tracking_uri(tracking.uri)
    yield mlflow
    while mlflow.active_run():
        mlflow.end_run()
    assert list(work.iterdir()) == []
