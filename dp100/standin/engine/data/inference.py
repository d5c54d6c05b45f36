"""Types of columns of text, found and converted as the service's data engine does it.

The rules are those that azureml-dataprep-rslex 2.26, the engine under both ``azureml.core.Dataset`` and ``mltable``,
was seen to follow: it looks at the first 200 rows, takes 0 and 1, T and F, Y and N, Yes and No for truth values, knows
the dates of a list of formats, and makes what is not of its column's type empty.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["bool", "long", "float", "datetime", "string"]

ROWS = 200
"""How many rows are looked at."""

TRUE = ("true", "True", "TRUE", "T", "t", "1", "Y", "YES", "Yes")
FALSE = ("false", "False", "FALSE", "F", "f", "0", "N", "NO", "No")
_WORDS = frozenset(TRUE) | frozenset(FALSE)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_NO_FINITE = frozenset({"nan", "inf", "infinity"})
_LARGEST = 2**63


@dataclass(frozen=True, slots=True)
class Found:
    """What a column seems to hold.

    Attributes:
        kind: its type.
        formats: of dates, those that are certain.
        ambiguous: of dates, those with month and day in an order that no value tells, the month first.
    """

    kind: Kind
    formats: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()


def infer(values: Iterable[Any]) -> Found:
    """What a column of texts seems to hold; None and NaN say nothing."""
    texts = {value for value in values if isinstance(value, str)}
    if not texts:
        return Found("string")
    bare = {text.strip() for text in texts}
    if all(text in _WORDS or (_WHOLE.fullmatch(text) and int(text) in (0, 1)) for text in bare):
        return Found("bool")
    if all(_WHOLE.fullmatch(text) and -_LARGEST <= int(text) < _LARGEST for text in bare):
        return Found("long")
    if all(_NUMBER.fullmatch(text) or text.lstrip("+-").lower() in _NO_FINITE for text in bare):
        return Found("float")
    return _dates(texts) or Found("string")


def longs(column: pd.Series[Any]) -> pd.Series[Any]:
    """Texts as whole numbers, what comes after the decimal point cut off: of type Int64."""
    import pandas as pd

    bare = column.astype("string").str.strip()
    exact = bare.where(bare.str.fullmatch(r"[+-]?\d{1,18}"))
    rough = pd.to_numeric(bare.where(exact.isna()), errors="coerce").astype("Float64")
    made = [
        int(whole)
        if isinstance(whole, str)
        else None
        if pd.isna(number)
        else max(-_LARGEST, min(_LARGEST - 1, int(number) if abs(number) < _LARGEST else _far(number)))
        for whole, number in zip(exact, rough, strict=True)
    ]
    return pd.Series(made, index=column.index, name=column.name, dtype="Int64")


def floats(column: pd.Series[Any]) -> pd.Series[Any]:
    """Texts as numbers: of type Float64, empty where there is none."""
    import pandas as pd

    bare = column.astype("string").str.strip()
    plain = bare.str.fullmatch(f"(?:{_NUMBER.pattern})|[+-]?(?i:nan|inf|infinity)").fillna(False)
    return pd.to_numeric(bare.where(plain.astype(bool)), errors="coerce").astype("Float64")


def bools(column: pd.Series[Any]) -> pd.Series[Any]:
    """Texts as truth values: of type boolean."""
    import pandas as pd

    meaning = dict.fromkeys(TRUE, True) | dict.fromkeys(FALSE, False)
    made = [meaning.get(text.strip()) if isinstance(text, str) else None for text in column]
    return pd.Series(made, index=column.index, name=column.name, dtype="boolean")


def moments(column: pd.Series[Any], formats: Sequence[str]) -> pd.Series[Any]:
    """Texts as times in UTC, by the first format that fits: of type datetime64[ns]."""
    import pandas as pd

    made = pd.Series(pd.NaT, index=column.index, name=column.name, dtype="datetime64[ns]")
    bare = column.astype("string").str.strip()
    for each in formats:
        texts = bare.str.replace(r"\s+", " ", regex=True)
        if "%p" in each:
            texts = texts.str.replace(r" ?([AaPp][Mm])$", r" \1", regex=True)
        if "%z" in each:
            texts = texts.str.replace(r" ?UTC$", "Z", regex=True).str.replace(
                r" ([+-]\d\d:?\d\d)$", r"\1", regex=True
            )
        if ".%f" in each:  # the engine takes a time without a fraction, too
            texts = texts.str.replace(r"(\d:\d{1,2}:\d{1,2})(?![\d.:])", r"\1.0", regex=True)
        found = pd.to_datetime(texts, format=each, errors="coerce", utc=True).dt.tz_localize(None)
        made = made.fillna(nanoseconds(found))
    return made


def nanoseconds(column: pd.Series[Any]) -> pd.Series[Any]:
    """Times as nanoseconds; what these cannot count, before 1678 and after 2261, is empty."""
    return column.where(column.dt.year.between(1678, 2261)).dt.as_unit("ns")


def _far(number: float) -> int:
    return 0 if number != number else _LARGEST if number > 0 else -_LARGEST


# --- dates -----------------------------------------------------------------------------------------------

_PARTS = {
    "%Y": r"(?P<Y>\d{4})",
    "%y": r"(?P<y>\d{2})",
    "%m": r"(?P<m>0?[1-9]|1[0-2])",
    "%d": r"(?P<d>0?[1-9]|[12]\d|3[01])",
    "%b": r"(?P<b>(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    "%H": r"(?:[01]?\d|2[0-3])",
    "%I": r"(?:0?[1-9]|1[0-2])",
    "%M": r"[0-5]?\d",
    "%S": r"(?:[0-5]?\d|60)",
    "%f": r"\d+",
    "%z": r"\s*(?:[Zz]|UTC|[+-]\d\d:?\d\d)",
    "%p": r"(?i:am|pm)",
    " ": r"\s*",
    ".": r"\.",
}
_LEADING_YEAR = r"(?P<Y>\d{1,4})"
_ISO = ["", *(f"{before}%H:%M:%S{end}" for before in " T" for end in ("", ".%f", "%z", ".%f%z"))]
_CLOCK = ["", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p"]
_NAMED = ["", " %H:%M:%S", " %H:%M", " %H:%M:%S.%f"]
_FORMATS = [
    *(f"%Y{mark}%m{mark}%d{end}" for mark in "-/" for end in _ISO),
    *(
        f"{date.replace('-', mark)}{end}"
        for date in ("%m-%d-%Y", "%d-%m-%Y", "%m-%d-%y")
        for mark in "-/"
        for end in _CLOCK
    ),
    *(f"%d{mark}%b{mark}{year}{end}" for year in ("%Y", "%y") for mark in "-/" for end in _NAMED),
]
"""The dates that are found, where a text fits several the first."""


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    made = []
    for each in _FORMATS:
        parts = [_PARTS.get(part, part) for part in re.findall(r"%.|.", each)]
        if each.startswith("%Y"):
            parts[0] = _LEADING_YEAR
        made.append((each, re.compile("".join(parts), re.ASCII)))
    return made


def _dates(texts: set[str]) -> Found | None:
    fitting: set[tuple[str, ...]] = set()
    for text in texts:
        fits = tuple(each for each, pattern in _patterns() if _is_date(pattern.fullmatch(text)))
        if not fits:
            return None
        fitting.add(fits)
    certain = {fits[0] for fits in fitting if len(fits) == 1}
    if any(_other_order(each) in certain for each in certain):
        return None
    ambiguous: set[str] = set()
    for fits in sorted(fitting):
        if certain.intersection(fits):
            continue
        if len(fits) > 1 and _other_order(fits[0]) == fits[1]:
            ambiguous.add(fits[0])
        else:
            certain.add(fits[0])
    return Found("datetime", tuple(sorted(certain)), tuple(sorted(ambiguous)))


def _other_order(each: str) -> str | None:
    """The format with day and month changed round, where they are numbers and come first."""
    if not re.match("%[md][-/]%[md][-/]%Y", each):
        return None
    return each[3:5] + each[2] + each[:2] + each[5:]


def _is_date(found: re.Match[str] | None) -> bool:
    if found is None:
        return False
    parts = found.groupdict()
    if parts.get("b"):
        return True
    try:
        dt.date(int(parts.get("Y") or f"20{parts.get('y')}") or 1, int(parts["m"]), int(parts["d"]))
    except ValueError:
        return False
    return True
