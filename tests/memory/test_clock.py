from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.memory.clock import (
    SystemClock,
    day_number,
    day_of,
    from_millis,
    start_of,
    study_day,
    to_millis,
)

ZONES = [
    ZoneInfo(name)
    for name in ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
]


@pytest.mark.parametrize(
    ("wall", "day"),
    [
        ("2026-03-10 03:59:59", "2026-03-09"),
        ("2026-03-10 04:00:00", "2026-03-10"),
        ("2026-03-10 23:59:00", "2026-03-10"),
        ("2026-03-11 00:30:00", "2026-03-10"),
        # Clocks go forward at 02:00 on the 29th, and back at 03:00 on 25 October.
        ("2026-03-29 03:30:00", "2026-03-28"),
        ("2026-03-29 04:00:00", "2026-03-29"),
        ("2026-10-25 03:59:00", "2026-10-24"),
        ("2026-10-25 04:00:00", "2026-10-25"),
    ],
)
def test_a_study_day_begins_at_four_by_the_clock_on_the_wall(wall: str, day: str) -> None:
    berlin = ZoneInfo("Europe/Berlin")
    at = dt.datetime.fromisoformat(wall).replace(tzinfo=berlin)
    assert study_day(at, berlin) == dt.date.fromisoformat(day)


def test_the_zone_of_the_computer_counts_when_none_is_given(zone: Callable[[str], None]) -> None:
    at = dt.datetime(2026, 3, 10, 12, tzinfo=dt.UTC)
    zone("Pacific/Honolulu")  # 02:00 there
    assert study_day(at) == dt.date(2026, 3, 9)
    assert start_of(dt.date(2026, 3, 10)) == dt.datetime(2026, 3, 10, 14, tzinfo=dt.UTC)
    zone("Asia/Tokyo")
    assert study_day(at) == dt.date(2026, 3, 10)


@given(
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1), timezones=st.just(dt.UTC)),
    st.sampled_from(ZONES),
)
def test_every_instant_lies_in_its_study_day(at: dt.datetime, tz: ZoneInfo) -> None:
    day = study_day(at, tz)
    assert start_of(day, tz) <= at < start_of(day + dt.timedelta(days=1), tz)


@given(st.dates())
def test_a_day_and_its_number(day: dt.date) -> None:
    assert day_of(day_number(day)) == day
    assert day_number(dt.date(1970, 1, 2)) == 1


@given(st.integers(-(10**13), 10**14))
def test_an_instant_and_its_milliseconds(millis: int) -> None:
    assert to_millis(from_millis(millis)) == millis


def test_a_time_without_zone_is_no_instant() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        to_millis(dt.datetime(2026, 3, 10))


def test_the_system_clock_tells_aware_time() -> None:
    assert SystemClock().now().utcoffset() == dt.timedelta(0)
