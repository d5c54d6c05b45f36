"""The time, and the study day: it begins at 04:00, so that an evening past midnight stays one day."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

STARTS_AT = dt.time(4)
"""Local time at which a study day begins."""

_EPOCH = dt.date(1970, 1, 1).toordinal()


class Clock(Protocol):
    """Where the time comes from. Tests have one that stands still."""

    def now(self) -> dt.datetime:
        """This instant, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> dt.datetime:
        """This instant, aware, in UTC."""
        return dt.datetime.now(dt.UTC)


def study_day(at: dt.datetime, tz: dt.tzinfo | None = None) -> dt.date:
    """The study day that the aware instant ``at`` belongs to, in ``tz`` or else in the computer's zone.

    What the clock on the wall shows decides, so a day of 23 or 25 hours is one study day as well.
    """
    wall = at.astimezone(tz)
    return wall.date() if wall.time() >= STARTS_AT else wall.date() - dt.timedelta(days=1)


def start_of(day: dt.date, tz: dt.tzinfo | None = None) -> dt.datetime:
    """The instant, in UTC, at which a study day begins: 04:00 local time."""
    wall = dt.datetime.combine(day, STARTS_AT, tzinfo=tz)
    return wall.astimezone(dt.UTC)


def day_number(day: dt.date) -> int:
    """Days since 1970-01-01, as the database holds a study day."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> dt.date:
    """The study day of a :func:`day_number`."""
    return dt.date.fromordinal(number + _EPOCH)


def to_millis(at: dt.datetime) -> int:
    """Milliseconds since the epoch, as the database holds an instant.

    Raises:
        ValueError: when ``at`` has no time zone, and so is no instant.
    """
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone")
    return (at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(milliseconds=1)


def from_millis(millis: int) -> dt.datetime:
    """The instant, in UTC, of so many milliseconds since the epoch."""
    return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=millis)
