"""Fixtures that every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the learner's data; nothing is ever written anywhere else."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DP100_HOME", str(folder))
    return folder
