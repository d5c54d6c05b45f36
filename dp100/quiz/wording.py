"""Spans of time and numbers, as a person would say them."""

from __future__ import annotations

import datetime as dt


def from_now(when: dt.datetime, now: dt.datetime) -> str:
    """When something comes, seen from ``now``: "in 10 min", "in 5 h", "tomorrow", "in 4 days", "in 3 months"."""
    minutes = (when - now).total_seconds() / 60
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"in {minutes:.0f} min"
    days = (when.astimezone().date() - now.astimezone().date()).days
    if days == 0:
        return f"in {minutes / 60:.0f} h"
    if days == 1:
        return "tomorrow"
    if days < 60:
        return f"in {days} days"
    return f"in {days / 30.44:.0f} months" if days < 730 else f"in {days / 365.25:.0f} years"


def clock(seconds: float) -> str:
    """A span as on the exam's clock: ``01:12:40``."""
    whole = max(0, round(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}:{left:02}"


def span(seconds: float) -> str:
    """A span in words, rounded: "40 s", "6 min", "1 h 20 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    hours, minutes = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: ``1 question``, ``3 questions``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}".replace(",", " ")
