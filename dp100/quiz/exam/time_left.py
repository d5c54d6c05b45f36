"""One line ten minutes before the end of an exam, and one at two."""

from __future__ import annotations

WARN_AT = (10 * 60, 2 * 60)
"""Seconds before the end at which one line says so."""


class TimeLeft:
    """Says each of its lines once; what lies behind when it is made is not said at all."""

    def __init__(self, remaining: float) -> None:
        self._said = {at for at in WARN_AT if remaining <= at}

    def line(self, remaining: float) -> str | None:
        """What there is to say with so many seconds left, most often nothing."""
        reached = {at for at in WARN_AT if remaining <= at} - self._said
        self._said |= reached
        return f"{min(reached) // 60} minutes left." if reached else None
