"""What a test sees of the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from textual.app import App
from textual.pilot import Pilot


def text_of(app: App[Any]) -> str:
    """The screen as text, a line for each row of the terminal."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())


def line_with(app: App[Any], part: str) -> str:
    """The first row that holds ``part``."""
    return next(line for line in text_of(app).splitlines() if part in line)


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Presses a key for each character."""
    await pilot.press(*("space" if character == " " else character for character in text))


def told(app: App[Any]) -> list[str]:
    """The notifications so far."""
    return [notification.message for notification in app._notifications]


@asynccontextmanager
async def shown(app: App[Any], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[Any]]:
    """The app running in a terminal of this size, once it has settled."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield pilot
