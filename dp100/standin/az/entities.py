"""Between words and the SDK's entities: read from YAML, changed with ``--set``, and shown."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from typing import Any

from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.options import assignments


def load(kind: str, arguments: argparse.Namespace, /, **given: Any) -> Any:
    """An entity from ``--file``, with what else was given written over it.

    Args:
        kind: ``"job"``, ``"compute"`` ...: the SDK's own ``load_job`` and the others do it, and check it.
        given: values by their names in the file, dots between levels; None is not given.

    Raises:
        MlException: the file or a value is not as it has to be.
    """
    from azure.ai.ml import entities

    overrides: list[dict[str, Any]] = [{name: value} for name, value in given.items() if value is not None]
    overrides += [{name: _structured(value)} for name, value in assignments(getattr(arguments, "set", None))]
    loader = getattr(entities, f"load_{kind}", None)
    if loader is None:
        import azure.ai.ml

        loader = getattr(azure.ai.ml, f"load_{kind}")
    return loader(source=getattr(arguments, "file", None), params_override=overrides)


def change(entity: Any, arguments: argparse.Namespace) -> Any:
    """Apply ``--set``, ``--add`` and ``--remove`` to an entity, as `az`'s generic update does.

    Raises:
        CliError: there is no such property, or it does not take the value.
    """
    for path, value in assignments(arguments.set):
        *way, last = path.split(".")
        _put(_reach(entity, way, path), last, _structured(value), path)
    for words in arguments.add or ():
        path, *values = words
        *way, last = path.split(".")
        holder = _reach(entity, way, path)
        held = _get(holder, last)
        if isinstance(held, list):
            held.extend(_structured(value) for value in values)
        elif not _has_names(last, held) or not values or not all("=" in value for value in values):
            raise CliError(
                "usage error: --add property.listProperty <key=value, string or JSON string>", USAGE
            )
        else:
            pairs = dict(value.partition("=")[::2] for value in values)
            _put(holder, last, dict(held or {}) | pairs, path)
    for words in arguments.remove or ():
        *way, last = words[0].split(".")
        holder = _reach(entity, way, words[0])
        if isinstance(holder, dict):
            holder.pop(last, None)
        elif isinstance(holder, list):
            holder.pop(_index(holder, words[1] if len(words) > 1 else last, words[0]))
        else:
            _put(holder, last, None, words[0])
    return entity


def shown(entity: Any) -> Any:
    """An entity as its YAML would be; lists of them too."""
    if hasattr(entity, "_to_job"):  # a job is built, and given back, as a node of a pipeline
        entity = entity._to_job()
    if hasattr(entity, "_to_dict"):
        return entity._to_dict()
    if entity is None or isinstance(entity, str | int | float | Mapping):
        return entity
    if isinstance(entity, Iterable):
        return [shown(each) for each in entity]
    return {name: value for name, value in vars(entity).items() if not name.startswith("_")}


def first(found: Iterable[Any], arguments: argparse.Namespace) -> list[Any]:
    """The first entities of a list, as many as ``--max-results`` wants, each shown."""
    most = getattr(arguments, "max_results", None)
    if most is not None and not str(most).isdecimal():
        raise CliError(f"argument --max-results/-r: invalid int value: '{most}'", USAGE)
    made: list[Any] = []
    for each in found:
        if most is not None and len(made) >= int(most):
            break
        made.append(shown(each))
    return made


def wait(poller: Any, arguments: argparse.Namespace) -> Any:
    """What a long-running operation ends with; nothing with ``--no-wait``."""
    return None if getattr(arguments, "no_wait", False) else shown(poller.result())


def view(arguments: argparse.Namespace) -> Any:
    """Which of active and archived ones are wanted."""
    from azure.ai.ml.constants import ListViewType

    if arguments.archived_only:
        return ListViewType.ARCHIVED_ONLY
    return ListViewType.ALL if arguments.include_archived else ListViewType.ACTIVE_ONLY


def _structured(text: str) -> Any:
    """JSON lists and objects as such; everything else is text, which the SDK converts as it needs."""
    if text[:1] in "[{" and text:
        try:
            return json.loads(text)
        except ValueError:
            pass
    return text


def _reach(entity: Any, way: list[str], path: str) -> Any:
    for name in way:
        found = entity[_index(entity, name, path)] if isinstance(entity, list) else _get(entity, name)
        if found is None:
            if not isinstance(entity, dict) and not hasattr(entity, name):
                raise CliError(f"Couldn't find '{name}' in '{path}'.")
            found = {}
            _put(entity, name, found, path)
        entity = found
    return entity


def _get(holder: Any, name: str) -> Any:
    if isinstance(holder, dict):
        return holder.get(name)
    return getattr(holder, name, None)


def _put(holder: Any, name: str, value: Any, path: str) -> None:
    if isinstance(holder, list):
        holder[_index(holder, name, path)] = value
        return
    if not isinstance(holder, dict) and not hasattr(holder, name):
        raise CliError(f"Couldn't find '{name}' in '{path}'.")
    held = _get(holder, name)
    if _has_names(name, held) and not (value is None or isinstance(value, Mapping)):
        raise CliError(f"'{path}' holds names and values: set {path}.NAME=VALUE.")
    if (type(held) is int or name in _WHOLE) and not _is_whole(value):
        raise CliError(f"'{path}' is a whole number, and not '{value}'.")
    try:
        if isinstance(holder, dict):
            holder[name] = value
        else:
            setattr(holder, name, value)
    except AttributeError:  # the service tells it
        raise CliError(f"'{path}' cannot be changed.") from None


_WHOLE = ("idle_time_before_scale_down", "max_instances", "min_instances")


def _is_whole(value: Any) -> bool:
    return str(value).removeprefix("-").isdecimal()


def _has_names(name: str, held: Any) -> bool:
    """Whether a property is a mapping; those that every entity may have are so when they are None, too."""
    return isinstance(held, Mapping) or (held is None and name in ("tags", "properties"))


def _index(holder: list[Any], text: str, path: str) -> int:
    if not text.isdecimal() or int(text) >= len(holder):
        raise CliError(f"Couldn't find '{text}' in '{path}'.")
    return int(text)
