"""The small bank and its learner, for everything that asks questions."""

from __future__ import annotations

from tests.tui.conftest import _same_everywhere, answer, clock, learner, newcomer

__all__ = ["_same_everywhere", "answer", "clock", "learner", "newcomer"]
