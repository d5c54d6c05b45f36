"""An exam on the screen, for its tests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NoReturn

from textual.pilot import Pilot

from dp100.errors import Dp100Error
from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.app import Dp100App
from dp100.tui.screens.exam.confirm import ConfirmScreen
from dp100.tui.screens.exam.report import ReportScreen
from dp100.tui.screens.exam.sitting import ExamScreen

from ..looking import shown, text_of
from ..question.asking import keys_for

SENTENCE = "The disk is full: nothing was written. Free some space."


def fails(*_: object, **__: object) -> NoReturn:
    raise Dp100Error(SENTENCE)


class Watch:
    """A timer that is turned by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@asynccontextmanager
async def sat(
    sitting: Sitting, learner: Learner, *, at: int = 0, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[Any]]:
    """The app with this exam open at a question."""
    app = Dp100App(learner)
    async with shown(app, size) as pilot:
        if at != sitting.position:
            sitting.go(at)
        app.push_screen(ExamScreen(sitting))
        await pilot.pause()
        yield pilot


def where(sitting: Sitting, *, kind: str = "", form: str = "") -> int:
    """The first place of a section or of a form."""
    return next(
        place.position
        for place in sitting.places
        if place.kind == (kind or place.kind)
        and sitting.presented(place.position).form == (form or sitting.presented(place.position).form)
    )


def stored(learner: Learner, sitting: Sitting) -> list[exams.Place]:
    return exams.places(learner.store, sitting.record.id)


def right_keys(sitting: Sitting) -> list[str]:
    return keys_for(sitting.presentation, sitting.presentation.key)


async def tick(pilot: Pilot[Any]) -> None:
    """A second passes on the screen."""
    screen = next(screen for screen in pilot.app.screen_stack if isinstance(screen, ExamScreen))
    screen._tick()
    await pilot.pause()


def asked(pilot: Pilot[Any]) -> str:
    """What the confirmation says, in one line."""
    assert isinstance(pilot.app.screen, ConfirmScreen)
    panel = pilot.app.screen.query_one("ConfirmScreen > Vertical").region
    lines = text_of(pilot.app).splitlines()[panel.y : panel.bottom]
    return " ".join(" ".join(line[panel.x + 1 : panel.right - 1] for line in lines).split())


async def ended(sitting: Sitting, pilot: Pilot[Any]) -> None:
    await pilot.press("E", "enter")
    await pilot.pause()
    assert isinstance(pilot.app.screen, ReportScreen)
