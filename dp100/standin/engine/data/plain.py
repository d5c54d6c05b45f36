"""Tables as the SDKs give them to pandas: NumPy's types where nothing is empty, columns of one type only.

As with azureml-dataprep-rslex 2.26: whole numbers with gaps become floats, truth values with gaps become objects, a
column in which everything is empty has no type, and of a column of objects only those are kept that are of the type
of the first; lists are arrays, each of one type too. A table without a row has no columns either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dp100.standin.engine.data import inference

if TYPE_CHECKING:
    import pandas as pd

Lost = Callable[[str, str, list[Any]], None]
"""Is told the name of a column, its type, and the values in it that are of another."""


def table(frame: pd.DataFrame, lost: Lost | None = None) -> pd.DataFrame:
    """A table in the types that the SDKs give; columns may have equal names."""
    import pandas as pd

    if not len(frame):
        return pd.DataFrame()
    columns = {place: column(frame.iloc[:, place], lost) for place in range(len(frame.columns))}
    return pd.DataFrame(columns, index=frame.index).set_axis(frame.columns, axis=1)


def column(values: pd.Series[Any], lost: Lost | None = None) -> pd.Series[Any]:
    """A column in the type that the SDKs give."""
    import pandas as pd

    empty = values.isna()
    kind = str(values.dtype)
    if empty.all() and kind not in ("float64", "float32"):
        return pd.Series([None] * len(values), index=values.index, dtype=object)
    if kind == "boolean":
        return values.astype(object).where(~empty, None) if empty.any() else values.astype(bool)
    if kind in ("Int64", "Float64"):
        return values.astype("float64" if empty.any() or kind == "Float64" else "int64")
    if kind.startswith("datetime64") and values.dt.tz is None:
        return inference.nanoseconds(values)
    return _of_one_type(values, empty, lost) if kind == "object" else values


def _of_one_type(values: pd.Series[Any], empty: pd.Series[Any], lost: Lost | None) -> pd.Series[Any]:
    import pandas as pd

    wanted = type(values[~empty].iloc[0])
    if wanted not in (bool, int, float, str, list, dict):
        return values.infer_objects()
    kept = [_nested(value) if type(value) is wanted else None for value in values]
    if lost is not None:
        pairs = zip(values, kept, empty, strict=True)
        lost(
            str(values.name),
            wanted.__name__,
            [value for value, held, none in pairs if held is None and not none],
        )
    if wanted in (int, float, str):
        return pd.Series(kept, index=values.index)
    made = pd.Series(kept, index=values.index, dtype=object)
    return made.astype(bool) if wanted is bool and made.notna().all() else made


def _nested(value: Any) -> Any:
    """A value of JSON with its lists as arrays, each of one type as a column is."""
    import pandas as pd

    if isinstance(value, list):
        return column(pd.Series(value, dtype=object)).to_numpy()
    if isinstance(value, dict):
        return {name: _nested(each) for name, each in value.items()}
    return value
