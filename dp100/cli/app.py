"""Opening the app at one of its screens."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dp100.errors import UsageError
from dp100.locations import home

if TYPE_CHECKING:
    from dp100.tui.app import Start


def open_app(start: Start = "home", packs: Sequence[Path] | None = None) -> int:
    """Run the app until the learner leaves it.

    Returns:
        The exit status.

    Raises:
        UsageError: when there is no terminal to draw on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The screens need a terminal. Use `dp100 study --plain` or `dp100 exam --plain` for a line dialogue."
        )
    from dp100.memory.learner import Learner
    from dp100.tui.app import Dp100App

    with Learner.open(home(), packs=packs) as learner:
        app = Dp100App(learner, start=start)
        app.run()
        return app.return_code or 0
