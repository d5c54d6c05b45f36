"""Types of columns: found in text, and converted to what is wanted. What does not fit becomes empty."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dp100.standin.engine.data import inference, plain

if TYPE_CHECKING:
    import pandas as pd

_MEANS_TRUE, _MEANS_FALSE = (
    ("true", "t", "1"),
    ("false", "f", "0"),
)  # in any case; as mltable 1.7 converts text


def inferred(frame: pd.DataFrame, apart: Collection[str] = ()) -> pd.DataFrame:
    """Columns of text as what they seem to hold, those ``apart`` left as text.

    Dates whose month and day may be changed round are empty: mltable asks nobody for their order.
    """
    import pandas as pd

    columns = {
        place: values if values.name in apart else plain.column(_inferred(values))
        for place, (_, values) in enumerate(frame.items())
    }
    return pd.DataFrame(columns, index=frame.index).set_axis(frame.columns, axis=1)


def _inferred(values: pd.Series[Any]) -> pd.Series[Any]:
    found = inference.infer(values.head(inference.ROWS))
    if found.kind == "bool":
        return inference.bools(values)
    if found.kind == "long":
        return inference.longs(values)
    if found.kind == "float":
        return inference.floats(values)
    return inference.moments(values, found.formats) if found.kind == "datetime" else values


def convert(frame: pd.DataFrame, changes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The frame with columns converted as the step ``convert_column_types`` says; unknown columns mean nothing."""
    made = frame.copy(deep=False)
    for change in changes:
        for name in chosen(made, change["columns"]):
            made[name] = converted(made[name], change["column_type"])
    return made


def chosen(frame: pd.DataFrame, columns: Any) -> list[str]:
    """The names of the columns that a name, a list of names or a pattern stands for, in the frame's order."""
    import re

    if isinstance(columns, Mapping):
        pattern = re.compile(columns["pattern"], re.IGNORECASE if columns.get("ignore_case") else 0)
        wanted = bool(columns.get("invert"))
        return [name for name in frame.columns if bool(pattern.search(str(name))) is not wanted]
    names = {columns} if isinstance(columns, str) else set(columns)
    return [name for name in frame.columns if name in names]


def converted(column: pd.Series[Any], kind: Any) -> pd.Series[Any]:
    """The column as ``kind``, as an MLTable file writes types."""
    import pandas as pd

    name, options = next(iter(kind.items())) if isinstance(kind, Mapping) else (kind, {})
    if name == "float":
        return pd.to_numeric(column, errors="coerce").astype("float64")
    if name == "int":
        numbers = pd.to_numeric(column, errors="coerce")
        return numbers.astype("int64") if numbers.notna().all() else numbers
    if name == "boolean":
        return _boolean(
            column,
            options.get("true_values") or _MEANS_TRUE,
            options.get("false_values") or _MEANS_FALSE,
            options.get("mismatch_as"),
        )
    if name == "datetime":
        return _datetime(column, options)
    return pd.Series(
        [None if empty else str(value) for value, empty in zip(column, column.isna(), strict=True)]
    )


def _boolean(
    column: pd.Series[Any], true: Sequence[str], false: Sequence[str], other: str | None
) -> pd.Series[Any]:
    fold = true is _MEANS_TRUE
    meaning: dict[str, bool] = dict.fromkeys(true, True) | dict.fromkeys(false, False)
    default = {"true": True, "false": False}.get(other or "")

    def one(value: Any) -> bool | None:
        if value is None or value != value:
            return None
        text = str(value)
        return meaning.get(text.lower() if fold else text, default)

    import pandas as pd

    made = pd.Series([one(value) for value in column], index=column.index, dtype=object, name=column.name)
    return made.astype(bool) if made.notna().all() else made


def _datetime(column: pd.Series[Any], options: Mapping[str, Any]) -> pd.Series[Any]:
    import pandas as pd

    formats = [options["formats"]] if isinstance(options["formats"], str) else options["formats"]
    constant = options.get("date_constant")
    texts = column.where(column.isna(), column.astype(str))
    made = pd.Series(pd.NaT, index=column.index, name=column.name, dtype="datetime64[ns]")
    for pattern in formats:
        dated = any(part in pattern for part in ("%Y", "%y", "%m", "%d", "%b", "%B"))
        source = texts if dated or not constant else f"{constant} " + texts
        form = pattern if dated or not constant else f"%Y-%m-%d {pattern}"
        found = _moments(pd.to_datetime(source, format=form, errors="coerce", utc=True))
        made = made.fillna(found)
    if made.isna().all() and pd.api.types.is_datetime64_any_dtype(column):
        return column  # it was one already
    return made


def _moments(column: pd.Series[Any]) -> pd.Series[Any]:
    """Without a time zone, in UTC, as the service gives them."""
    return column.dt.tz_localize(None).astype("datetime64[ns]")
