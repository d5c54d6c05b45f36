"""A small lab for tests, made as an author would: code that is run, a function that is called, a file that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.labs import making
from dp100.labs.folder import open_folder
from dp100.locations import home

_STEPS = """
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

_CHECKS = '''

def mean_is_right(work: Work) -> None:
    """The function gives the mean."""
    mean = work.load("numbers.py").get("mean")
    assert callable(mean), "numbers.py has no function mean."
    found = mean([1, 2, 6])
    assert found == 3, f"mean([1, 2, 6]) gives {found}, not 3."


def answer_is_right(work: Work) -> None:
    """The file has the answer."""
    assert work.ran is None
    assert work.yaml("answer.yaml") == {"answer": 42}, "answer.yaml does not hold the [bold]answer[/]."
'''

MEAN = "def mean(v):\n    return sum(v) / len(v)\n"
"""What does the second step, in numbers.py."""
ANSWER = "answer: 42\n"
"""What does the third step, in answer.yaml."""


def make_small_lab(id: str, parent: Path, *, topic: str, title: str) -> Path:
    """The folder of a lab of three steps: greet the workspace, write a function, look at a file."""
    folder = making.make(id, parent, topic=topic, title=title)
    with (folder / "lab.yaml").open("a") as file:
        file.write(_STEPS)
    with (folder / "check.py").open("a") as file:
        file.write(_CHECKS)
    for place, mean, answer in (("start", "# TODO: mean\n", "answer: 0\n"), ("solution", MEAN, ANSWER)):
        (folder / place / "numbers.py").write_text(mean)
        (folder / place / "answer.yaml").write_text(answer)
    return folder


def greet(work: Path, text: str = "{config['workspace_name']}") -> None:
    """Does the first step in a learner's folder; with another text not quite."""
    start = (open_folder(work, home()).lab.start / "main.py").read_text()
    (work / "main.py").write_text(f'{start}\nPath("greeting.txt").write_text(f"{text}")\n')


def solve(work: Path, *names: str) -> None:
    """Does the steps of these files, or all of them, as the solution does."""
    for file in open_folder(work, home()).lab.solution.iterdir():
        if not names or file.name in names:
            (work / file.name).write_bytes(file.read_bytes())


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for MLflow's empty database, which takes seconds to make, for all tests of a run."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "mlflow-templates"


@pytest.fixture(autouse=True)
def one_template(templates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(templates))
