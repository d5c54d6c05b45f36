"""An outline as its YAML file has it: strict, and with the rules that its parts keep between them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from dp100.curriculum.model import Link, Model, Text

SHORT = 26
"""Longest ``short`` title of an area, in characters."""

_DOTTED = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*")
_HYPHENED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def _dotted(name: str) -> str:
    if not _DOTTED.fullmatch(name.strip()):
        raise ValueError(f"the id `{name}` is not lower-case words with dots and hyphens between them")
    return name.strip()


def _hyphened(name: str) -> str:
    if not _HYPHENED.fullmatch(name.strip()):
        raise ValueError(f"the id `{name}` is not lower-case words joined by hyphens, as in `dp-100`")
    return name.strip()


Dotted = Annotated[str, AfterValidator(_dotted)]


class _Part(Model):
    model_config = ConfigDict(use_attribute_docstrings=True)


class Topic(_Part):
    """The leaf of an outline: notes, questions and labs attach to it."""

    id: Dotted
    """Dotted path, as in ``optimize.hyperdrive.termination``."""
    title: Text


class Objective(_Part):
    """What the exam says a candidate can do; a handful of topics."""

    id: Dotted
    title: Text
    topics: list[Topic]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.topics:
            raise ValueError(f"objective `{self.id}` has no topics; give it at least one")
        return self


class Area(_Part):
    """A skill area. One without a weight is taught, but is no part of the exam."""

    id: Dotted
    title: Text
    objectives: list[Objective]
    short: Text | None = None
    """A title of at most 26 characters, for narrow columns."""
    weight: list[int] | None = None
    """The range of its share of the exam, two whole numbers in percent."""

    @model_validator(mode="after")
    def _check(self) -> Self:
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
        return self


class Exam(_Part):
    """The facts of the exam itself."""

    code: Text
    name: Text
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
    scoring: Text
    retired: dt.date | None = None
    successor: Text | None = None
    open_book: Text | None = None
    links: list[Link] = Field(default_factory=list)
    """Official pages about the exam."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        for name in ("minutes", "default_questions", "short_form", "passing_score"):
            if getattr(self, name) < 1:
                raise ValueError(f"`{name}` is {getattr(self, name)}; it must be at least 1")
        if self.passing_score > 1000:
            raise ValueError(f"`passing_score` is {self.passing_score}; it is counted of 1000")
        if not (len(self.questions) == 2 and 1 <= self.questions[0] <= self.questions[1]):
            raise ValueError("`questions` is not a range such as [40, 60]")
        return self


class Outline(_Part):
    """One edition of one exam."""

    id: Annotated[str, AfterValidator(_hyphened)]
    title: Text
    exam: Exam
    areas: list[Area]

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.areas:
            raise ValueError("the outline has no areas; give it at least one")
        if not any(area.weight and sum(area.weight) for area in self.areas):
            raise ValueError("no area has a weight; give at least one area a weight such as [20, 25]")
        seen: set[str] = set()
        for name in self._ids():
            if name in seen:
                raise ValueError(f"the id `{name}` stands twice in the outline; each part needs its own")
            seen.add(name)
        return self

    def _ids(self) -> Iterator[str]:
        for area in self.areas:
            yield area.id
            for objective in area.objectives:
                yield objective.id
                yield from (topic.id for topic in objective.topics)
