"""The outline of an exam: its clock and pass mark, its areas with their weights, and the topics they group.

Plain dataclasses, because the first screen shows an outline and must not wait for pydantic. A YAML file
is still checked by pydantic's ``TypeAdapter(Outline)``, strictly and without unknown keys; the rules that
types cannot tell stand in ``__post_init__`` and hold on either way.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, ClassVar, Literal

SHORT = 26
"""Longest ``short`` title of an area, in characters."""

_DOTTED = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_HYPHENED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class _Part:
    """Strict for pydantic; texts are stripped and may not be empty."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "extra": "forbid",
        "strict": True,
        "use_attribute_docstrings": True,
    }

    def _strip(self) -> None:
        for one in fields(self):  # type: ignore[arg-type]
            value = getattr(self, one.name)
            if isinstance(value, str):
                if not (stripped := value.strip()):
                    raise ValueError(f"`{one.name}` is empty; give it a text")
                object.__setattr__(self, one.name, stripped)


def _dotted(name: str) -> None:
    if not _DOTTED.fullmatch(name):
        raise ValueError(f"the id `{name}` is not lower-case words with dots and hyphens between them")


@dataclass(frozen=True, slots=True)
class Topic(_Part):
    """The leaf of an outline: notes, questions and labs attach to it."""

    id: str
    """Dotted path, as in ``optimize.hyperdrive.termination``."""
    title: str

    def __post_init__(self) -> None:
        self._strip()
        _dotted(self.id)


@dataclass(frozen=True, slots=True)
class Objective(_Part):
    """What the exam says a candidate can do; a handful of topics."""

    id: str
    title: str
    topics: list[Topic]

    def __post_init__(self) -> None:
        self._strip()
        _dotted(self.id)
        if not self.topics:
            raise ValueError(f"objective `{self.id}` has no topics; give it at least one")


@dataclass(frozen=True, slots=True)
class Area(_Part):
    """A skill area. One without a weight is taught, but is no part of the exam."""

    id: str
    title: str
    objectives: list[Objective]
    short: str | None = None
    """A title of at most 26 characters, for narrow columns."""
    weight: list[int] | None = None
    """The range of its share of the exam, two whole numbers in percent."""

    def __post_init__(self) -> None:
        self._strip()
        _dotted(self.id)
        if not self.objectives:
            raise ValueError(f"area `{self.id}` has no objectives; give it at least one")
        if self.short and len(self.short) > SHORT:
            raise ValueError(
                f"`short` of area `{self.id}` has {len(self.short)} characters; use at most {SHORT}"
            )
        if self.weight is not None and not (
            len(self.weight) == 2 and 0 <= self.weight[0] <= self.weight[1] <= 100
        ):
            raise ValueError(f"the weight of area `{self.id}` is not a range in percent such as [20, 25]")

    @property
    def midpoint(self) -> float:
        """Middle of the weight's range in percent; 0 for an area outside the exam."""
        return sum(self.weight) / 2 if self.weight else 0.0

    @property
    def topics(self) -> list[Topic]:
        """Its topics in the order of the outline."""
        return [topic for objective in self.objectives for topic in objective.topics]


@dataclass(frozen=True, slots=True)
class Page(_Part):
    """An official page about the exam."""

    title: str
    url: str

    def __post_init__(self) -> None:
        self._strip()
        if not re.fullmatch(r"https://\S+", self.url):
            raise ValueError(f"`{self.url}` is no web address; it must begin with https:// and hold no space")


@dataclass(frozen=True, slots=True)
class Exam(_Part):
    """The facts of the exam itself."""

    code: str
    name: str
    status: Literal["current", "retired"]
    minutes: int
    """The clock, in minutes."""
    questions: list[int]
    """The usual number of questions: lowest and highest."""
    default_questions: int
    """Number of questions of a mock exam."""
    short_form: int
    """Number of questions of the short mock exam."""
    passing_score: int
    """Of 1000."""
    scoring: str
    retired: dt.date | None = None
    successor: str | None = None
    open_book: str | None = None
    links: list[Page] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._strip()
        for name in ("minutes", "default_questions", "short_form", "passing_score"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` is {getattr(self, name)}; it must be at least 1")
        if self.passing_score > 1000:
            raise ValueError(f"`passing_score` is {self.passing_score}; it is counted of 1000")
        if not (len(self.questions) == 2 and 1 <= self.questions[0] <= self.questions[1]):
            raise ValueError("`questions` is not a range such as [40, 60]")


@dataclass(frozen=True)
class Outline(_Part):
    """One edition of one exam."""

    id: str
    title: str
    exam: Exam
    areas: list[Area]

    def __post_init__(self) -> None:
        self._strip()
        if not _HYPHENED.fullmatch(self.id):
            raise ValueError(f"the id `{self.id}` is not lower-case words joined by hyphens, as in `dp-100`")
        if not self.areas:
            raise ValueError("the outline has no areas; give it at least one")
        if not any(area.midpoint for area in self.areas):
            raise ValueError("no area has a weight; give at least one area a weight such as [20, 25]")
        seen: set[str] = set()
        for name in self._ids():
            if name in seen:
                raise ValueError(f"the id `{name}` stands twice in the outline; each part needs its own")
            seen.add(name)

    def _ids(self) -> list[str]:
        objectives = [objective for area in self.areas for objective in area.objectives]
        parts: list[Area | Objective | Topic] = [*self.areas, *objectives, *self.topics]
        return [part.id for part in parts]

    @property
    def weights(self) -> dict[str, float]:
        """Share of the exam by area id: the midpoints of the published ranges, normalised to sum to 1."""
        total = sum(area.midpoint for area in self.areas)
        return {area.id: area.midpoint / total for area in self.areas if area.weight}

    @property
    def topics(self) -> list[Topic]:
        """Its topics, in order."""
        return [topic for area in self.areas for topic in area.topics]

    @cached_property
    def _areas(self) -> dict[str, Area]:
        return {topic.id: area for area in self.areas for topic in area.topics}

    def area_of(self, topic: str) -> Area | None:
        """The area that groups ``topic``, or None when this outline does not name it."""
        return self._areas.get(topic)


def outline_from(data: Mapping[str, Any]) -> Outline:
    """Rebuild an outline from the JSON object that was made of it.

    Raises:
        ValueError, TypeError, KeyError: when ``data`` was not made of an outline.
    """
    exam = dict(data["exam"])
    if exam.get("retired"):
        exam["retired"] = dt.date.fromisoformat(exam["retired"])
    exam["links"] = [Page(**link) for link in exam.get("links", ())]
    areas = [
        Area(**{**area, "objectives": [_objective(objective) for objective in area["objectives"]]})
        for area in data["areas"]
    ]
    return Outline(id=data["id"], title=data["title"], exam=Exam(**exam), areas=areas)


def _objective(data: Mapping[str, Any]) -> Objective:
    return Objective(data["id"], data["title"], [Topic(**topic) for topic in data["topics"]])
