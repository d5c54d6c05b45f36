"""The façade beside the snapshot of the real packages: what it has too much, what differs, what it lacks."""

from __future__ import annotations

import ast
import gzip
import importlib
import json
import pkgutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dp100.standin import NotOffline
from tests.truth import snapshot_v1
from tests.truth.describe import Description, describe_class, is_public
from tests.truth.snapshot import entries


@cache
def truth() -> dict[str, Any]:
    """The snapshot; see :mod:`tests.truth.snapshot`."""
    file = Path(snapshot_v1.__file__).with_name("azureml_v1_names.json.gz")
    taken: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return taken


@cache
def modules() -> dict[str, Any]:
    """The façade's public modules by name."""
    import azureml

    found = {"azureml": azureml}
    for each in pkgutil.walk_packages(azureml.__path__, "azureml."):
        if is_public(each.name):
            found[each.name] = importlib.import_module(each.name)
    return found


def own(module: str) -> dict[str, Description]:
    """What a module of the façade offers as its own."""
    found = entries(modules()[module], ("azureml",))
    return {
        name: entry
        for name, entry in found.items()
        if not entry.get("imported") and entry["kind"] != "module"
    }


def is_absent(thing: Any) -> bool:
    """Whether something only says that it is not there."""
    from azureml._local.later import is_absent as ask

    return bool(ask(thing))


def members(name: str) -> dict[str, Description]:
    """The public members of a real class, those that it inherits too."""
    held = truth()["classes"][name]
    found: dict[str, Description] = {}
    for base in reversed(held["bases"]):
        found |= truth()["classes"].get(base, {}).get("members", {})
    return found | held["members"]


def classes() -> Iterator[tuple[str, Any, str]]:
    """Name, class of the façade and name of the real class, for every class that is not a placeholder."""
    seen = set()
    for module, names in modules().items():
        for name, entry in own(module).items():
            real = truth()["modules"].get(module, {}).get(name)
            if (
                entry["kind"] == "class"
                and real
                and real["kind"] == "class"
                and real["class"] in truth()["classes"]
            ):
                cls = getattr(names, name)
                if not is_absent(cls) and real["class"] not in seen:
                    seen.add(real["class"])
                    yield f"{module}.{name}", cls, real["class"]


def too_much() -> list[str]:
    """Public names of the façade that the real packages lack."""
    found = []
    for module in modules():
        known = truth()["modules"].get(module)
        if known is None:
            found.append(module)
            continue
        found += [f"{module}.{name}" for name in own(module) if name not in known]
    for label, cls, real in classes():
        known = members(real)
        found += [
            f"{label}.{name}" for name in _own_members(cls) if name not in known and not name.startswith("__")
        ]
    return found


def differing() -> list[str]:
    """Signatures of the façade that are not those of the real packages."""
    found = []
    for module, names in modules().items():
        for name, entry in own(module).items():
            real = truth()["modules"].get(module, {}).get(name)
            if not real or is_absent(getattr(names, name)):
                continue
            if entry["kind"] == real["kind"] == "function":
                found += _compared(f"{module}.{name}", entry.get("signature"), real.get("signature"))
            elif entry["kind"] == real["kind"] == "constant" and entry.get("value") != real.get(
                "value", entry.get("value")
            ):
                found.append(f"{module}.{name} is {entry.get('value')}, not {real['value']}")
    for label, cls, real in classes():
        held = truth()["classes"][real]
        mine = describe_class(cls)
        if not issubclass(cls, dict | tuple) and "factory" not in held:
            found += _compared(
                label, mine.get("new", {}).get("signature"), held.get("new", {}).get("signature")
            )
        known = members(real)
        for name, member in _own_members(cls).items():
            other = known.get(name)
            if not other:
                continue
            if "signature" in other and "signature" not in member and member["kind"] != "class":
                found.append(f"{label}.{name} cannot be called")
            elif "signature" in member and "signature" in other:
                found += _compared(f"{label}.{name}", member["signature"], other["signature"])
                callable_on_class = {"staticmethod", "classmethod"}
                if (member["kind"] in callable_on_class) != (other["kind"] in callable_on_class):
                    found.append(f"{label}.{name} is a {member['kind']}, not a {other['kind']}")
    return found


def lacking() -> Iterator[tuple[str, str]]:
    """What the real packages have and the façade lacks: kind and dotted name.

    Kinds: ``module``, ``name``, ``member``, and ``placeholder`` for what imports and raises NotOffline when used.
    """
    for module, names in sorted(truth()["modules"].items()):
        if module not in modules():
            yield "module", module
            continue
        for name, entry in sorted(names.items()):
            if entry.get("imported") or entry["kind"] == "module":
                continue
            try:
                thing = getattr(modules()[module], name)
            except (AttributeError, NotOffline):
                yield "name", f"{module}.{name}"
                continue
            if is_absent(thing) and f"{thing.__module__}" == module:
                yield "placeholder", f"{module}.{name}"
    for label, cls, real in sorted(classes(), key=lambda each: each[0]):
        mine = {name for base in cls.__mro__ for name in describe_class(base).get("members", {})} | set(
            dir(cls)
        )
        for name in sorted(members(real)):
            if name not in mine:
                yield "member", f"{label}.{name}"


def _own_members(cls: type) -> dict[str, Description]:
    found: dict[str, Description] = {}
    for base in reversed(cls.__mro__):
        if base.__module__.startswith("azureml."):
            found |= describe_class(base)["members"]
    return found


def _compared(label: str, mine: str | None, real: str | None) -> list[str]:
    if mine is None or real is None or _same(mine, real):
        return []
    return [f"{label}{mine} should be {real}"]


def _same(mine: str, real: str) -> bool:
    one, other = (ast.parse(f"def f{text}: pass").body[0].args for text in (mine, real))  # type: ignore[attr-defined]
    for kind in ("posonlyargs", "args", "kwonlyargs"):
        if [each.arg for each in getattr(one, kind)] != [each.arg for each in getattr(other, kind)]:
            return False
    if (one.vararg is None, one.kwarg is None) != (other.vararg is None, other.kwarg is None):
        return False
    for first, second in ((one.defaults, other.defaults), (one.kw_defaults, other.kw_defaults)):
        if len(first) != len(second):
            return False
        for a, b in zip(first, second, strict=True):
            if (a is None) != (b is None):
                return False
            if a is not None and "Ellipsis" not in ast.dump(a) + ast.dump(b) and ast.dump(a) != ast.dump(b):
                return False
    return True
