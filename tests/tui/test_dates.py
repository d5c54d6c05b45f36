from __future__ import annotations

import contextlib
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.errors import Dp100Error
from dp100.tui.dates import days_ago, long_day, read_date, weekday

TODAY = dt.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-12", (2026, 12, 12)),
        (" 2026/12/12 ", (2026, 12, 12)),
        ("12 Dec", (2026, 12, 12)),
        ("12 december 2027", (2027, 12, 12)),
        ("12. Dec.", (2026, 12, 12)),
        ("Dec 12, 2026", (2026, 12, 12)),
        ("1st of February", (2027, 2, 1)),
        ("12.12.2026", (2026, 12, 12)),
        ("1.2.", (2027, 2, 1)),
        ("in 23 days", (2026, 12, 12)),
        ("in 1 day", (2026, 11, 20)),
        ("IN 2 WEEKS", (2026, 12, 3)),
        ("today", (2026, 11, 19)),
        ("tomorrow", (2026, 11, 20)),
        ("19 Nov", (2026, 11, 19)),
        ("18 Nov", (2027, 11, 18)),
        ("29 Feb", (2028, 2, 29)),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: tuple[int, int, int]) -> None:
    assert read_date(text, TODAY) == dt.date(*day)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a date that can be read"),
        ("soon", "is not a date that can be read"),
        ("12 Foo", "is not a date that can be read"),
        ("31 Feb", "There is no 31 Feb in the calendar"),
        ("2026-13-01", "in the calendar"),
        ("2026-11-18", "18 November 2026 has passed"),
        ("in 9999 months", "more than ten years away"),
        ("2099-01-01", "more than ten years away"),
        ("[bold]", "“[bold]” is not a date"),
    ],
)
def test_what_is_no_date_gets_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(Dp100Error, match=re.escape(sentence)):
        read_date(text, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_a_date_to_come_or_a_sentence(text: str) -> None:
    with contextlib.suppress(Dp100Error):
        assert read_date(text, TODAY) >= TODAY


@given(st.dates(TODAY, TODAY + dt.timedelta(days=3000)))
def test_what_is_written_is_read_again(day: dt.date) -> None:
    assert read_date(long_day(day), TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day
    assert read_date(f"{day.day}.{day.month}.{day.year}", TODAY) == day


def test_days_are_written_for_people() -> None:
    assert weekday(dt.date(2026, 12, 12), TODAY) == "Sat 12 December"
    assert weekday(dt.date(2027, 1, 1), TODAY) == "Fri 1 January 2027"
    assert [days_ago(n) for n in (0, 1, 9)] == ["today", "yesterday", "9 days ago"]
