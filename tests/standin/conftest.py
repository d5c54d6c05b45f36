"""What the tests of the stand-in start from."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.standin.engine.workspace import account, workspace
from dp100.standin.engine.workspace.principals import set_current
from dp100.standin.engine.workspace.workspace import Workspace


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for MLflow's empty database, which takes seconds to make, for all tests of a run."""
    base = tmp_path_factory.getbasetemp()
    # Workers of pytest-xdist have a folder each below the one of the whole run.
    return (base.parent if base.name.startswith("popen-") else base) / "mlflow-templates"


@pytest.fixture(autouse=True)
def one_template(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(templates))


@pytest.fixture(autouse=True)
def signed_in_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test starts as the signed-in user, in no workspace but its own."""
    monkeypatch.delenv("DP100_AZURE", raising=False)
    set_current(None)


@pytest.fixture
def group(home: Path) -> str:
    """A resource group in an account of a temporary folder."""
    return account.create_group("rg-dp100", "eastus").name


@pytest.fixture
def ws(group: str) -> Workspace:
    """A new workspace in that group."""
    return workspace.create(group, "mlw-dp100")
