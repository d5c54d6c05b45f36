"""Running `az` in the test's own process, with a workspace as its default."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dp100.standin.az.main import main
from dp100.standin.engine.workspace.workspace import Workspace

Az = Callable[..., Any]


@pytest.fixture
def az(capsys: pytest.CaptureFixture[str]) -> Az:
    """Run a command in this process: its result, or with ``status`` what it says on standard error."""

    def run(*words: str, status: int = 0) -> Any:
        capsys.readouterr()
        found = main(words)
        said = capsys.readouterr()
        assert found == status, said.err
        if status:
            assert said.out == "" or "Group" in said.out
            return said.err
        try:
            return json.loads(said.out) if said.out else None
        except ValueError:
            return said.out

    return run


@pytest.fixture
def here(az: Az, ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder; the workspace is the default."""
    az("configure", "--defaults", f"group={ws.group}", f"workspace={ws.name}")
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder
