"""What the tests of the labs start from: a small lab of their own, and the command line in its folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from dp100.curriculum.lab import Lab
from dp100.curriculum.lab_reading import read_lab
from dp100.labs import making

TOPIC = "workspace.data.datastores"

STEPS = """
  - id: mean
    title: Write a function
    file: numbers.py
    check: mean_is_right
    instructions: Write `mean`.
    hints: [Think of sum, Think of len]
  - id: look
    title: Look at a file
    file: answer.yaml
    check: answer_is_right
    instructions: Write the answer.
"""

CHECKS = '''

def mean_is_right(work: Work) -> None:
    """The function gives the mean."""
    mean = work.load("numbers.py").get("mean")
    assert callable(mean), "numbers.py has no function mean."
    found = mean([1, 2, 6])
    assert found == 3, f"mean([1, 2, 6]) gives {found}, not 3."


def answer_is_right(work: Work) -> None:
    """The file has the answer."""
    assert work.ran is None
    assert work.yaml("answer.yaml") == {"answer": 42}, "answer.yaml does not hold the answer."
'''


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for MLflow's empty database, which takes seconds to make, for all tests of a run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "mlflow-templates"


@pytest.fixture(autouse=True)
def one_template(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(templates))


@pytest.fixture
def definition(tmp_path: Path) -> Path:
    """The folder of a lab of three steps, made as an author would."""
    folder = making.make("77-trial", tmp_path / "labs", topic=TOPIC, title="A trial")
    with (folder / "lab.yaml").open("a") as file:
        file.write(STEPS)
    with (folder / "check.py").open("a") as file:
        file.write(CHECKS)
    for place, mean, answer in (
        ("start", "# TODO: mean\n", "answer: 0\n"),
        ("solution", "def mean(v):\n    return sum(v) / len(v)\n", "answer: 42\n"),
    ):
        (folder / place / "numbers.py").write_text(mean)
        (folder / place / "answer.yaml").write_text(answer)
    return folder


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
    """A learner's folder in which that lab was started."""
    folder = tmp_path / "work"
    dp100("lab", "start", str(definition), str(folder), cwd=tmp_path)
    return folder


def greet(work: Path) -> None:
    """Do the first step."""
    with (work / "main.py").open("a") as file:
        file.write('\nPath("greeting.txt").write_text(config["workspace_name"])\n')
