"""Tables: files read into a data frame, and the steps of a dataset applied to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from azureml.data import _expressions, _places
from azureml.data.dataset_error_handling import DatasetValidationError
from azureml.exceptions._azureml_exception import UserErrorException

if TYPE_CHECKING:
    from dp100.standin.engine.data.delimited import Header

_ENCODINGS = {
    "utf8": "utf-8",
    "iso88591": "iso-8859-1",
    "latin1": "latin-1",
    "ascii": "ascii",
    "utf16": "utf-16",
    "utf32": "utf-32",
    "utf8bom": "utf-8-sig",
    "windows1252": "cp1252",
}
_HEADERS: dict[int, Header] = {0: "none", 1: "first", 2: "combined", 3: "same"}
_FAILED = "Execution failed with error message: "


def encoding(name):
    """Python's name of an encoding.

    Raises:
        UserErrorException: the SDK does not know it.
    """
    if name not in _ENCODINGS:
        raise UserErrorException(
            f"Invalid encoding '{name}'. The supported encodings are 'utf8', 'iso88591', 'latin1', 'ascii', 'utf16', "
            "'utf32', 'utf8bom' and 'windows1252'."
        )
    return _ENCODINGS[name]


def frame(workspace, definition, strict=(), rows=None):
    """The rows of a tabular dataset, a data frame.

    Args:
        strict: ``value`` and ``time``: what raises instead of becoming empty where it is not of its column's type.
        rows: how many rows of delimited files are read; all by default.
    """
    steps = definition["steps"]
    table = _source(
        workspace, definition["source"], strict, rows, any(step[0] not in _OF_COLUMNS for step in steps)
    )
    for step in steps:
        table = _step(table, *step)
    return _plain(table.reset_index(drop=True), strict)


def learned(workspace, source):
    """What the columns of a source of delimited files seem to hold, from its first rows: by name a type as in the
    definition, and the names of those with dates that may be read in two ways, which are taken as month-day.

    Raises:
        DatasetValidationError: there is no row.
    """
    from dp100.standin.engine.data import inference

    return _learned(first(workspace, source, inference.ROWS))


def first(workspace, source, rows=1):
    """The first rows of a source, nothing converted.

    Raises:
        DatasetValidationError: there is none.
    """
    table = _rows(workspace, source, rows)
    if not len(table):
        raise DatasetValidationError(f"{_places.UNVALIDATED}\nThe Dataflow produced no records.")
    return table


def _learned(table):
    from dp100.standin.engine.data import inference

    types, ambiguous = {}, []
    for name in table.columns:
        if table[name].dtype.kind == "M":
            continue  # a date of a partition format
        found = inference.infer(table[name].head(inference.ROWS))
        if found.ambiguous:
            ambiguous.append(name)
        if found.kind != "string":
            types[name] = [found.kind, [*found.formats, *found.ambiguous]]
    return types, ambiguous


_OF_COLUMNS = ("keep", "drop")
"""The steps with which the real data engine still hands Parquet files on as they are."""


def _source(workspace, source, strict, rows, row_by_row=False):
    if source["type"] == "mltable":
        import mltable

        return mltable.load(source["paths"][0]["url"]).to_pandas_dataframe()
    table = _rows(workspace, source, rows, row_by_row)
    types = source["options"].get("types") or {}
    if source["type"] == "delimited":
        # What was found when the dataset was made stays: later files do not change the types of its columns.
        known = source["options"].get("learned")
        if known is None:
            known = _learned(table)[0] if source["options"].get("infer") else {}
        types = {name: kind for name, kind in known.items() if name not in types} | {
            name: known[name] if kind == "datetime" and not argument and name in known else [kind, argument]
            for name, (kind, argument) in types.items()
        }
    return _converted(table, types, strict)


def _rows(workspace, source, rows, row_by_row=False):
    """The rows of all files with the columns of their paths, nothing converted.

    Args:
        row_by_row: whether steps of the dataset look at single rows, which changes how Parquet files are read.
    """
    import pandas

    files = _places.files(workspace, source["paths"])
    if not files:
        raise _places.gone(source["paths"])
    options = source["options"]
    try:
        if source["type"] == "parquet":
            tables = _parquet(files, rows, row_by_row or bool(options.get("partition_format")))
        else:
            tables = _READERS[source["type"]](files, options, rows)
    except UnicodeDecodeError as error:
        raise UserErrorException(
            f"{_FAILED}A file is not in the encoding {options['encoding']}: {error}"
        ) from error
    except (ValueError, OSError) as error:
        raise UserErrorException(f"{_FAILED}The data cannot be read: {error}") from error
    # In front of what is in the files: the path, then the columns of a partition format; those come last in Parquet.
    for file, table in zip(files, tables, strict=False):
        ahead = _partitions(options["partition_format"], file) if options.get("partition_format") else {}
        if options.get("include_path"):
            ahead = {"Path": file.name} | ahead
        for place, (name, value) in enumerate(ahead.items()):
            last = source["type"] == "parquet" and name != "Path"
            table.insert(len(table.columns) if last else place, name, value)
    return pandas.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]


def _delimited(files, options, rows):
    from dp100.standin.engine.data import delimited

    return delimited.read(
        [file.path for file in files],
        separator=options["separator"],
        header=_HEADERS[options["header"]],
        encoding=encoding(options["encoding"]),
        multi_line=bool(options.get("support_multi_line")),
        empty_as_string=options["empty_as_string"],
        limit=rows,
    )


def _parquet(files, rows, row_by_row):
    """The tables of Parquet files.

    As in the real data engine: whole files become what pandas makes of them; once it looks at single rows, the index
    of a data frame is a column of its own, numbers are of 64 bits, and times are those of the clock in their zone.
    """
    try:
        from pyarrow import parquet

        if row_by_row:
            read = (parquet.read_table(file.path).slice(0, rows) for file in files)
            return [_widened(table.to_pandas(ignore_metadata=True)) for table in read]
        return [parquet.read_table(file.path).slice(0, rows).to_pandas() for file in files]
    except ImportError as error:
        raise UserErrorException(
            "Parquet files are read with the package pyarrow, which is not installed. "
            "Install it: pip install pyarrow"
        ) from error


def _widened(table):
    for name in table.columns:
        kind = table[name].dtype
        if getattr(kind, "tz", None) is not None:
            table[name] = table[name].dt.tz_localize(None)
        elif kind.kind in "iuf" and kind.itemsize < 8:
            table[name] = table[name].astype("float64" if kind.kind == "f" else "int64")
    return table


def _json_lines(files, options, rows):
    import itertools

    import pandas

    tables = []
    for file in files:
        found = _objects(file, encoding(options["encoding"]), options["invalid_lines"] == "drop")
        held = list(itertools.islice(found, rows))
        tables.append(pandas.DataFrame(held, dtype=object))
        if rows is not None:
            rows -= len(held)
            if rows <= 0:
                break
    return tables


def _objects(file, codec, drops):
    """The objects in the lines of a file."""
    import json

    with file.path.open(encoding=codec) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("it is no object")
            except UnicodeDecodeError:
                raise
            except ValueError as error:
                if drops:
                    continue
                raise UserErrorException(
                    f"{_FAILED}{file.name}, line {number} is not valid JSON: {error}"
                ) from error
            yield row


_READERS = {"delimited": _delimited, "json_lines": _json_lines}


def _converted(table, types, strict):
    for name, (kind, argument) in types.items():
        if name not in table.columns:
            continue  # the real one leaves it at that, too
        before = table[name]
        table[name] = _column_as(before, kind, argument)
        if strict:
            _refuse(name, kind, before[before.notna() & table[name].isna()], strict)
    return table


def _column_as(values, kind, argument):
    """A column as another type, with pandas' types that may be empty; what does not fit is empty."""
    import pandas

    from dp100.standin.engine.data import inference

    is_text = values.dtype == object or pandas.api.types.is_string_dtype(values)
    if kind == "string":
        return values.map(lambda value: value if pandas.isna(value) else str(value)).astype(object)
    if kind == "datetime":
        return inference.moments(values, argument) if is_text else values
    texts = values if is_text and kind == "float" else values.map(_text)
    if kind == "long":
        return inference.longs(texts)
    if kind == "bool":
        return inference.bools(texts)
    if argument and argument != ".":
        texts = texts.map(lambda text: text.replace(argument, ".") if isinstance(text, str) else text)
    return inference.floats(texts)


def _text(value):
    import pandas

    if isinstance(value, str) or value is None or pandas.api.types.is_list_like(value) or pandas.isna(value):
        return value if isinstance(value, str) else None
    return str(value)


def _refuse(name, kind, lost, strict):
    """Raise if there are values that have not the type of their column."""
    for value in lost:
        is_time = kind == "datetime" and _out_of_range(value)
        if ("time" if is_time else "value") in strict:
            raise UserErrorException(
                f"{_FAILED}{_RANGE if is_time else _ERROR_VALUE} The value '{value}' of the column '{name}' is no "
                f"{kind}."
            )


_RANGE = (
    "Encountered value which is outside of supported range of (1677-09-21T00:12:44+00:00 - "
    "2262-04-11T23:47:15+00:00)."
)
_ERROR_VALUE = (
    "Encountered ErrorValue in the data. Currently selected 'ErrorTranslationStrategy' is 'Fail'. If you want to "
    "null-fill ErrorValues instead, please select 'NullFill' strategy."
)


def _out_of_range(value):
    year = re.match(r"\s*(\d{4})-", str(value))
    return year is not None and not 1678 <= int(year[1]) <= 2261


def _plain(table, strict):
    """The frame as the SDK gives it."""
    from dp100.standin.engine.data import plain

    if len(table) and not len(table.columns):
        raise UserErrorException(f"{_FAILED}The input data contains no columns.")
    return plain.table(table, lambda name, kind, values: _refuse(name, kind, values, strict))


_PLACEHOLDER = re.compile(r"\{([^{}:]+)(?::([^{}]+))?\}")
_DATE_PARTS = {
    "yyyy": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{2})",
    "dd": r"(?P<day>\d{2})",
    "HH": r"(?P<hour>\d{2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
}


def _partitions(text, file):
    """The columns that a partition format such as ``/{Department}/{Date:yyyy/MM/dd}/data.csv`` finds in a path."""
    import datetime

    pattern, end, dates = "", 0, {}
    for number, found in enumerate(_PLACEHOLDER.finditer(text)):
        pattern += _literal(text[end : found.start()])
        name, date = found[1], found[2]
        if date:
            inner = re.escape(date)
            for part, regex in _DATE_PARTS.items():
                inner = inner.replace(part, regex.replace("?P<", f"?P<d{number}_", 1))
            pattern += f"(?:{inner})"
            dates[name] = f"d{number}_"
        else:
            pattern += f"(?P<{name}>[^/]+)"
        end = found.end()
    pattern += _literal(text[end:])
    matched = re.search(f"{pattern}$", f"/{file.below}")
    if not matched:
        raise UserErrorException(
            f"The path '/{file.below}' does not have the form of partition_format '{text}'."
        )
    values = {name: value for name, value in matched.groupdict().items() if not re.match(r"d\d+_", name)}
    for name, prefix in dates.items():
        parts = {
            key.removeprefix(prefix): int(value)
            for key, value in matched.groupdict().items()
            if key.startswith(prefix)
        }
        values[name] = datetime.datetime(**{"year": 1, "month": 1, "day": 1} | parts)  # type: ignore[arg-type]
    return values


def _literal(text):
    return re.escape(text).replace(r"\*", "[^/]*")


def partition_columns(text):
    """The names of the columns that a partition format makes."""
    return [found[1] for found in _PLACEHOLDER.finditer(text or "")]


def _step(table, kind, *arguments):
    if kind == "take":
        return table.head(arguments[0])
    if kind == "skip":
        return table.iloc[arguments[0] :]
    if kind == "keep":
        return table[[name for name in table.columns if name in arguments[0]]]
    if kind == "drop":
        return table.drop(columns=[name for name in arguments[0] if name in table.columns])
    if kind == "filter":
        return table[_expressions.rows(arguments[0], table)]
    if kind in ("sample", "split"):
        return table[chosen(len(table), kind, *arguments)]
    if kind == "time":
        import pandas

        column, lower, upper, inclusive = arguments
        values = pandas.to_datetime(_column(table, column))
        keep = values.notna()
        if lower:
            at = pandas.Timestamp(lower)
            keep &= values >= at if inclusive else values > at
        if upper:
            at = pandas.Timestamp(upper)
            keep &= values <= at if inclusive else values < at
        return table[keep]
    if kind == "recent":
        import pandas

        column, seconds, inclusive = arguments
        at = pandas.Timestamp.now() - pandas.Timedelta(seconds=seconds)
        values = pandas.to_datetime(_column(table, column))
        return table[values >= at if inclusive else values > at]
    if kind == "partition":
        key, value = arguments
        return table[table[key].astype(str) == str(value)]
    raise UserErrorException(f"A dataset has no step '{kind}'.")


def chosen(count, kind, probability, seed, second=False):
    """Which of ``count`` rows a sample, or a part of a random split, has: a list of bools."""
    import random

    source = random.Random(seed)
    return [(source.random() < probability) != (kind == "split" and second) for _ in range(count)]


def _column(table, name):
    if name not in table.columns:
        raise UserErrorException(f"The column '{name}' does not exist in the dataset.")
    return table[name]
