"""The database itself: made by MLflow, copied, migrated, moved; and what happens when it is damaged."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.tracking import database, template
from dp100.standin.engine.tracking.store import Tracking
from tests.standin.engine.tracking.conftest import FakeWorkspace

# A database as a version of MLflow before the last change of its schema made it, with a run in it.
_OLDER = """
import sys
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from mlflow.store.db.utils import _get_alembic_config
from mlflow.store.tracking.dbmodels.initial_models import Base
engine = create_engine(sys.argv[1])
Base.metadata.create_all(engine)
config = _get_alembic_config(sys.argv[1])
script = ScriptDirectory.from_config(config)
before = script.get_revision(script.get_current_head()).down_revision
command.upgrade(config, before if isinstance(before, str) else before[0])
with engine.begin() as connection:
    connection.execute(text("INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage)"
                            " VALUES (5, 'kept', '/tmp/x', 'active')"))
"""


def test_the_version_is_mlflows() -> None:
    mlflow = pytest.importorskip("mlflow.version")
    assert template.mlflow_version() == mlflow.VERSION


def test_the_store_is_made_when_it_is_first_needed(ws: FakeWorkspace) -> None:
    tracking = Tracking(ws)
    assert not (ws.folder / "mlflow.db").exists()
    assert tracking.uri == "sqlite:///" + (ws.folder / "mlflow.db").as_posix()
    assert (ws.folder / "mlflow.db").is_file()
    mode = tracking.database.connection().execute("PRAGMA journal_mode").fetchone()
    assert mode == ("wal",)


def test_a_workspace_that_is_gone(ws: FakeWorkspace) -> None:
    tracking = Tracking(ws)
    tracking.experiment("e")
    database.close()
    shutil.rmtree(ws.folder)
    with pytest.raises(NotFound, match="Workspace ws not found"):
        tracking.experiments()
    assert not ws.folder.exists()


def test_a_workspace_made_anew_is_empty(ws: FakeWorkspace) -> None:
    Tracking(ws).create_run("e", "r")
    shutil.rmtree(ws.folder)  # while a connection is open
    ws.folder.mkdir()
    assert Tracking(ws).runs() == []


def test_a_moved_workspace_finds_its_files(ws: FakeWorkspace) -> None:
    tracking = Tracking(ws)
    tracking.create_run("e", "r")
    tracking.artifacts.upload("r", "a.txt", b"kept")
    database.close()
    moved = FakeWorkspace(ws.folder.parent / "moved")
    ws.folder.rename(moved.folder)
    assert Tracking(moved).artifacts.read("r", "a.txt") == b"kept"
    assert Tracking(moved).run("r").artifact_uri.startswith(moved.folder.as_uri())
    assert Tracking(moved).experiment("new").artifact_location.startswith(moved.folder.as_uri())


def test_an_older_store_is_migrated(ws: FakeWorkspace) -> None:
    mlflow = pytest.importorskip("mlflow")
    file = ws.folder / "mlflow.db"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _OLDER, template.uri_of(file)], check=True, capture_output=True
    )
    tracking = Tracking(ws)
    assert "kept" in [e.name for e in tracking.experiments()]
    tracking.create_run("train", "r")
    tracking.log_scalar("r", "x", "text")
    assert tracking.get_metrics("r") == {"x": "text"}
    client = mlflow.MlflowClient(tracking.uri)
    assert client.get_experiment("5").name == "kept"
    number = client.create_experiment("by MLflow")
    assert client.get_experiment(number).artifact_location == f"{template.artifact_root(ws)}/{number}"


def test_a_damaged_store_says_so(ws: FakeWorkspace) -> None:
    (ws.folder / "mlflow.db").write_bytes(b"no database" * 1000)
    with pytest.raises(EngineError, match="damaged") as caught:
        Tracking(ws).experiments()
    assert str(ws.folder / "mlflow.db") in caught.value.message  # which of all the workspaces' stores


def test_a_store_that_cannot_be_opened_is_not_called_damaged(ws: FakeWorkspace) -> None:
    Tracking(ws).experiments()
    database.close()
    template._checked.clear()  # as another process sees it
    (ws.folder / "mlflow.db-wal").mkdir()  # as where nothing may be written, SQLite cannot make its log
    with pytest.raises(EngineError, match=r"mlflow\.db, cannot be used: unable to open database file"):
        Tracking(ws).experiments()


def test_a_store_that_breaks_later_says_so(ws: FakeWorkspace) -> None:
    tracking = Tracking(ws)
    for i in range(200):
        tracking.create_run("e", f"r{i}")
    database.close()
    file = ws.folder / "mlflow.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(EngineError, match=r"damaged|cannot be used"):
        tracking.runs()


def test_a_failing_mlflow_says_why(
    ws: FakeWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(tmp_path / "fresh"))
    monkeypatch.setattr(template, "_MAKE", "raise SystemExit('no room left')")
    with pytest.raises(EngineError, match="could not make its database: no room left"):
        Tracking(ws).experiments()
    assert not (ws.folder / "mlflow.db").exists()
    assert not list((tmp_path / "fresh").glob("*.db"))


def test_the_template_is_in_the_accounts_folder(
    home: Path, templates: Path, monkeypatch: pytest.MonkeyPatch, ws: FakeWorkspace
) -> None:
    made = template.template()
    monkeypatch.delenv("DP100_MLFLOW_TEMPLATES")
    (home / "azure" / "templates").mkdir(parents=True)
    shutil.copy(made, home / "azure" / "templates")
    assert template.template() == home / "azure" / "templates" / made.name
    with closing(sqlite3.connect(template.template())) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (0,)
