"""A workspace with a store, as the tests of the store have it, and models to register."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standin.engine.tracking.conftest import FakeWorkspace, fluent, tracking, ws

__all__ = ["FakeWorkspace", "fluent", "tracking", "ws"]


@pytest.fixture
def pickle_file(tmp_path: Path) -> Path:
    file = tmp_path / "model.pkl"
    file.write_bytes(b"a pickled model")
    return file


@pytest.fixture
def mlflow_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "mlflow model"
    folder.mkdir()
    (folder / "MLmodel").write_text(
        "flavors:\n  python_function:\n    loader_module: mlflow.sklearn\n  sklearn:\n    pickled_model: model.pkl\n"
        "run_id: 0123456789abcdef\n"
    )
    (folder / "model.pkl").write_bytes(b"pickled")
    return folder
