"""What a wheel carries, from a clone as git makes it."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from dp100 import locations

ROOT = Path(__file__).parents[1]
CARRIED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"][
    "targets"
]["wheel"]["force-include"]


@pytest.mark.parametrize("name", ["content", "questions", "labs"])
def test_a_wheel_carries_it_where_the_program_looks_for_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "_PACKAGE", tmp_path / "dp100")
    (tmp_path / CARRIED[name]).mkdir(parents=True)
    assert locations.bundled(name) == tmp_path / CARRIED[name]


@pytest.mark.skipif(
    not (ROOT / ".git").exists() or shutil.which("git") is None, reason="only a clone can tell"
)
@pytest.mark.parametrize("folder", CARRIED)
def test_a_clone_has_the_folder(folder: str) -> None:
    """Git keeps no empty folder, and hatchling builds nothing where a folder to be carried is missing."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", folder],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert listed.stdout.strip()
