"""Every screen as it looks at 80x24 and at 120x40.

A change that is meant is taken over with ``pytest tests/tui/test_snapshots.py --snapshot-update``; look at the
report first.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.keys import SHARED

from .conftest import NOW
from .looking import type_text

SIZES = [(80, 24), (120, 40)]
Snap = Callable[..., bool]
Do = Callable[[Pilot[Any]], Awaitable[None]]


def steps(*keys: str, text: str = "", wait: float = 0.4) -> Do:
    """Presses keys, types a text, and waits for what that brings."""

    async def run(pilot: Pilot[Any]) -> None:
        await pilot.pause()
        for key in keys:
            await pilot.press(key)
            await pilot.pause(0.05)
        await type_text(pilot, text)
        await pilot.pause(wait)
        for cursor in pilot.app.screen.query("Input"):
            cursor.cursor_blink = False  # type: ignore[attr-defined]
        await pilot.pause()

    return run


SCREENS: dict[str, Do] = {
    "home": steps(wait=0),
    "areas": steps("up"),
    "area": steps("up", "up", "up", "enter", "down", "down"),
    "notes": steps("n"),
    "note": steps("n", *["down"] * 12, "enter"),
    "search": steps("n", "slash", text="policy"),
    "stats": steps("t"),
    "stats_end": steps("t", "end"),
    "settings": steps("comma", "down"),
    "settings_wrong": steps("comma", "end", "ctrl+u", "x", "enter"),
    "keys": steps("comma", *["down"] * 8, "enter"),
    "help": steps("question_mark"),
}


@pytest.fixture(autouse=True)
def _few_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list of keys holds those of all screens; here it must not change with each of them."""
    keys = {**SHARED, "study.unsure": ("u", "unsure"), "study.guess": ("g", "guess")}
    monkeypatch.setattr("dp100.tui.screens.settings_keys.known_keys", lambda: keys)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
def test_screen(snap_compare: Snap, sat: Learner, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(Dp100App(sat), terminal_size=size, run_before=SCREENS[name])


@pytest.mark.parametrize("name", ["home", "note", "stats", "settings_wrong"])
def test_screen_in_the_light_theme(snap_compare: Snap, sat: Learner, name: str) -> None:
    sat.change_settings(theme="dp100-light")
    assert snap_compare(Dp100App(sat), terminal_size=(80, 24), run_before=SCREENS[name])


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    "items", ["", "small-git small-single small-markup small-series left-the-bank"], ids=["none", "some"]
)
def test_suspended(snap_compare: Snap, sat: Learner, size: tuple[int, int], items: str) -> None:
    for item in items.split():
        sat.suspend(item)
    app = Dp100App(sat)

    async def look(pilot: Pilot[Any]) -> None:
        app.open_suspended()
        await steps("down", "space")(pilot)

    assert snap_compare(app, terminal_size=size, run_before=look)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_first_run(snap_compare: Snap, newcomer: Learner, size: tuple[int, int]) -> None:
    assert snap_compare(Dp100App(newcomer), terminal_size=size, run_before=steps(text="12 Dec"))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_home_of_a_newcomer(snap_compare: Snap, learner: Learner, size: tuple[int, int]) -> None:
    assert snap_compare(Dp100App(learner), terminal_size=size, run_before=steps(wait=0))


def test_home_at_200_by_60(snap_compare: Snap, sat: Learner) -> None:
    assert snap_compare(Dp100App(sat), terminal_size=(200, 60), run_before=steps(wait=0))


def test_home_at_20_by_5(snap_compare: Snap, sat: Learner) -> None:
    assert snap_compare(Dp100App(sat), terminal_size=(20, 5), run_before=steps(wait=0))


@pytest.fixture
def sat(practised: Learner) -> Learner:
    """Someone practised who has sat two mock exams as well."""
    import datetime as dt

    for days, score in ((20, 410), (9, 640)):
        at = NOW - dt.timedelta(days=days)
        exam = exams.begin(
            practised.store,
            outline="x",
            form="full",
            open_book=False,
            minutes=9,
            passing=700,
            places=[],
            at=at,
        )
        exams.finish(practised.store, exam, remaining=0, score=score, points=1, possible=1, places=[], at=at)
    return practised
