"""What an MLTable file may say, and what it means where it says nothing.

https://learn.microsoft.com/azure/machine-learning/reference-yaml-mltable
"""

from __future__ import annotations

from typing import Any

from mltable._errors import UserErrorException
from mltable._types import MLTableFileEncoding, MLTableHeaders

_TEXT = {"encoding": "utf8", "include_path_column": False, "partition_size": 20971520, "path_column": "Path"}

READERS: dict[str, dict[str, Any]] = {
    "read_delimited": _TEXT
    | {
        "delimiter": ",",
        "empty_as_string": False,
        "header": "all_files_same_headers",
        "infer_column_types": True,
        "support_multi_line": False,
    },
    "read_json_lines": _TEXT | {"invalid_lines": "error"},
    "read_parquet": {"include_path_column": False, "path_column": "Path"},
    "read_delta_lake": {"include_path_column": False, "version_as_of": None, "timestamp_as_of": None},
}
"""The readers, with their options and what these are by default."""

_STEPS: dict[str, type | tuple[type, ...]] = {
    "convert_column_types": list,
    "drop_columns": (str, list, dict),
    "extract_columns_from_partition_format": dict,
    "filter": str,
    "keep_columns": (str, list, dict),
    "sample": dict,
    "select_partitions": list,
    "skip": int,
    "take": int,
    "take_random_sample": dict,
}
_PLACES = ("file", "folder", "pattern")


def checked(held: Any) -> dict[str, Any]:
    """What an MLTable file holds, in full: every step a mapping, every option of a reader with its value.

    Raises:
        UserErrorException: it is not of the form that MLTable files have.
    """
    if not isinstance(held, dict):
        raise _wrong(f"{held!r} is not of type 'object'")
    if held.get("type", "mltable") != "mltable":
        raise _wrong("'mltable' was expected")
    paths = held.get("paths", [])
    if not isinstance(paths, list):
        raise _wrong(f"{paths!r} is not of type 'array'")
    for each in paths:
        if not isinstance(each, dict) or len(each) != 1 or not _is_place(each):
            raise _wrong(f"{each!r} is not valid under any of the given schemas")
    steps = held.get("transformations") or []
    if not isinstance(steps, list):
        raise _wrong(f"{steps!r} is not of type 'array'")
    made = {key: value for key, value in held.items() if key in ("metadata", "traits") and value}
    return made | {"paths": paths, "transformations": [_step(each) for each in steps], "type": "mltable"}


def _is_place(each: dict[Any, Any]) -> bool:
    ((kind, value),) = each.items()
    return kind in _PLACES and isinstance(value, str)


def _step(step: Any) -> dict[str, Any]:
    if isinstance(step, str) and step in READERS:
        return {step: dict(READERS[step])}
    if not isinstance(step, dict) or len(step) != 1:
        raise _wrong(f"{step!r} is not valid under any of the given schemas")
    ((name, options),) = step.items()
    if name in READERS:
        return {name: _reader(name, options if options is not None else {})}
    if name not in _STEPS or not isinstance(options, _STEPS[name]) or isinstance(options, bool):
        raise _wrong(f"{step!r} is not valid under any of the given schemas")
    return {name: options}


def _reader(name: str, options: Any) -> dict[str, Any]:
    known = READERS[name]
    if not isinstance(options, dict):
        raise _wrong(f"{options!r} is not of type 'object'")
    for key, value in options.items():
        if key not in known:
            raise _wrong(f"Additional properties are not allowed ({key!r} was unexpected)")
        if isinstance(known[key], bool) and key != "infer_column_types" and not isinstance(value, bool):
            raise _wrong(f"{value!r} is not of type 'boolean'")
    if name == "read_delimited":
        MLTableHeaders._parse(options.get("header", known["header"]))
    if "encoding" in known:
        MLTableFileEncoding._written(options.get("encoding", known["encoding"]))
    if options.get("invalid_lines", "error") not in ("error", "drop"):
        raise _wrong(f"{options['invalid_lines']!r} is not one of ['error', 'drop']")
    return known | options


def _wrong(what: str) -> UserErrorException:
    return UserErrorException(f"Given MLTable does not adhere to the AzureML MLTable schema: {what}")
