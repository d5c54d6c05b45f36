"""What there is: modules, classes and functions, from the installed packages or from a snapshot.

Both come in the form of tests/truth/describe.py. Azure ML SDK v1 and the guests (packages that notes use and
dp100 does not install) are always looked up in their snapshots, so that a test says the same everywhere.
"""

from __future__ import annotations

import ast
import functools
import gzip
import importlib.util
import inspect
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.truth.describe import Description, describe_callable, describe_class, dotted, locate

FOLDER = Path(__file__).parent
V1 = FOLDER / "azureml_v1_names.json.gz"
GUESTS = FOLDER / "guest_names.json.gz"

CHECKED_KEYWORDS = ("azureml.", "azure.ai.ml.")
"""Where a keyword must be known even if `**kwargs` would swallow it."""

STANDS_FOR = {
    # what the SDK documents -> what it gives
    "azureml.core.datastore.Datastore": ["azureml.data.abstract_datastore.AbstractDatastore"],
    "azureml.core.dataset.Dataset": [
        "azureml.data.tabular_dataset.TabularDataset",
        "azureml.data.file_dataset.FileDataset",
    ],
}


TAKES_ANY_NAME = ("azure.ai.ml.entities._job.pipeline._attr_dict._AttrDict",)
"""Classes that answer to any name with an empty dictionary, so that a wrong one goes unnoticed: not here."""


class NoSuchName(Exception):
    """A name that the real thing does not have."""


@dataclass(frozen=True, slots=True)
class Type:
    """A class and what it is a container or a poller of."""

    name: str
    arguments: tuple[tuple[Type, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Module:
    """An imported module."""

    name: str


@dataclass(frozen=True, slots=True)
class Class:
    """A class itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Instance:
    """A value that is one of several types; `exact` where it cannot be of a class derived from them."""

    types: tuple[Type, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Callable:
    """A function, a method or a constructor, as it is called, and the dotted name of where it belongs."""

    name: str
    described: Mapping[str, Any] = field(hash=False)
    home: str
    owner: Type | None = None
    unbound: bool = False
    others: tuple[Callable, ...] = ()
    """What it may be instead, where the class of its owner is not exactly known."""


Value = Module | Class | Instance | Callable | None
"""None is a value about which nothing is known."""


# Types


@functools.cache
def types_of(text: str) -> tuple[Type, ...]:
    """Reads the text of a type; nothing where it says nothing that can be checked."""

    def convert(node: ast.expr) -> tuple[Type, ...]:
        match node:
            case ast.BinOp(left=left, right=right):
                return convert(left) + convert(right)
            case ast.Subscript(value=outer, slice=inner):
                inside = inner.elts if isinstance(inner, ast.Tuple) else [inner]
                return tuple(Type(t.name, tuple(map(convert, inside))) for t in convert(outer))
            case ast.Name() | ast.Attribute():
                name = ast.unparse(node)
                if name in ("Any", "builtins.object", "None"):
                    return ()
                return tuple(Type(other) for other in STANDS_FOR.get(name, [name]))
        return ()

    try:
        return convert(ast.parse(text, mode="eval").body)
    except SyntaxError:
        return ()


@functools.cache
def signature_of(text: str) -> inspect.Signature:
    """A signature from its text; defaults are only known to exist."""
    arguments = ast.parse(f"def _{text}: ...").body[0].args  # type: ignore[attr-defined]
    kind, parameters = inspect.Parameter, []
    positional = [*arguments.posonlyargs, *arguments.args]
    required = len(positional) - len(arguments.defaults)
    for position, argument in enumerate(positional):
        only = position < len(arguments.posonlyargs)
        default = kind.empty if position < required else None
        how = kind.POSITIONAL_ONLY if only else kind.POSITIONAL_OR_KEYWORD
        parameters.append(kind(argument.arg, how, default=default))
    if arguments.vararg:
        parameters.append(kind(arguments.vararg.arg, kind.VAR_POSITIONAL))
    for argument, given in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        default = kind.empty if given is None else None
        parameters.append(kind(argument.arg, kind.KEYWORD_ONLY, default=default))
    if arguments.kwarg:
        parameters.append(kind(arguments.kwarg.arg, kind.VAR_KEYWORD))
    return inspect.Signature(parameters)


# Libraries


class Snapshot:
    """Names that were written down."""

    def __init__(self, path: Path) -> None:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            self._taken = json.load(file)
        self.packages: dict[str, str] = self._taken["packages"]
        self.roots = {name.partition(".")[0] for name in self._taken["modules"]}
        self._below: dict[str, list[str]] = {}
        for name, described in self._taken["classes"].items():
            for base in described["bases"]:
                self._below.setdefault(base, []).append(name)

    def has_module(self, name: str) -> bool | None:
        """Whether there is such a module; None where it could not be imported."""
        if name in self._taken["missing"]:
            return None
        return name in self._taken["modules"] or any(m.startswith(f"{name}.") for m in self._taken["modules"])

    def member(self, module: str, name: str) -> Value:
        """What a module calls by a name.

        Raises:
            NoSuchName: nothing.
        """
        entry = self._taken["modules"].get(module, {}).get(name)
        if entry is None:
            if self.has_module(f"{module}.{name}"):
                return Module(f"{module}.{name}")
            raise NoSuchName(f"{module} has no name {name}")
        if entry["kind"] == "class":
            return Class(entry["class"])
        if entry["kind"] == "module":
            return Module(entry["module"]) if entry["module"] in self._taken["modules"] else None
        if entry["kind"] == "function":
            return Callable(name, entry, f"{module}.{name}")
        return None

    def class_named(self, name: str) -> Description | None:
        """The description of a class."""
        return self._taken["classes"].get(name)  # type: ignore[no-any-return]

    def below(self, name: str) -> list[str]:
        """The classes derived from one."""
        return self._below.get(name, [])


class Installed:
    """Names of the packages that can be imported here."""

    def __init__(self) -> None:
        self._classes: dict[str, type] = {}

    def has_module(self, name: str) -> bool:
        """Whether there is such a module."""
        try:
            return importlib.util.find_spec(name) is not None
        except (ImportError, ValueError):
            return False

    def member(self, module: str, name: str) -> Value:
        """What a module calls by a name.

        Raises:
            NoSuchName: nothing.
        """
        try:
            value = getattr(locate(module), name)
        except AttributeError:
            if self.has_module(f"{module}.{name}"):
                return Module(f"{module}.{name}")
            raise NoSuchName(f"{module} has no name {name}") from None
        return self.value(value, f"{module}.{name}")

    def value(self, value: Any, name: str) -> Value:
        """A living object, as far as it is known."""
        if isinstance(value, types.ModuleType):
            return Module(value.__name__)
        if isinstance(value, type):
            self._classes[dotted(value)] = value
            return Class(dotted(value))
        if callable(value) and hasattr(value, "__name__"):
            return Callable(value.__name__, _described(value), name)
        return None

    @functools.cache  # noqa: B019 - there is one for the whole run
    def class_named(self, name: str) -> Description | None:
        """The description of a class."""
        try:
            cls = self._classes.get(name) or locate(name)
        except Exception:
            return None
        return describe_class(cls) if isinstance(cls, type) else None

    def below(self, name: str) -> list[str]:
        """The classes derived from one, among those that were imported."""
        cls = self._classes.get(name)
        if cls is None:
            try:
                cls = locate(name)
            except Exception:
                return []
        return [dotted(derived) for derived in _derived(cls)] if isinstance(cls, type) else []


@functools.lru_cache(maxsize=4096)
def _described(function: Any) -> Description:
    return describe_callable(function)


def _derived(cls: type) -> Iterator[type]:
    heirs: list[type] = type.__subclasses__(cls)
    for below in heirs:
        yield below
        yield from _derived(below)


class Reference:
    """Everything together."""

    def __init__(self) -> None:
        self.v1 = Snapshot(V1)
        self.guests = Snapshot(GUESTS)
        self.installed = Installed()

    def library(self, name: str) -> Snapshot | Installed:
        """Where a dotted name is looked up."""
        root = name.partition(".")[0]
        return next((known for known in (self.v1, self.guests) if root in known.roots), self.installed)

    def has_module(self, name: str) -> bool | None:
        """Whether there is such a module; None where that is not known."""
        return self.library(name).has_module(name)

    def member(self, module: str, name: str) -> Value:
        """What a module calls by a name.

        Raises:
            NoSuchName: nothing.
        """
        return self.library(module).member(module, name)

    def class_named(self, name: str) -> Description | None:
        """The description of a class, None where it is not known."""
        for library in (self.library(name), self.v1, self.guests):
            if described := library.class_named(name):
                return described
        return None

    def lineage(self, name: str) -> Iterator[tuple[str, Description | None]]:
        """A class and its bases in the order in which they are searched, without `object`."""
        described = self.class_named(name)
        yield name, described
        for base in described["bases"] if described else ():
            if base not in ("builtins.object", "typing.Generic", "typing.Protocol"):
                yield base, self.class_named(base)

    def find(self, name: str, member: str) -> tuple[Description | None, bool]:
        """A member of a class or of its bases, and whether the class is wholly known."""
        whole = True
        for base, described in self.lineage(name):
            if described is None or (described.get("dynamic") and base not in TAKES_ANY_NAME):
                whole = False
            if described and member in described["members"]:
                return described["members"][member], whole
        return None, whole
