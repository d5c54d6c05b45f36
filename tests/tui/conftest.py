"""A learner on a small bank of questions, at a moment that never changes."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.labs import making, shelf
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from tests.fixed_clock import FixedClock

BANK = Path(__file__).parent / "bank"
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
    assert work.yaml("answer.yaml") == {"answer": 42}, "answer.yaml does not hold the [bold]answer[/]."
'''

NOW = dt.datetime(2026, 11, 19, 10, 0, tzinfo=dt.UTC)
"""A Thursday."""


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same content, time zone and colours wherever the tests run."""
    monkeypatch.setattr("dp100.curriculum.sources.bundled", lambda name: BANK / name)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def _forget_labs() -> None:
    for found in (shelf.labs, shelf.problems, shelf.by_topic, shelf._read):
        found.cache_clear()


@pytest.fixture(autouse=True)
def labs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the labs are: none, until a test makes one."""
    root = tmp_path / "labs"
    monkeypatch.setattr("dp100.labs.shelf.bundled", lambda name: root)
    _forget_labs()
    yield root
    _forget_labs()


@pytest.fixture
def templates(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One folder for MLflow's empty database, which takes seconds to make, for all tests of a run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if base.name.startswith("popen-") else base
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(base / "mlflow-templates"))


@pytest.fixture
def a_lab(labs: Path, templates: None) -> Path:
    """The folder of a lab of three steps, made as an author would: code that is run, a function, a file."""
    folder = making.make("08-greet", labs, topic="train.scripts.experiment", title="Greet a workspace")
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
    _forget_labs()
    return folder


@pytest.fixture
def another_lab(labs: Path, a_lab: Path) -> Path:
    """A second lab on the same topic."""
    folder = making.make("09-again", labs, topic="train.scripts.experiment", title="Greet it [bold]again[/]")
    _forget_labs()
    return folder


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def newcomer(home: Path, clock: FixedClock) -> Iterator[Learner]:
    """Someone who has just started dp100 for the first time."""
    with Learner.open(home, clock=clock) as learner:
        yield learner


@pytest.fixture
def learner(newcomer: Learner) -> Learner:
    """Someone who has seen the first-run screen, and has answered nothing yet."""
    newcomer.change_settings(introduced=True)
    return newcomer


@pytest.fixture
def practised(learner: Learner) -> Learner:
    """Someone who has studied on ten of the last twelve days, with an exam in 23 days."""
    learner.change_settings(exam_date=dt.date(2026, 12, 12))
    answer(learner, days_ago=range(12, 1, -1))
    answer(learner, days_ago=[1], ids=["small-single", "small-computed", "small-order"], right=False)
    return learner


def answer(
    learner: Learner, *, days_ago: range | list[int], ids: list[str] | None = None, right: bool | None = None
) -> None:
    """Logs answers on past days: half of the bank on each, two of three right unless told otherwise."""
    items = learner.catalogue.items()
    for day in days_ago:
        at = NOW - dt.timedelta(days=day)
        for place, item in enumerate(items):
            if (ids is not None and item.id not in ids) or (ids is None and (place + day) % 4):
                continue
            full = right if right is not None else (place + day) % 3 != 0
            learner.record(
                item,
                points=int(full),
                possible=1,
                confidence=Confidence.SURE if full else Confidence.UNSURE,
                seconds=30,
                source="study",
                answer=(0,),
                seed=1,
                at=at + dt.timedelta(minutes=place),
            )
