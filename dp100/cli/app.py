"""Opening the app at one of its screens."""

from __future__ import annotations

import os
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
        UnknownId: when a selection to study names a part that the outline does not have.
    """
    need_terminal()
    from dp100.memory.learner import Learner
    from dp100.tui.app import Dp100App

    with Learner.open(home(), packs=packs) as learner:
        if start != "home" and start[0] == "study":
            # Said here, where it ends the command; on the screen it would only be a notice at Home.
            wanted = start[1]
            learner.catalogue.topics_of(area=wanted.area, objective=wanted.objective, topic=wanted.topic)
        app = Dp100App(learner, start=start)
        app.run()
        return app.return_code or 0


def need_terminal() -> None:
    """Make sure that there is a terminal that can show the screens.

    Raises:
        UsageError: when there is none.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") in ("dumb", "unknown"):
        raise UsageError(
            "The screens need a terminal. Use `dp100 study --plain` or `dp100 exam --plain` for a line dialogue."
        )
