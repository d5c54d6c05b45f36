"""Content of our own instead of the bundled one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.curriculum.library import Library


@pytest.fixture
def library(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A library with nothing but an outline."""
    made = Library(tmp_path / "library", home)
    monkeypatch.setattr("dp100.curriculum.sources.bundled", made.bundled)
    monkeypatch.setattr("dp100.curriculum.lint.bundled", made.bundled)
    yield made
    for catalogue in made.opened:
        catalogue.close()
