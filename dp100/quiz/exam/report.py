"""What a finished exam says: the score, where it was won and lost, and what to study next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from dp100.curriculum.catalogue import Catalogue
from dp100.memory.exams import ExamRecord, Place


@dataclass(frozen=True, slots=True)
class Part:
    """Points within an area or an objective.

    Attributes:
        weight: published range in percent, for areas of the outline.
        area: id of the area that it belongs to, for objectives.
    """

    id: str
    title: str
    points: int
    possible: int
    weight: tuple[int, int] | None = None
    area: str | None = None

    @property
    def share(self) -> float:
        """Points earned of those possible, 0 to 1."""
        return self.points / self.possible if self.possible else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """A finished exam.

    Attributes:
        score: 1 to 1000, an estimate: the real exam scales its points in a way that is not published.
        missed: ids of the questions that were not fully right, in the order of the paper.
        next: objectives in which most was lost, the worst first.
    """

    exam: int
    at: dt.datetime
    score: int
    passing: int
    points: int
    possible: int
    seconds: float
    minutes: int
    areas: list[Part]
    objectives: list[Part]
    places: list[Place]
    missed: list[str]
    next: list[Part]

    @property
    def passed(self) -> bool:
        """Whether the estimate reaches the pass mark."""
        return self.score >= self.passing


def scaled(points: int, possible: int) -> int:
    """Points mapped to the scale of 1 to 1000, in a straight line.

    Microsoft publishes the scale and the pass mark (700), and that 700 need not be 70 % of the points,
    but not the mapping. A straight line is the plainest estimate.
    """
    return max(1, round(1000 * points / possible)) if possible else 1


def report(record: ExamRecord, places: list[Place], catalogue: Catalogue) -> Report:
    """The report of a finished exam, from what was stored when it ended."""
    outline = catalogue.outlines.get(record.outline, catalogue.outline)
    areas, objectives = [], []
    for area in outline.areas:
        inside = [place for place in places if place.topic in {topic.id for topic in area.topics}]
        if inside:
            low_high = (area.weight[0], area.weight[1]) if area.weight else None
            areas.append(_part(area.id, area.title, inside, low_high))
        for objective in area.objectives:
            within = [place for place in inside if place.topic in {topic.id for topic in objective.topics}]
            if within:
                objectives.append(_part(objective.id, objective.title, within, area=area.id))
    lost = [part for part in objectives if part.points < part.possible]
    return Report(
        exam=record.id,
        at=record.finished or record.started,
        score=record.score or scaled(record.points or 0, record.possible or 0),
        passing=record.passing,
        points=record.points or 0,
        possible=record.possible or 0,
        seconds=sum(place.seconds for place in places),
        minutes=record.minutes,
        areas=areas,
        objectives=objectives,
        places=places,
        missed=[place.item for place in places if place.points != place.possible],
        next=sorted(lost, key=lambda part: (part.points - part.possible, part.share))[:3],
    )


def _part(
    id: str,
    title: str,
    places: Iterable[Place],
    weight: tuple[int, int] | None = None,
    *,
    area: str | None = None,
) -> Part:
    places = list(places)
    points, possible = sum(p.points or 0 for p in places), sum(p.possible or 0 for p in places)
    return Part(id, title, points, possible, weight, area)
