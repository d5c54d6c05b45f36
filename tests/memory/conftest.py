"""A learner with a clock that stands still, in a zone that is known, on a catalogue made by hand."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dp100.memory.answers import Recorded
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.memory.settings import Settings
from dp100.memory.store import Store
from tests.fixed_clock import FixedClock
from tests.memory.hand_made import HandMadeCatalogue, an_item

NOON = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Puts the computer into a time zone."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of a process cannot be set here")

    def put(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        time.tzset()

    yield put
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def utc(request: pytest.FixtureRequest) -> None:
    """Tests know what time it is."""
    if hasattr(time, "tzset"):
        request.getfixturevalue("zone")("UTC")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(home: Path, clock: FixedClock) -> Iterator[Store]:
    with Store.open(home, clock=clock) as store:
        yield store


@pytest.fixture
def catalogue(tmp_path: Path) -> HandMadeCatalogue:
    """Twenty items, five in each of four topics."""
    topics = ["a0.t0", "a0.t1", "a1.t0", "a1.t1"]
    return HandMadeCatalogue(tmp_path / "bank", [an_item(f"i{n:02}", topics[n // 5]) for n in range(20)])


@pytest.fixture
def learner(store: Store, catalogue: HandMadeCatalogue) -> Learner:
    return Learner(store, catalogue, Settings(), ())  # type: ignore[arg-type]


Answering = Callable[..., Recorded]


@pytest.fixture
def answer(learner: Learner) -> Answering:
    """``answer("i00", right=False)`` answers an item now."""

    def give(
        id: str, right: bool = True, confidence: Confidence | None = Confidence.SURE, seconds: float = 20
    ) -> Recorded:
        return learner.record(
            learner.catalogue.item(id),
            points=int(right),
            possible=1,
            confidence=confidence,
            seconds=seconds,
            source="study",
            answer=[0],
            seed=7,
        )

    return give


OUTLINE = """\
id: small
title: A small exam
exam:
  code: S-1
  name: Small
  status: current
  minutes: 30
  questions: [3, 5]
  default_questions: 4
  short_form: 2
  passing_score: 700
  scoring: points
areas:
  - id: one
    title: Area one
    weight: [40, 60]
    objectives:
      - {id: one.first, title: First, topics: [{id: one.first.topic, title: Topic one}]}
  - id: two
    title: Area two
    weight: [40, 60]
    objectives:
      - {id: two.first, title: First, topics: [{id: two.first.topic, title: Topic two}]}
"""

QUESTION = """
  - id: {id}
    topic: {topic}
    kind: single
    level: recall
    stem: Which?
    choices:
      - {{text: this, correct: true, why: it is}}
      - {{text: that, why: it is not}}
    links: [{{title: page, url: "https://learn.microsoft.com/x"}}]
"""


@pytest.fixture
def small_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Real content in place of that of the program: an outline of two topics, and five questions."""
    folder = tmp_path / "bundled"
    (folder / "content" / "outlines").mkdir(parents=True)
    (folder / "content" / "outlines" / "small.yaml").write_text(OUTLINE)
    (folder / "questions").mkdir()
    questions = [
        QUESTION.format(id=f"question-{n}", topic="one.first.topic" if n < 3 else "two.first.topic")
        for n in range(5)
    ]
    (folder / "questions" / "small.yaml").write_text("questions:" + "".join(questions))
    monkeypatch.setattr("dp100.curriculum.sources.bundled", lambda name: folder / name)
    return folder
