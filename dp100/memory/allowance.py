"""How much of a study day is left: the limits of items due and of new ones, less what was answered."""

from __future__ import annotations

from typing import NamedTuple

from dp100.memory.mastery import View


class Allowance(NamedTuple):
    """What is left of today's limits: items due and new ones."""

    due: int
    new: int


def allowance(view: View) -> Allowance:
    """What is left of the limits of this study day."""
    fresh, due = view.store.row("SELECT fresh, due FROM day WHERE day = ?", (view.today,)) or (0, 0)
    return Allowance(max(0, view.settings.due_per_day - due), max(0, view.settings.new_per_day - fresh))
