"""The steps of an MLTable file, from its paths to a frame."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mltable import _expressions
from mltable._convert import chosen, convert
from mltable._errors import UserErrorException
from mltable._places import Base, File, files_of
from mltable._read import columns_of, read
from mltable._schema import READERS

if TYPE_CHECKING:
    import pandas as pd

_PARTITION = "extract_columns_from_partition_format"
_FIELD = re.compile(r"\{([^{}:]+)(?::([^{}]+))?\}|\*")
_TIME = {"yyyy": r"\d{4}", "MM": r"\d{2}", "dd": r"\d{2}", "HH": r"\d{2}", "mm": r"\d{2}", "ss": r"\d{2}"}
_UNIT = {"yyyy": "year", "MM": "month", "dd": "day", "HH": "hour", "mm": "minute", "ss": "second"}


def files(table: Mapping[str, Any], base: Base) -> list[File]:
    """The files of a table, those of the partitions that are selected."""
    found = [
        file
        for entry in table["paths"]
        for kind, path in entry.items()
        for file in files_of(kind, path, base)
    ]
    for step in table["transformations"]:
        if "select_partitions" in step:
            found = [file for i, file in enumerate(found) if i in step["select_partitions"]]
    return found


def frame(table: Mapping[str, Any], base: Base) -> pd.DataFrame:
    """The table as a frame: the files read, and every step taken in its order.

    Raises:
        UserErrorException: a file is missing or cannot be read, or no column is left.
    """
    sources = files(table, base)
    formats = [
        step[_PARTITION]["partition_format"] for step in table["transformations"] if _PARTITION in step
    ]
    keys = [_keys(file, formats) for file in sources]
    made: pd.DataFrame | None = None
    for step in table["transformations"]:
        ((name, options),) = step.items()
        if name in READERS:
            made = read(name, options, sources, keys)
        elif name not in (_PARTITION, "select_partitions"):
            made = _taken(name, options, _streams(sources, keys) if made is None else made)
    import pandas as pd

    if made is None:
        made = _streams(sources, keys)
    if len(made) and not len(made.columns):
        raise UserErrorException(f"The input data contains no columns. Looked at {len(made)} records.")
    return made.reset_index(drop=True) if len(made) else pd.DataFrame()  # without rows there are no columns


def _streams(sources: Sequence[File], keys: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """A table that nothing has read yet: a row for each file."""
    import pandas as pd

    shown = {"Path": [file.shown for file in sources]}
    return pd.DataFrame(shown | columns_of(keys, [1] * len(sources)))


def _taken(name: str, options: Any, made: pd.DataFrame) -> pd.DataFrame:
    if name == "keep_columns":
        return made[chosen(made, options)]
    if name == "drop_columns":
        return made.drop(columns=chosen(made, options))
    if name == "convert_column_types":
        return convert(made, options)
    if name == "filter":
        return made[_expressions.rows(made, options)]
    if name == "take":
        return made.head(options)
    if name == "skip":
        return made.iloc[options:]
    if name == "take_random_sample":
        return _drawn(made, 0.0, options["probability"], options.get("seed"))
    held = options.get("sampler_arguments") or {}
    low, high = held.get("probability_lower_bound", 0.0), held.get("probability", 1.0)
    return _drawn(made, low, high, held.get("seed"))


def _drawn(made: pd.DataFrame, low: float, high: float, seed: int | None) -> pd.DataFrame:
    """Each row draws a number in [0, 1), the same for the same seed; those in [low, high) stay."""
    import numpy as np

    numbers = np.random.default_rng(seed).random(len(made))
    return made[(numbers >= low) & (numbers < high)]


def _keys(file: File, formats: Sequence[str]) -> dict[str, Any]:
    keys: dict[str, Any] = {}
    for pattern in formats:
        found = _pattern(pattern).search(file.shown)
        if found is None:
            raise UserErrorException(f"The path {file.shown} does not have the partition format '{pattern}'.")
        moments: dict[str, dict[str, int]] = {}
        for name, value in found.groupdict().items():
            column, _, unit = bytes.fromhex(name[1:]).decode().partition("\0")
            if unit:
                moments.setdefault(column, {})[unit] = int(value)
                keys.setdefault(column, None)
            else:
                keys[column] = value
        for column, units in moments.items():
            keys[column] = dt.datetime(**({"year": 1, "month": 1, "day": 1} | units))  # type: ignore[arg-type]
    return keys


def _pattern(text: str) -> re.Pattern[str]:
    """``/{Department}/{Day:yyyy/MM/dd}/data.csv`` as an expression for the end of a path.

    Group names hold the column's name in hexadecimal, and for a date the unit after a zero.
    """
    made, at = "", 0
    for field in _FIELD.finditer(text):
        made += re.escape(text[at : field.start()])
        at = field.end()
        if field[0] == "*":
            made += "[^/]*"
        elif field[2] is None:
            made += f"(?P<g{field[1].encode().hex()}>[^/]+)"
        else:
            made += "".join(
                f"(?P<g{f'{field[1]}{chr(0)}{_UNIT[part]}'.encode().hex()}>{_TIME[part]})"
                if part in _TIME
                else re.escape(part)
                for part in re.split("(yyyy|MM|dd|HH|mm|ss)", field[2])
            )
    return re.compile(made + re.escape(text[at:]) + "$")
