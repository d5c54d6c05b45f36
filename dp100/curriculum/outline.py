"""The outline of an exam: its clock and pass mark, its areas with their weights, and the topics they group.

Plain values, because the first screen shows an outline and must not wait for pydantic; what a file may say
stands in :mod:`dp100.curriculum.outline_file`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple


class Topic(NamedTuple):
    """The leaf of an outline: notes, questions and labs attach to it. Its id is a dotted path."""

    id: str
    title: str


class Objective(NamedTuple):
    """What the exam says a candidate can do; a handful of topics."""

    id: str
    title: str
    topics: Sequence[Topic]


class Area(NamedTuple):
    """A skill area. One without a weight is taught, but is no part of the exam.

    Attributes:
        short: a title of at most 26 characters, for narrow columns.
        weight: the range of its share of the exam, two whole numbers in percent.
    """

    id: str
    title: str
    objectives: Sequence[Objective]
    short: str | None = None
    weight: Sequence[int] | None = None

    @property
    def midpoint(self) -> float:
        """Middle of the weight's range in percent; 0 for an area outside the exam."""
        return sum(self.weight) / 2 if self.weight else 0.0

    @property
    def topics(self) -> list[Topic]:
        """Its topics in the order of the outline."""
        return [topic for objective in self.objectives for topic in objective.topics]


class Page(NamedTuple):
    """An official page about the exam."""

    title: str
    url: str


class Exam(NamedTuple):
    """The facts of the exam itself.

    Attributes:
        minutes: the clock.
        questions: the usual number of questions: lowest and highest.
        default_questions, short_form: number of questions of a mock exam, and of a short one.
        passing_score: of 1000.
    """

    code: str
    name: str
    status: Literal["current", "retired"]
    minutes: int
    questions: Sequence[int]
    default_questions: int
    short_form: int
    passing_score: int
    scoring: str
    retired: dt.date | None = None
    successor: str | None = None
    open_book: str | None = None
    links: Sequence[Page] = ()


class Outline(NamedTuple):
    """One edition of one exam."""

    id: str
    title: str
    exam: Exam
    areas: Sequence[Area]

    @property
    def weights(self) -> dict[str, float]:
        """Share of the exam by area id: the midpoints of the published ranges, normalised to sum to 1."""
        total = sum(area.midpoint for area in self.areas)
        return {area.id: area.midpoint / total for area in self.areas if area.weight}

    @property
    def topics(self) -> list[Topic]:
        """Its topics, in order."""
        return [topic for area in self.areas for topic in area.topics]

    def area_of(self, topic: str) -> Area | None:
        """The area that groups ``topic``, or None when this outline does not name it."""
        return next((area for area in self.areas if any(one.id == topic for one in area.topics)), None)


def outline_from(data: Mapping[str, Any]) -> Outline:
    """Rebuild an outline from the JSON object that was made of its file."""
    exam = dict(data["exam"])
    if exam.get("retired"):
        exam["retired"] = dt.date.fromisoformat(exam["retired"])
    exam["links"] = [Page(**link) for link in exam.get("links", ())]
    areas = [
        Area(**{**area, "objectives": [_objective(objective) for objective in area["objectives"]]})
        for area in data["areas"]
    ]
    return Outline(id=data["id"], title=data["title"], exam=Exam(**exam), areas=areas)


def as_data(part: Any) -> Any:
    """An outline, or a part of one, as mappings and lists: the way back."""
    if hasattr(part, "_asdict"):
        return {name: as_data(value) for name, value in part._asdict().items()}
    return [as_data(one) for one in part] if isinstance(part, (list, tuple)) else part


def _objective(data: Mapping[str, Any]) -> Objective:
    return Objective(data["id"], data["title"], [Topic(**topic) for topic in data["topics"]])
