"""Drawing an exam paper from the bank: by the outline's weights, with a mix of kinds, spread over topics.

The paper has up to three kinds of sections. The main one may be walked freely until the end; a case
study and a series are sections of their own that cannot be entered again once they were left.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dp100.curriculum.catalogue import Item
from dp100.errors import Dp100Error

SectionKind = Literal["main", "series", "case"]

SINGLES = 0.5
"""The largest share of an area's questions that are ``single`` while other kinds are left."""

SERIES_FROM, CASE_FROM = 10, 20
"""From how many questions on a paper has a series, and a case study."""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that are entered and left together."""

    kind: SectionKind
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The questions of one exam, in order.

    Attributes:
        wanted: how many questions were asked for; the bank may hold fewer.
    """

    sections: tuple[Section, ...]
    wanted: int

    @property
    def items(self) -> list[Item]:
        """Its questions, in order."""
        return [item for section in self.sections for item in section.items]


def draw_paper(
    bank: Mapping[str, Sequence[Item]],
    weights: Mapping[str, float],
    questions: int,
    *,
    rng: random.Random,
    recent: Collection[str] = (),
) -> Paper:
    """Draw a paper of ``questions`` questions.

    Args:
        bank: the questions that may be asked, by area id.
        weights: share of every area in the exam, summing to 1.
        recent: ids of questions that earlier exams asked; taken only when there are no others.

    Raises:
        Dp100Error: when no area of the outline has a question.
    """
    pool = {area: list(bank.get(area, ())) for area in weights}
    if not any(pool.values()):
        raise Dp100Error(
            "There is no question to draw an exam from. Run `dp100 questions lint`, "
            "and look at the sdk filter in Settings."
        )
    quota = shares({area: len(items) for area, items in pool.items()}, weights, questions)
    area_of = {item.id: area for area, items in pool.items() for item in items}
    left = Counter(quota)

    case = _draw_case(pool, left, rng, recent) if questions >= CASE_FROM else ()
    left.subtract(area_of[item.id] for item in case)
    series = _draw_series(pool, left, rng, recent) if questions >= SERIES_FROM else ()
    left.subtract(area_of[item.id] for item in series)

    main: list[Item] = []
    for area, items in pool.items():
        free = [item for item in items if item.kind not in ("case", "series")]
        main += _spread(free, left[area], rng, recent)
    # An area may have run short of questions that stand alone; others make up for it.
    missing = sum(quota.values()) - len(main) - len(case) - len(series)
    if missing > 0:
        chosen = {item.id for item in main}
        rest = [
            i
            for items in pool.values()
            for i in items
            if i.kind not in ("case", "series") and i.id not in chosen
        ]
        main += _spread(rest, missing, rng, recent)
    rng.shuffle(main)
    sections = [Section("main", tuple(main))] if main else []
    sections += [Section("series", tuple(series))] if series else []
    sections += [Section("case", tuple(case))] if case else []
    return Paper(tuple(sections), questions)


def shares(available: Mapping[str, int], weights: Mapping[str, float], questions: int) -> dict[str, int]:
    """How many questions each area gets: largest remainders, never more than the area has.

    What an area cannot fill goes to the others, again by weight.
    """
    quota = dict.fromkeys(weights, 0)
    while (missing := questions - sum(quota.values())) > 0:
        open_areas = {area: weights[area] for area in weights if quota[area] < available[area]}
        total = sum(open_areas.values())
        if not open_areas:
            break
        exact = {
            area: missing * (weight / total if total else 1 / len(open_areas))
            for area, weight in open_areas.items()
        }
        given = {area: min(int(share), available[area] - quota[area]) for area, share in exact.items()}
        if not any(given.values()):
            by_remainder = sorted(exact, key=lambda area: exact[area] % 1, reverse=True)
            given = dict.fromkeys(by_remainder[:missing], 1)
        else:
            spare = missing - sum(given.values())
            for area in sorted(exact, key=lambda area: exact[area] % 1, reverse=True):
                if spare and quota[area] + given[area] < available[area] and given[area] == int(exact[area]):
                    given[area] += 1
                    spare -= 1
        for area, number in given.items():
            quota[area] += number
    return quota


def _draw_case(
    pool: Mapping[str, Sequence[Item]], left: Mapping[str, int], rng: random.Random, recent: Collection[str]
) -> tuple[Item, ...]:
    """One case study whose questions all lie within the outline and fit its quotas."""
    studies: dict[str, list[Item]] = {}
    areas: dict[str, Counter[str]] = {}
    for area, items in pool.items():
        for item in items:
            if item.case:
                studies.setdefault(item.case, []).append(item)
                areas.setdefault(item.case, Counter())[area] += 1
    fitting = [case for case in studies if all(left[area] >= n for area, n in areas[case].items())]
    if not fitting:
        return ()
    fresh = [case for case in fitting if not any(item.id in recent for item in studies[case])]
    return tuple(studies[rng.choice(sorted(fresh or fitting))])


def _draw_series(
    pool: Mapping[str, Sequence[Item]], left: Mapping[str, int], rng: random.Random, recent: Collection[str]
) -> tuple[Item, ...]:
    """One series from an area that has room for it."""
    fitting = [
        item for area, items in pool.items() for item in items if item.kind == "series" and left[area] > 0
    ]
    fresh = [item for item in fitting if item.id not in recent]
    candidates = sorted(fresh or fitting, key=lambda item: item.id)
    return (rng.choice(candidates),) if candidates else ()


def _spread(items: Iterable[Item], number: int, rng: random.Random, recent: Collection[str]) -> list[Item]:
    """``number`` of ``items``: unseen ones first, no kind and no topic more often than it must be."""
    waiting = sorted(items, key=lambda item: item.id)
    rng.shuffle(waiting)
    forms, topics = Counter[str](), Counter[str]()
    chosen: list[Item] = []
    singles = SINGLES * number

    def cost(item: Item) -> tuple[bool, bool, int, int]:
        crowded = item.form == "single" and forms["single"] >= singles
        kinds = 0 if item.form == "single" else forms[item.form]
        return (item.id in recent, crowded, topics[item.topic], kinds)

    while waiting and len(chosen) < number:
        best = min(waiting, key=cost)
        waiting.remove(best)
        chosen.append(best)
        forms[best.form] += 1
        topics[best.topic] += 1
    return chosen
