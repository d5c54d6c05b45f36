"""Readers: the files of a table as one frame."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dp100.standin.engine.data import delimited, plain
from dp100.standin.engine.errors import NotOffline
from mltable._convert import convert, inferred
from mltable._errors import UserErrorException
from mltable._places import File
from mltable._types import MLTableFileEncoding

if TYPE_CHECKING:
    import pandas as pd


def read(
    name: str, options: Mapping[str, Any], files: Sequence[File], keys: Sequence[Mapping[str, Any]]
) -> pd.DataFrame:
    """The rows of all files, in their order.

    Args:
        name: of the reader, such as ``read_delimited``.
        options: all of the reader's.
        files: at least one.
        keys: for each file, what its path says: columns that all its rows have.

    Raises:
        UserErrorException: a file cannot be read so.
        NotOffline: a reader that there is none for.
    """
    import pandas as pd

    if name == "read_delimited":
        frames = _delimited(files, options)
    elif name == "read_json_lines":
        frames = [_json_lines(file, options) for file in files]
    elif name == "read_parquet":
        frames = [_parquet(file) for file in files]
    else:
        raise NotOffline("Reading a Delta Lake table", "Read its Parquet files with read_parquet.")
    whole = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    if name == "read_delimited" and (wanted := options["infer_column_types"]):
        overrides = (wanted.get("column_type_overrides") or []) if isinstance(wanted, Mapping) else []
        whole = convert(inferred(whole, _overridden(whole, overrides)), overrides)
    lengths = [len(frame) for frame in frames]
    ahead = columns_of(keys, lengths)
    if options.get("include_path_column"):
        shown = [file.shown for file, length in zip(files, lengths, strict=True) for _ in range(length)]
        ahead = {str(options.get("path_column") or "Path"): shown} | ahead
    kept = whole[[column for column in whole.columns if column not in ahead]]
    return pd.concat([pd.DataFrame(ahead, index=whole.index), kept], axis=1) if ahead else whole


def columns_of(keys: Sequence[Mapping[str, Any]], lengths: Sequence[int]) -> dict[str, list[Any]]:
    """For each key a column, with the value of a file in each of its rows."""
    names = list(keys[0]) if keys else []
    return {
        name: [held[name] for held, length in zip(keys, lengths, strict=True) for _ in range(length)]
        for name in names
    }


def _overridden(frame: pd.DataFrame, overrides: Sequence[Mapping[str, Any]]) -> set[str]:
    """The columns with a type of their own, which is found in their text and not in what that seems to be.

    Raises:
        UserErrorException: there is no such column.
    """
    names: set[str] = set()
    for each in overrides:
        columns = each["columns"]
        names |= {columns} if isinstance(columns, str) else set(columns)
    known = ", ".join(f'"{name}"' for name in frame.columns)
    for name in sorted(names - set(frame.columns)):
        raise UserErrorException(
            f'Invalid argument "column type override: \'{name}\'". Expected "column type override must be in list of '
            f'columns: {{{known}}}".'
        )
    return names


def _delimited(files: Sequence[File], options: Mapping[str, Any]) -> list[pd.DataFrame]:
    try:
        return delimited.read(
            [file.path for file in files],
            separator=options["delimiter"][:1],
            header=_HEADERS[options["header"]],
            encoding=MLTableFileEncoding._written(options["encoding"])._codec,
            multi_line=options["support_multi_line"],
            empty_as_string=options["empty_as_string"],
        )
    except (ValueError, UnicodeError) as error:
        shown = ", ".join(file.shown for file in files)
        raise UserErrorException(f"{shown} cannot be read as delimited text: {error}") from error


_HEADERS: dict[str, delimited.Header] = {
    "no_header": "none",
    "from_first_file": "first",
    "all_files_different_headers": "combined",
    "all_files_same_headers": "same",
}


def _json_lines(file: File, options: Mapping[str, Any]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    with file.path.open(encoding=MLTableFileEncoding._written(options["encoding"])._codec) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise ValueError("the line is not an object")
            except ValueError as error:
                if options["invalid_lines"] == "drop":
                    continue
                raise UserErrorException(f"{file.shown}, line {number} is not valid JSON: {error}") from error
            rows.append(row)
    return plain.table(pd.DataFrame(rows, dtype=object))


def _parquet(file: File) -> pd.DataFrame:
    import pandas as pd

    try:
        return pd.read_parquet(file.path)
    except ImportError as error:
        raise UserErrorException("Reading Parquet files takes pyarrow: run `pip install pyarrow`.") from error
    except (ValueError, OSError) as error:
        raise UserErrorException(f"{file.shown} cannot be read as Parquet: {error}") from error
