"""Walks packages that dp100 does not depend on and writes down their public names.

A snapshot is one gzipped JSON file, the same bytes for the same packages::

    {"python": "3.11.7",
     "packages": {distribution: version},
     "modules": {module: {name: entry}},     # what the module offers, see `entries`
     "classes": {dotted name: description},  # what the modules refer to, with every base; see tests/truth/describe.py
     "missing": {module: why it cannot be imported}}

``tests/truth/reference.py`` reads it. Nothing here needs dp100, so it runs in an environment that only has
the packages to be described.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib
import importlib.metadata
import io
import json
import logging
import pkgutil
import platform
import re
import types
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.truth.describe import Description, describe_callable, describe_class, dotted, is_public, locate

_GENERATED = re.compile(r"\._(restclient|restclients|vendor|client|protos|internal)\b|\.restclients\b")
"""Modules of generated clients and vendored packages: what others import from them is not theirs to offer."""

_BUILT_IN = ("builtins", "abc", "enum", "typing", "collections", "collections.abc", "_collections_abc", "_io")


def walk(
    roots: Iterable[str], *, without: Iterable[str] = ()
) -> tuple[dict[str, types.ModuleType], dict[str, str]]:
    """Imports every public module at and below `roots`.

    Args:
        roots: dotted names of packages.
        without: packages below which nothing is imported.

    Returns:
        The modules by name, and the reason for every one that cannot be imported.
    """
    modules: dict[str, types.ModuleType] = {}
    missing: dict[str, str] = {}
    left_out = tuple(f"{name}." for name in without)

    def visit(name: str) -> None:
        try:
            module = importlib.import_module(name)
        except BaseException as problem:
            first = (str(problem).strip() or "no reason given").splitlines()[0]
            missing[name] = f"{type(problem).__name__}: {re.sub(r'/[^ ]*/', '', first)}"[:300]
            return
        modules[name] = module
        for found in pkgutil.iter_modules(getattr(module, "__path__", []), f"{name}."):
            if is_public(found.name.rpartition(".")[2]) and not found.name.startswith(left_out):
                visit(found.name)

    noise = io.StringIO()
    logging.disable(logging.CRITICAL)
    with warnings.catch_warnings(), contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
        warnings.simplefilter("ignore")
        for root in roots:
            visit(root)
    return modules, missing


def entries(module: types.ModuleType, ours: tuple[str, ...]) -> dict[str, Description]:
    """The public names of a module.

    An entry is ``{"kind": "class", "class": dotted name}``, ``{"kind": "function", ...callable}``,
    ``{"kind": "module", "module": name}`` or ``{"kind": "constant", "value": text}``. A class or function that the
    module only imported and does not list in ``__all__`` is marked ``"imported": true``; what it imported from
    foreign packages is left out.
    """
    listed = getattr(module, "__all__", None)
    found: dict[str, Description] = {}
    for name in sorted(set(listed or ()) | {name for name in vars(module) if is_public(name)}):
        try:
            value = getattr(module, name)
        except AttributeError:
            continue
        home = getattr(value, "__module__", None) or ""
        mine = name in (listed or ()) or home == module.__name__
        own = mine or (home.partition(".")[0] in ours and not _GENERATED.search(home))
        mark = {} if mine else {"imported": True}
        if isinstance(value, types.ModuleType):
            if value.__name__.partition(".")[0] in ours and is_public(value.__name__):
                found[name] = {"kind": "module", "module": value.__name__}
        elif isinstance(value, type):
            if own:
                found[name] = {"kind": "class", "class": dotted(value), **mark}
        elif callable(value):
            if own:
                found[name] = {"kind": "function", **describe_callable(value), **mark}
        elif isinstance(value, str | int | float | bool | tuple | list | dict | frozenset | set):
            text = repr(value)
            plain = isinstance(value, str | int | float | bool) and len(text) <= 120
            found[name] = {"kind": "constant", **({"value": text} if plain else {})}
    return found


def _classes(modules: dict[str, dict[str, Description]], ours: tuple[str, ...]) -> dict[str, Description]:
    """Descriptions of all classes that the modules or other descriptions name, with their bases and heirs."""
    described: dict[str, Description] = {}
    waiting = {entry["class"] for names in modules.values() for entry in names.values() if "class" in entry}
    while waiting:
        name = waiting.pop()
        if name in described or name.partition(".")[0] == "builtins":
            continue
        try:
            cls = locate(name)
        except Exception:
            continue
        if not isinstance(cls, type) or cls.__module__ in _BUILT_IN:
            continue
        described[name] = describe_class(cls)
        waiting.update(described[name]["bases"])
        if is_public(cls.__module__):
            heirs: list[type] = type.__subclasses__(cls)
            heirs = [heir for heir in heirs if heir.__module__.partition(".")[0] in ours]
            waiting.update(dotted(heir) for heir in heirs if not _GENERATED.search(heir.__module__))
        waiting.update(m["class"] for m in described[name]["members"].values() if "class" in m)
        for member in [*described[name]["members"].values(), described[name].get("new", {})]:
            # typed results of foreign packages are not followed
            waiting.update(
                t for t in re.findall(r"[\w.]+", member.get("returns", "")) if t.startswith("azureml.")
            )
    return described


def snapshot(
    roots: Iterable[str], *, distributions: str, without: Iterable[str] = (), kin: Iterable[str] = ()
) -> dict[str, Any]:
    """Describes the public modules at and below `roots`.

    Args:
        roots: dotted names of packages.
        distributions: pattern of the distributions whose versions are kept.
        without: packages of which only the top is described.
        kin: top-level packages whose classes the modules offer as theirs.

    Raises:
        SystemExit: a root cannot be imported.
    """
    roots = tuple(roots)
    ours = tuple(sorted({root.partition(".")[0] for root in (*roots, *kin)}))
    modules, missing = walk(roots, without=without)
    if absent := [root for root in roots if root in missing]:
        raise SystemExit(f"{absent[0]} cannot be imported here ({missing[absent[0]]}); nothing was written")
    named = {name: entries(module, ours) for name, module in sorted(modules.items())}
    versions = {d.metadata["Name"]: d.version for d in importlib.metadata.distributions()}
    return {
        "python": platform.python_version(),
        "packages": {name: versions[name] for name in sorted(versions) if re.match(distributions, name)},
        "modules": named,
        "classes": _classes(named, ours),
        "missing": missing,
    }


def write(taken: dict[str, Any], path: Path) -> None:
    """Writes a snapshot; the same names give the same bytes."""
    text = json.dumps(taken, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as file,
    ):
        file.write(text.encode())
    print(
        f"{path.name}: {len(taken['modules'])} modules, {len(taken['classes'])} classes,"
        f" {path.stat().st_size // 1024} kB, {len(taken['missing'])} modules cannot be imported"
    )
