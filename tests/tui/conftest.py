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
from tests.small_lab import make_small_lab, one_template, templates

from .at_work import TOPIC

__all__ = ["one_template", "templates"]

BANK = Path(__file__).parent / "bank"
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
def a_lab(labs: Path) -> Path:
    """The folder of the small lab, which is on the shelf."""
    folder = make_small_lab("08-greet", labs, topic=TOPIC, title="Greet a workspace")
    _forget_labs()
    return folder


@pytest.fixture
def another_lab(labs: Path, a_lab: Path) -> Path:
    """A second lab on the same topic."""
    folder = making.make("09-again", labs, topic=TOPIC, title="Greet it [bold]again[/]")
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
