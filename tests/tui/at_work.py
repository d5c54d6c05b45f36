"""A learner at work on a lab, for tests of its screen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from dp100.labs import desk, shelf
from dp100.labs.bench import Bench
from dp100.memory.learner import Learner

from .looking import text_of

TOPIC = "train.scripts.experiment"
"""Of the small lab here."""
LIMIT = 60.0
"""Seconds after which a test gives up."""


async def until(pilot: Pilot[Any], holds: Callable[[], object]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, text_of(pilot.app)
        await pilot.pause()
        await asyncio.sleep(0.02)


async def seen(pilot: Pilot[Any], part: str) -> None:
    """Waits until the screen holds a text."""
    await until(pilot, lambda: part in text_of(pilot.app))


def begun(learner: Learner, folder: Path) -> Bench:
    """The first lab, begun in a folder."""
    return desk.start(shelf.labs()[0], folder, learner.store.home, learner.store)
