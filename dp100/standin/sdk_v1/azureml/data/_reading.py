"""Tables: files read into a data frame, and the steps of a dataset applied to it."""

from __future__ import annotations

import re
from typing import Any

from azureml.data import _expressions, _places
from azureml.data.dataset_error_handling import DatasetExecutionError, DatasetValidationError
from azureml.exceptions._azureml_exception import UserErrorException

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
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([T ].*)?|\d{1,2}/\d{1,2}/\d{4}( .*)?")
_YEARS = (1678, 2261)  # whole years that pandas' nanoseconds can count
_TRUE, _FALSE = {"true", "yes", "1"}, {"false", "no", "0"}


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


def frame(workspace, definition, strict=()):
    """The rows of a tabular dataset, a data frame.

    Args:
        strict: ``value`` and ``time``: what raises instead of becoming empty where it is not of its column's type.
    """
    table = _source(workspace, definition["source"], strict)
    for step in definition["steps"]:
        table = _step(table, *step)
    return table.reset_index(drop=True)


def _source(workspace, source, strict):
    import pandas

    if source["type"] == "mltable":
        import mltable

        return mltable.load(source["paths"][0]["url"]).to_pandas_dataframe()
    files = _places.files(workspace, source["paths"])
    if not files:
        raise _places.missing(source["paths"])
    options = source["options"]
    try:
        tables = _READERS[source["type"]](files, options)
    except UnicodeDecodeError as error:
        raise DatasetExecutionError(
            f"A file is not in the encoding {options['encoding']}: {error}", error
        ) from error
    except (ValueError, OSError) as error:
        raise DatasetExecutionError(f"The data cannot be read: {error}", error) from error
    for file, table in zip(files, tables, strict=True):
        if options.get("partition_format"):
            for name, value in _partitions(options["partition_format"], file).items():
                table[name] = value
        if options.get("include_path"):
            table.insert(0, "Path", file.name)
    whole = pandas.concat(tables, ignore_index=True) if len(tables) > 1 else tables[0]
    types = options.get("types") or {}
    if options.get("infer"):
        whole = _inferred(whole, types)
    return _converted(whole, types, strict)


def _delimited(files, options):
    import pandas

    header = options["header"]
    infer = options["infer"]
    common = {
        "sep": options["separator"],
        "encoding": encoding(options["encoding"]),
        "keep_default_na": False,
        "na_values": [] if options["empty_as_string"] else [""],
        "skip_blank_lines": True,
    }
    types = options.get("types") or {}
    tables: list = []
    for index, file in enumerate(files):
        named = header in (2, 3) or (header == 1 and index == 0)
        common["header"] = 0 if named else None
        dtype: Any = None if infer else str
        try:
            if infer and types:
                # A column with a type of its own stays text until it is converted: 0042 has to keep its zeros.
                written = list(pandas.read_csv(file.path, nrows=1, dtype=str, **common).columns)
                names = _names(written, named, header, tables)
                dtype = {old: str for old, new in zip(written, names, strict=True) if new in types}
            table = pandas.read_csv(file.path, dtype=dtype, **common)
        except pandas.errors.EmptyDataError:
            table = pandas.DataFrame()
        table.columns = _names(list(table.columns), named, header, tables)
        tables.append(table)
    return tables


def _names(written, named, header, tables):
    """The names of a file's columns: those written in it, those of the first file, or ``Column1`` and so on."""
    if not named:
        names = list(tables[0].columns) if tables and header == 1 else []
        names += [f"Column{number}" for number in range(len(names) + 1, len(written) + 1)]
        return names[: len(written)]
    if header == 3 and tables and len(written) == len(tables[0].columns):
        return list(tables[0].columns)
    return written


def _parquet(files, options):
    import pandas

    try:
        return [pandas.read_parquet(file.path) for file in files]
    except ImportError as error:
        raise UserErrorException(
            "Parquet files are read with the package pyarrow, which is not installed. "
            "Install it: pip install pyarrow"
        ) from error


def _json_lines(files, options):
    import json

    import pandas

    tables = []
    for file in files:
        rows = []
        for number, line in enumerate(
            file.path.read_text(encoding(options["encoding"])).splitlines(), start=1
        ):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("it is no object")
                rows.append(row)
            except ValueError as error:
                if options["invalid_lines"] == "drop":
                    continue
                raise DatasetExecutionError(
                    f"{file.name}, line {number} is not valid JSON: {error}", error
                ) from error
        tables.append(pandas.DataFrame(rows))
    return tables


_READERS = {"delimited": _delimited, "parquet": _parquet, "json_lines": _json_lines}


def _inferred(table, types):
    """Text columns that hold nothing but dates as dates; those with a type of their own are left out."""
    import pandas

    for name in table.columns:
        if name in types:
            continue
        values = table[name]
        if pandas.api.types.is_numeric_dtype(values) or pandas.api.types.is_bool_dtype(values):
            continue
        some = values.dropna().astype(str)
        if some.empty or not _DATE.fullmatch(some.iloc[0].strip()):
            continue
        if all(_DATE.fullmatch(text.strip()) for text in some):
            found = pandas.to_datetime(values, errors="coerce", format="mixed")
            if found.isna().sum() == values.isna().sum():
                table[name] = found.dt.tz_localize(None) if found.dt.tz is not None else found
    return table


def _converted(table, types, strict):
    import pandas

    for name, (kind, argument) in types.items():
        if name not in table.columns:
            continue  # the real one leaves it at that, too
        values = before = table[name]
        if kind == "string":
            table[name] = values.map(lambda x: x if pandas.isna(x) else str(x)).astype(object)
        elif kind == "long":
            numbers = pandas.to_numeric(values, errors="coerce")
            table[name] = numbers.astype("int64") if not numbers.isna().any() else numbers
        elif kind == "float":
            if argument != ".":
                values = values.astype(str).str.replace(argument, ".", regex=False)
            table[name] = pandas.to_numeric(values, errors="coerce").astype(float)
        elif kind == "bool":
            table[name] = values.map(_bool)
        elif kind == "datetime":
            table[name] = _moments(values, argument)
        if strict:
            _refuse(name, kind, before[before.notna() & table[name].isna()], strict)
    return table


def _refuse(name, kind, lost, strict):
    """Raise if there are values that have not the type of their column."""
    for value in lost:
        if ("time" if kind == "datetime" and _out_of_range(value) else "value") in strict:
            raise DatasetExecutionError(f"The value '{value}' of the column '{name}' is no {kind}.", None)


def _out_of_range(value):
    year = re.match(r"\s*(\d{4})-", str(value))
    return year is not None and not _YEARS[0] <= int(year[1]) <= _YEARS[1]


def _bool(value):
    text = str(value).strip().lower()
    return True if text in _TRUE else False if text in _FALSE else None


def _moments(values, formats):
    import pandas

    found = pandas.to_datetime(values, errors="coerce", format=formats[0] if formats else "mixed")
    for each in (formats or ())[1:]:
        found = found.fillna(pandas.to_datetime(values, errors="coerce", format=each))
    if found.dtype.kind != "M":
        return found
    # What nanoseconds cannot count is out of range, also where this pandas could count it in seconds.
    return found.where(found.dt.year.between(*_YEARS)).dt.as_unit("ns")


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
        return table[_known(table, arguments[0])]
    if kind == "drop":
        return table.drop(columns=[name for name in arguments[0] if name in table.columns])
    if kind == "filter":
        return table[_expressions.evaluate(arguments[0], table)]
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


def _known(table, names):
    missing = [name for name in names if name not in table.columns]
    if missing:
        raise DatasetValidationError(f"The specified columns {missing} do not exist in the current dataset.")
    return list(names)
