"""The outline of an exam: its clock and pass mark, its areas with their weights, and the topics they group."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dp100.curriculum.model import Identifier, Link, Model, Text, TopicId

Percent = Annotated[int, Field(ge=0, le=100)]


class Topic(Model):
    """The leaf of an outline: notes, questions and labs attach to it."""

    id: TopicId
    title: Text


class Objective(Model):
    """What the exam says a candidate can do; a handful of topics."""

    id: TopicId
    title: Text
    topics: Annotated[list[Topic], Field(min_length=1)]


class Area(Model):
    """A skill area. One without a weight is taught, but is no part of the exam."""

    id: TopicId
    title: Text
    short: Text | None = Field(default=None, description="A title of at most 26 characters, for narrow columns.")
    weight: Annotated[list[Percent], Field(min_length=2, max_length=2)] | None = None
    objectives: Annotated[list[Objective], Field(min_length=1)]

    @property
    def midpoint(self) -> float:
        """Middle of the weight's range in percent; 0 for an area outside the exam."""
        return sum(self.weight) / 2 if self.weight else 0.0

    @property
    def topics(self) -> list[Topic]:
        return [topic for objective in self.objectives for topic in objective.topics]


class Exam(Model):
    """The facts of the exam itself."""

    code: Text
    name: Text
    status: Literal["current", "retired"]
    retired: dt.date | None = None
    successor: Text | None = None
    minutes: Annotated[int, Field(ge=1)]
    questions: Annotated[list[int], Field(min_length=2, max_length=2)]
    default_questions: Annotated[int, Field(ge=1)]
    short_form: Annotated[int, Field(ge=1)] = Field(description="Number of questions of the short mock exam.")
    passing_score: Annotated[int, Field(ge=1, le=1000)]
    scoring: Text
    open_book: Text | None = None
    links: list[Link] = []


class Outline(Model):
    """One edition of one exam."""

    id: Identifier
    title: Text
    exam: Exam
    areas: Annotated[list[Area], Field(min_length=1)]

    @model_validator(mode="after")
    def _weighted(self) -> Outline:
        if not any(area.weight for area in self.areas):
            raise ValueError("no area has a weight; give at least one area a weight such as [20, 25]")
        return self

    @property
    def weights(self) -> dict[str, float]:
        """Share of the exam by area id: the midpoints of the published ranges, normalised to sum to 1."""
        total = sum(area.midpoint for area in self.areas)
        return {area.id: area.midpoint / total for area in self.areas if area.weight}

    @property
    def topics(self) -> list[Topic]:
        return [topic for area in self.areas for topic in area.topics]

    def area_of(self, topic: str) -> Area | None:
        """The area that groups ``topic``, or None when this outline does not name it."""
        return next((area for area in self.areas if any(t.id == topic for t in area.topics)), None)
