"""Turns what pydantic says about a value into sentences with a line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from dp100.curriculum.keys import KINDS, keys_at
from dp100.curriculum.problem import close, did_you_mean, one_line
from dp100.curriculum.yaml_file import Document, Key
from dp100.curriculum.yaml_trouble import Fault

_FORMS = {
    "id": "must be lower-case words joined by hyphens, as in `hyperdrive-bandit-slack`",
    "lab": "must be lower-case words joined by hyphens, as in `08-tune-hyperparameters`",
    "topic": "must be a dotted path, as in `optimize.hyperdrive.termination`",
    "url": "must be a web address that begins with https:// and holds no space",
    "generator": "must be a name of lower-case letters, digits and underscores",
}
_UNKNOWN_KEY = {"extra_forbidden", "unexpected_keyword_argument"}
_UNION = {"int_type", "float_type", "string_type", "list_type", "model_type", "dict_type"}


def sentences(error: ValidationError, value: Any, document: Document, line: int) -> list[Fault]:
    """One fault for each thing that is wrong with ``value``, which begins on ``line`` of ``document``."""
    by_path: dict[tuple[Key, ...], list[Any]] = {}
    for one in error.errors(include_url=False):
        if not _is_beside_the_point(one["loc"], value):
            by_path.setdefault(_path(one, value), []).append(one)
    renamed = {_meant(path, found, value) for path, found in by_path.items()}
    faults = []
    for path, found in by_path.items():
        if path in renamed and found[0]["type"] == "missing":
            continue
        what = named(path)
        text = _sentence_for(found, path, value)
        message = one_line(f"{what}: {text}" if what else text)
        faults.append(Fault(place(path, value, document, line), message))
    return faults


def place(path: Sequence[Key], value: Any, document: Document, line: int) -> int:
    """Line of the part of ``value`` that ``path`` leads to, or of the closest one around it."""
    for key in path:
        here = document.line_of(value, key)
        if here is None:
            break
        line = here
        value = value[key]
    return line


def named(path: Sequence[Key]) -> str:
    """``path`` in words: ```choices` 2, `text```."""
    words: list[str] = []
    for key in path:
        if isinstance(key, int):
            words.append(f"{words.pop()} {key + 1}" if words else f"entry {key + 1}")
        else:
            words.append(f"`{key}`")
    return ", ".join(words)


def _path(found: Any, value: Any) -> tuple[Key, ...]:
    """Where an error is, without the names of union members that pydantic puts between the keys."""
    path: list[Key] = []
    loc = found["loc"]
    for index, key in enumerate(loc):
        if _holds(value, key):
            path.append(key)
            value = value[key]
        elif found["type"] == "missing" and index == len(loc) - 1:
            path.append(key)
    return tuple(path)


def _holds(value: Any, key: Key) -> bool:
    if isinstance(key, int):
        return isinstance(value, list) and key < len(value)
    return isinstance(value, dict) and key in value


def _is_beside_the_point(loc: Sequence[Key], value: Any) -> bool:
    """Whether an error is of the member of a union that was not meant: a list where a range is written."""
    for index, key in enumerate(loc):
        if _holds(value, key):
            value = value[key]
        elif index and loc[index - 2 : index - 1] == ("draw",):
            is_list = str(key).startswith("list[")
            return isinstance(value, dict) if is_list else isinstance(value, list)
    return False


def _meant(path: tuple[Key, ...], found: list[Any], value: Any) -> tuple[Key, ...] | None:
    """Path of the key that an unknown key was probably meant to be."""
    if found[0]["type"] not in _UNKNOWN_KEY:
        return None
    match = close(str(path[-1]), keys_at(path[:-1], value))
    return (*path[:-1], match) if match else None


def _sentence_for(found: list[Any], path: tuple[Key, ...], value: Any) -> str:
    types = {one["type"] for one in found}
    if len(found) > 1 and types <= _UNION:
        if "model_type" in types:
            return "write a range such as {low: 1, high: 10, step: 1}, or a list of values such as [1, 2, 5]"
        wanted = "a number or a text" if "string_type" in types else "a number"
        return f"{wanted} is expected, but this is {_described(found[0]['input'])}"
    return _sentence(found[0], path, value)


def _sentence(found: Any, path: tuple[Key, ...], value: Any) -> str:
    given, context = found["input"], found.get("ctx", {})
    last = str(path[-1]) if path else ""
    match found["type"]:
        case "missing":
            return "this key is missing; add it"
        case kind if kind in _UNKNOWN_KEY:
            hint = did_you_mean(last, keys_at(path[:-1], value))
            return f"there is no such key here; remove it or mend its name.{hint}"
        case "string_type":
            return _no_text(given)
        case "bool_type":
            return f"true or false is expected (without quotes), but this is {_described(given)}"
        case "int_type" | "int_from_float":
            return f"a whole number is expected, but this is {_described(given)}"
        case "float_type" | "finite_number":
            return f"a number is expected, but this is {_described(given)}"
        case "list_type":
            return f"a list is expected (lines that begin with `- `), but this is {_described(given)}"
        case "dict_type" | "model_type" | "model_attributes_type" | "dataclass_type":
            return f"a mapping is expected (lines of `key: value`), but this is {_described(given)}"
        case "date_type" | "date_parsing" | "date_from_datetime_parsing" | "date_from_datetime_inexact":
            return f"a date such as 2026-06-01 is expected, but this is {_described(given)}"
        case "union_tag_not_found":
            return f"the key `kind` is missing; it is one of {', '.join(KINDS)}"
        case "union_tag_invalid":
            tag = str(context.get("tag", ""))
            return f"there is no kind `{tag}`; it is one of {', '.join(KINDS)}.{did_you_mean(tag, KINDS)}"
        case "literal_error":
            return _none_of(given, str(context.get("expected", "")))
        case "string_pattern_mismatch":
            return f"`{given}` {_FORMS.get(last, 'does not have the form that is expected')}"
        case "string_too_short":
            if not str(given).strip():
                return "this is empty; give it a text"
            return f"this must have at least {context.get('min_length')} characters"
        case "string_too_long":
            return f"this must have at most {context.get('max_length')} characters"
        case "too_short":
            return (
                f"this needs at least {context.get('min_length')} entries, not {context.get('actual_length')}"
            )
        case "too_long":
            return (
                f"there are {context.get('actual_length')} entries; use at most {context.get('max_length')}"
            )
        case "greater_than_equal":
            return f"this must be at least {context.get('ge')}, but it is {given}"
        case "less_than_equal":
            return f"this must be at most {context.get('le')}, but it is {given}"
        case "value_error":
            return str(context.get("error", found["msg"]))
    return f"{found['msg']}; `dp100 schema` prints what is expected"


def _none_of(given: object, expected: str) -> str:
    known = expected.replace("'", "").replace(" or ", ", ").split(", ")
    hint = did_you_mean(given, known) if isinstance(given, str) else ""
    wanted = known[0] if len(known) == 1 else f"one of {', '.join(known)}"
    return f"{wanted} is expected, but this is {_described(given)}.{hint}"


def _no_text(given: object) -> str:
    match given:
        case bool():
            read = "true or false, as it does yes, no, on and off"
        case int() | float():
            read = "a number"
        case dt.date():
            read = "a date"
        case None:
            return "this is empty; give it a text, or remove the key"
        case dict():
            return "a text is expected, but this is a mapping; put a text with `: ` or a first `{` in quotes"
        case list():
            return "a text is expected, but this is a list; put a text that begins with `[` or `- ` in quotes"
        case _:
            return f"a text is expected, but this is {_described(given)}"
    return f"a text is expected, but YAML reads this as {read}; put it in quotes"


def _described(given: object) -> str:
    match given:
        case None:
            return "empty"
        case bool():
            return "true" if given else "false"
        case int() | float():
            return f"the number {given:.6g}" if isinstance(given, float) else f"the number {given}"
        case dt.date():
            return f"the date {given}"
        case str():
            return f"the text `{given[:60]}`"
        case list():
            return "a list"
        case dict():
            return "a mapping"
    return "something else"
