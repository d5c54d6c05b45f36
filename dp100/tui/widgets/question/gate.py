"""Keys count only for what was on the screen when they were pressed.

Whoever types faster than the screen changes, or holds a key down, sends keys that wait in line while the
next question is being put up. They must not answer it: nobody has seen it yet.
"""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable
from typing import Any

from textual import events
from textual.screen import Screen


class Unhurried(Screen[Any]):
    """A screen that lets go of keys pressed before what it shows now was there.

    A screen calls :meth:`hold` when what it shows begins to change, and :meth:`release` when that is done;
    while :attr:`holding`, its ``check_action`` refuses what would be booked on what is shown.
    """

    _ready_at: float = -math.inf

    @property
    def holding(self) -> bool:
        """Whether the screen is changing."""
        return self._ready_at == math.inf

    def hold(self) -> None:
        """From now on, keys are let go of."""
        self._ready_at = math.inf

    def release(self) -> None:
        """What is shown now may be answered, by keys pressed from now on."""
        self._ready_at = time.monotonic()
        self.refresh_bindings()

    def after_keys(self, change: Callable[[], Awaitable[None] | None]) -> None:
        """Hold, and call ``change`` once the keys that wait in line already have been let go of.

        Keys wait in two places: on their way to the screen, where :meth:`on_key` stops them by the time they
        were pressed at, and on their way from the screen to the app, which handles them before the call.
        """
        self.hold()
        self.app.call_later(self._change, change)

    async def _change(self, change: Callable[[], Awaitable[None] | None]) -> None:
        from dp100.errors import Dp100Error
        from dp100.tui.tell import tell

        try:
            if (waiting := change()) is not None:
                await waiting
        except Dp100Error as error:
            tell(self.app, error)
            self.release()

    def on_key(self, event: events.Key) -> None:
        """Stop a key that was pressed for what was shown before."""
        if event.time < self._ready_at and event.key not in ("escape", "ctrl+c", "ctrl+q"):
            event.stop()
            event.prevent_default()
