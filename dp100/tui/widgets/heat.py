"""Reviews by day as a grid: a column for a week, a row for a weekday, the height of the block for how many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from textual.content import Content

_BLOCKS = "▁▂▃▄▅▆▇█"
_LABELS = ("M ", "  ", "W ", "  ", "F ", "  ", "S ")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FULL = 20
"""Reviews in a day that are drawn as a full block, as long as no day has more."""


def _block(count: int, most: int) -> tuple[str, str]:
    """The character for a day and its style."""
    if not count:
        return "·", "$faint"
    level = min(len(_BLOCKS) - 1, (count * len(_BLOCKS) - 1) // max(most, _FULL))
    return _BLOCKS[level], "$accent 60%" if level < len(_BLOCKS) // 2 else "$accent"


def grid(counts: Mapping[dt.date, int], today: dt.date, weeks: int, *, gap: int = 1) -> list[Content]:
    """Seven lines, Monday to Sunday, of the last ``weeks`` weeks up to today. Days to come are left blank.

    Args:
        counts: Reviews by study day.
        today: The last day.
        weeks: Columns.
        gap: Blanks after each column.
    """
    monday = today - dt.timedelta(days=today.weekday() + 7 * (weeks - 1))
    days = [monday + dt.timedelta(days=n) for n in range(7 * weeks)]
    most = max((counts.get(day, 0) for day in days), default=0)
    lines = []
    for weekday in range(7):
        parts: list[tuple[str, str]] = [(_LABELS[weekday], "$quiet")]
        for week in range(weeks):
            day = days[7 * week + weekday]
            parts.append((" ", "") if day > today else _block(counts.get(day, 0), most))
            parts.append((" " * gap, ""))
        lines.append(Content.assemble(*[part for part in parts if part[0]]))
    return lines


def months(today: dt.date, weeks: int, *, gap: int = 1) -> Content:
    """The line above a :func:`grid` that names a month over the first week that begins in it."""
    monday = today - dt.timedelta(days=today.weekday() + 7 * (weeks - 1))
    first = [(monday + dt.timedelta(days=7 * week)).month for week in range(weeks)]
    starts = [week for week in range(weeks) if week == 0 or first[week] != first[week - 1]]
    if len(starts) > 1 and starts[1] * (1 + gap) < 4:
        del starts[0]  # Too little of it is left for its name.
    line = [" "] * (2 + weeks * (1 + gap))
    for week in starts:
        place = 2 + week * (1 + gap)
        if place + 3 <= len(line):
            line[place : place + 3] = _MONTHS[first[week] - 1]
    return Content.styled("".join(line).rstrip(), "$quiet")


def last_days(heat: Sequence[int], today: dt.date) -> dict[dt.date, int]:
    """Reviews by day from a list of the last days, oldest first, that ends today."""
    return {today - dt.timedelta(days=len(heat) - 1 - n): count for n, count in enumerate(heat)}
