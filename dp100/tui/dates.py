"""Days as people write them, in both directions."""

from __future__ import annotations

import datetime as dt
import re

from dp100.errors import Dp100Error

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_IN = r"in\s+(\d{1,4})\s+(day|week|month)s?"
_ISO = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
_NUMBERS = r"(\d{1,2})\.\s*(\d{1,2})\.(?:\s*(\d{4}))?"
_DAY_FIRST = r"(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?"
_MONTH_FIRST = r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?"


class NoDate(Dp100Error):
    """What was written is no date that can be used."""


def _is(pattern: str, text: str) -> re.Match[str] | None:
    """Whether ``text`` is written so. Compiled when a date is read: Home writes dates, and must not wait for it."""
    return re.fullmatch(pattern, text, re.IGNORECASE)


def _month(name: str) -> int | None:
    short = name.lower()
    return next((n for n, month in enumerate(_MONTHS, 1) if month.lower().startswith(short)), None)


def _parts(text: str) -> tuple[int | None, int | None, int | None] | None:
    """Year, month and day as written; None when it is not written like a date. A missing year is None."""
    if match := _is(_ISO, text):
        year, month, day = match.groups()
        return int(year), int(month), int(day)
    if match := _is(_NUMBERS, text):
        day, month, year = match.groups()
        return (int(year) if year else None), int(month), int(day)
    if match := _is(_DAY_FIRST, text):
        day, name, year = match.groups()
        return (int(year) if year else None), _month(name), int(day)
    if match := _is(_MONTH_FIRST, text):
        name, day, year = match.groups()
        return (int(year) if year else None), _month(name), int(day)
    return None


def read_date(text: str, today: dt.date) -> dt.date:
    """The day that someone wrote: ``2026-12-12``, ``12 Dec``, ``12.12.2026``, ``in 23 days``, ``tomorrow``.

    A day without a year is the next one.

    Raises:
        NoDate: with a sentence, when it is no date, or one that has passed.
    """
    words = " ".join(text.split())
    if words.lower() in ("today", "tomorrow"):
        return today + dt.timedelta(days=words.lower() == "tomorrow")
    if match := _is(_IN, words):
        many = int(match[1])
        days = many * {"day": 1, "week": 7, "month": 30}[match[2].lower()]
        if days > 3660:
            raise NoDate("That is more than ten years away. Write a nearer day.")
        return today + dt.timedelta(days=days)
    parts = _parts(words)
    if parts is None or parts[1] is None:
        raise NoDate(
            f"“{words[:30]}” is not a date that can be read. Write it as 2026-12-12, 12 Dec or in 23 days."
        )
    year, month, day = parts
    assert month is not None
    assert day is not None
    try:
        if year is not None:
            found = dt.date(year, month, day)
        else:
            # 29 February has its next year up to eight years ahead.
            found = next(
                date
                for date in (_maybe(today.year + n, month, day) for n in range(9))
                if date is not None and date >= today
            )
    except (ValueError, StopIteration):
        raise NoDate(f"There is no {words[:30]} in the calendar. Write it as 2026-12-12 or 12 Dec.") from None
    if found < today:
        raise NoDate(f"{long_day(found)} has passed. Write a day from today on.")
    if found > today + dt.timedelta(days=3660):
        raise NoDate("That is more than ten years away. Write a nearer day.")
    return found


def _maybe(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def long_day(day: dt.date) -> str:
    """``12 December 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday(day: dt.date, today: dt.date) -> str:
    """``Sat 12 December``, with the year where it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}{year}"


def days_ago(days: int) -> str:
    """``today``, ``yesterday``, ``9 days ago``."""
    return ("today", "yesterday")[days] if days in (0, 1) else f"{days} days ago"
