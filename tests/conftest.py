"""Fixtures that every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def pytest_xdist_auto_num_workers() -> int:
    """Three workers for two processors: a third of the time tests wait for jobs, terminals and clocks."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return processors + max(1, processors // 2)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In random order, but those marked ``long`` first: none of them is left to one worker at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for the learner's data; nothing is ever written anywhere else."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DP100_HOME", str(folder))
    return folder
