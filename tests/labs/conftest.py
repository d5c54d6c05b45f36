"""What the tests of the labs start from: the small lab, and the command line in its folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dp100.cli.main import main
from dp100.curriculum.lab import Lab
from dp100.curriculum.lab_reading import read_lab
from tests.small_lab import make_small_lab, one_template, templates

__all__ = ["one_template", "templates"]

TOPIC = "workspace.data.datastores"


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """The folder of the small lab."""
    return make_small_lab("77-trial", tmp_path / "labs", topic=TOPIC, title="A trial")


@pytest.fixture
def lab(definition: Path) -> Lab:
    return read_lab(definition)


def dp100(
    *words: str, cwd: Path, status: int | Sequence[int] | None = 0, env: dict[str, str] | None = None
) -> str:
    """What ``dp100`` with these words prints, standard error too; without a traceback, and with this status."""
    run = subprocess.run(
        [sys.executable, "-m", "dp100", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONSAFEPATH": "1", **(env or {})},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    said = run.stdout + run.stderr
    if status is not None:
        wanted = (status,) if isinstance(status, int) else tuple(status)
        assert run.returncode in wanted, said
    return said


@pytest.fixture
def work(definition: Path, tmp_path: Path) -> Path:
    """A learner's folder in which that lab was started: here in this process, as it is only where tests begin."""
    folder = tmp_path / "work"
    with pytest.raises(SystemExit) as ended:
        main(("lab", "start", str(definition), str(folder)))
    assert ended.value.code == 0
    return folder
