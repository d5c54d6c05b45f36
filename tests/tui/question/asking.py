"""Studying in tests: questions of the small bank on the screen, and the keys that answer them."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from textual import events
from textual.pilot import Pilot

from dp100.memory.learner import Learner
from dp100.quiz.presentation import NO, YES, Presentation
from dp100.tui.app import Dp100App
from dp100.tui.screens.study import StudyScreen
from dp100.tui.widgets.question.pad import Pad
from tests.tui.looking import shown

KINDS = [
    "small-single",
    "small-multiple",
    "small-yes-no",
    "small-order",
    "small-match",
    "small-fill",
    "small-series",
    "small-computed",
    "small-case-night",
]
"""A question of each of the nine kinds."""


@asynccontextmanager
async def studying(
    learner: Learner, *items: str, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    """The app with these questions being asked, one after the other."""
    app = Dp100App(learner)
    async with shown(app, size) as pilot:
        app.push_screen(StudyScreen(items, seed=1))
        await pilot.pause()
        yield pilot


def study_of(pilot: Pilot[Any]) -> StudyScreen:
    """The screen, which must be the study screen."""
    assert isinstance(pilot.app.screen, StudyScreen)
    return pilot.app.screen


def asked(pilot: Pilot[Any]) -> Presentation:
    """The question that is on."""
    current = study_of(pilot).session.current
    assert current is not None
    return current.presentation


def pad(pilot: Pilot[Any]) -> Pad:
    """Where it is answered."""
    return pilot.app.screen.query_one(Pad)


def keys_for(presentation: Presentation, answer: Sequence[int | None]) -> list[str]:
    """The keys that give an answer, without the one that says how sure."""
    if presentation.interaction in ("one", "several", "arrange"):
        order = [option.index for option in presentation.options]
        return [str(order.index(part) + 1) for part in answer if part is not None]
    keys = []
    for slot, part in zip(presentation.slots, answer, strict=True):
        if presentation.form in ("yes_no", "series"):
            keys += [{YES: "y", NO: "n"}[part or 0]]
            if presentation.form == "series" and len(keys) < 2 * len(presentation.slots) - 1:
                keys += ["enter"]
        else:
            keys += [str([option.index for option in slot.options].index(part or 0) + 1)]
    return keys


def wrong_answer(presentation: Presentation) -> tuple[int, ...]:
    """An answer of which every part is wrong."""
    key = [part for part in presentation.key if part is not None]
    if presentation.interaction in ("one", "several"):
        others = [option.index for option in presentation.options if option.index not in key]
        return tuple(others[: len(key)])
    if presentation.interaction == "arrange":
        return (*key[1:], key[0])
    return tuple(
        next(option.index for option in slot.options if option.index != slot.key)
        for slot in presentation.slots
    )


def log(learner: Learner) -> list[tuple[str, int, int]]:
    """Item, points and possible points of every answer that counts, oldest first."""
    rows = learner.store.rows(
        "SELECT item, points, possible FROM review WHERE id NOT IN (SELECT review FROM withdrawal) ORDER BY id"
    )
    return [(str(item), int(points), int(possible)) for item, points, possible in rows]


def answers(learner: Learner) -> list[list[int | None]]:
    """The answers in the log, oldest first."""
    return [json.loads(row[0]) for row in learner.store.rows("SELECT answer FROM review ORDER BY id")]


async def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Keys that are all there before the first of them is looked at, as when someone types ahead."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await pilot.pause(0.3)
