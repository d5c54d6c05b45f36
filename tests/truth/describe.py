"""Describes living classes and functions as plain data: names, signatures, what they return.

The same description is made of the packages that are installed (see :mod:`tests.truth.reference`) and,
once and by hand, of those that are not (see :mod:`tests.truth.snapshot`), so that code is checked against
both in one way. Standard library only, because it also runs where nothing of dp100 is installed.

A callable is ``{"signature": "(a, b=1, **kwargs)", "returns": "package.module.Class", "also": ["c"]}``:
the signature without ``self``, in Python's own syntax, with ``...`` for a default that is no plain value;
``also`` holds the keywords that ``**kwargs`` is documented to take or seen to take in the source.
A class is ``{"bases": [...], "new": <callable>, "members": {name: <member>}}``: its method resolution
order, its constructor and the public members that it defines itself. A member has a ``kind``: ``method``,
``classmethod``, ``staticmethod``, ``property``, ``class``, ``attribute`` (of the class) or ``field``
(assigned to ``self`` somewhere in its source). ``dynamic`` is set where ``__getattr__`` may answer to any name,
``factory`` where ``__new__`` may make an instance of another class.
"""

from __future__ import annotations

import ast
import enum
import functools
import importlib
import inspect
import re
import sys
import types
import typing
import warnings
from collections.abc import Iterator
from typing import Any

Description = dict[str, Any]

_DOCUMENTED = re.compile(
    r"^\s*:(?:param|keyword|paramtype|type|kwarg)\s+(?:[^:\n]*?\s)?\\?\*{0,2}(\w+)\s*:", re.M
)
_RETURNED = re.compile(r"^\s*:rtype:\s*(.+(?:\n\s+[^:\s].*)*)", re.M)
_PLAIN_TYPES = ("str", "int", "float", "bool", "dict", "list", "tuple", "bytes")
_ROLE = re.compile(r":\w+:`~?([^`]+)`")


def is_public(name: str) -> bool:
    """Whether no part of a dotted name begins with an underscore."""
    return not any(part.startswith("_") for part in name.split("."))


def dotted(thing: Any) -> str:
    """Where a class or function is defined: ``package.module.Class``."""
    return f"{thing.__module__}.{thing.__qualname__}"


def locate(name: str) -> Any:
    """The object behind a dotted name, importing what has to be imported.

    Raises:
        LookupError: nothing has that name.
    """
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = _import(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            try:
                found = getattr(found, part)
            except AttributeError:
                break
        else:
            return found
    raise LookupError(name)


def _import(name: str) -> types.ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


# Source


@functools.cache
def _definitions(module: str) -> dict[str, list[ast.AST]]:
    """Qualified name -> definitions, for every class and function of a module's source; overloads come first."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError, SyntaxError):
        return {}
    found: dict[str, list[ast.AST]] = {}

    def collect(node: ast.AST, prefix: str) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                found.setdefault(prefix + child.name, []).append(child)
                if isinstance(child, ast.ClassDef):
                    collect(child, f"{prefix}{child.name}.")
            elif isinstance(child, ast.If | ast.Try):
                collect(child, prefix)

    collect(tree, "")
    return found


def _sources(thing: Any) -> list[ast.AST]:
    return _definitions(getattr(thing, "__module__", None) or "").get(getattr(thing, "__qualname__", ""), [])


def _source(thing: Any) -> ast.AST | None:
    return next(reversed(_sources(thing)), None)


# Signatures


def _plain(value: object) -> str:
    """A default in Python's syntax, or ``...`` where it is no plain value."""
    if value is None or (
        isinstance(value, bool | str | bytes | int | float) and not isinstance(value, enum.Enum)
    ):
        text = repr(value)
        return text if len(text) <= 80 and text not in ("inf", "nan", "-inf") else "..."
    if isinstance(value, enum.Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, list | tuple | dict) and len(value) <= 8:
        text = repr(value)
        try:
            ast.literal_eval(text)
        except (ValueError, SyntaxError):
            return "..."
        return text if len(text) <= 80 else "..."
    return "..."


def signature_text(signature: inspect.Signature) -> str:
    """A signature without annotations, in Python's syntax."""
    parts: list[str] = []
    kind = inspect.Parameter
    seen_star = False
    parameters = list(signature.parameters.values())
    for position, parameter in enumerate(parameters):
        if parameter.kind is kind.KEYWORD_ONLY and not seen_star:
            parts.append("*")
            seen_star = True
        if parameter.kind is kind.VAR_POSITIONAL:
            parts.append(f"*{parameter.name}")
            seen_star = True
        elif parameter.kind is kind.VAR_KEYWORD:
            parts.append(f"**{parameter.name}")
        elif parameter.default is kind.empty:
            parts.append(parameter.name)
        else:
            parts.append(f"{parameter.name}={_plain(parameter.default)}")
        following = parameters[position + 1].kind if position + 1 < len(parameters) else None
        if parameter.kind is kind.POSITIONAL_ONLY and following is not kind.POSITIONAL_ONLY:
            parts.append("/")
    return f"({', '.join(parts)})"


def describe_callable(function: Any, *, bound: bool = False, documentation: str | None = None) -> Description:
    """Describes a function or a class's constructor.

    Args:
        function: what is called.
        bound: leave out the first parameter (``self`` or ``cls``).
        documentation: where parameters are described too, beside the function's own docstring.
    """
    described: Description = {}
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return described
    parameters = list(signature.parameters.values())
    if bound and parameters and parameters[0].kind is not inspect.Parameter.VAR_POSITIONAL:
        parameters = parameters[1:]
    signature = signature.replace(parameters=parameters)
    described["signature"] = signature_text(signature)
    swallow = next((p.name for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD), None)
    if swallow:
        also = set(_DOCUMENTED.findall(inspect.getdoc(function) or ""))
        also |= set(_DOCUMENTED.findall(documentation or ""))
        also |= set(_keywords_taken(function, swallow))
        also -= {p.name for p in parameters} | {"kwargs", "args", "self", "cls"}
        if public := sorted(name for name in also if not name.startswith("_")):
            described["also"] = public
    if not isinstance(function, type) and (returns := _returned(function)):
        described["returns"] = returns
    return described


def _keywords_taken(function: Any, swallow: str) -> Iterator[str]:
    """Keywords that the source takes out of ``**kwargs``, and those of overloads."""
    inner = inspect.unwrap(
        inspect.getattr_static(function, "__init__") if isinstance(function, type) else function
    )
    definition = _source(inner)
    for overload in _sources(inner)[:-1]:
        if isinstance(overload, ast.FunctionDef):
            yield from (argument.arg for argument in [*overload.args.args, *overload.args.kwonlyargs])
    for node in ast.walk(definition) if definition else ():
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id=name), attr="pop" | "get" | "setdefault"),
                args=[ast.Constant(value=str(key)), *_],
            ) if name == swallow:
                yield key
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key))) if (
                name == swallow
            ):
                yield key
            case ast.Compare(left=ast.Constant(value=str(key)), comparators=[ast.Name(id=name)]) if (
                name == swallow
            ):
                yield key


# Types


def type_text(annotation: Any) -> str | None:
    """A type as text, in terms of dotted class names: ``dict[builtins.str, azureml.core.run.Run]``.

    Returns:
        None where the annotation says nothing that can be checked. A type variable is ``~T``.
    """
    if annotation in (None, type(None)):
        return "None"
    if isinstance(annotation, typing.TypeVar):
        return f"~{annotation.__name__}"
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        options = [text for text in map(type_text, arguments) if text != "None"]
        return " | ".join(options) if options and None not in options else None  # type: ignore[arg-type]
    if isinstance(origin, type):
        inner = [type_text(argument) or "Any" for argument in arguments if argument is not Ellipsis]
        return f"{dotted(origin)}[{', '.join(inner)}]" if inner else dotted(origin)
    if isinstance(annotation, type) and annotation is not typing.Any and "<" not in annotation.__qualname__:
        return dotted(annotation)
    return None


def _returned(function: Any) -> str | None:
    """What a function returns, by its annotation or else by the ``:rtype:`` of its docstring."""
    inner = inspect.unwrap(function)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            hints = typing.get_type_hints(inner)
    except Exception:
        hints = {}
    annotation = hints.get(
        "return", getattr(inner, "__annotations__", {}).get("return", inspect.Parameter.empty)
    )
    if annotation is not inspect.Parameter.empty and not isinstance(annotation, str):
        found = type_text(annotation)
        if found and found.startswith("~"):
            alike = [name for name, hint in hints.items() if hint is annotation and name != "return"]
            return f"{found}:{alike[0]}" if alike else found
        return None if found == "None" and "yield" in ast.dump(_source(inner) or ast.Pass()) else found
    stated = _RETURNED.search(inspect.getdoc(inner) or "")
    return documented_type(" ".join(stated[1].split())) if stated else None


@functools.cache
def documented_type(text: str) -> str | None:
    """The type that a docstring names, with every class by its dotted name; None where it is prose."""
    text = _ROLE.sub(r"\1", text).replace("builtin.", "").strip(" .`~")
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None

    def convert(node: ast.expr) -> str | None:
        if isinstance(node, ast.Subscript):
            outer = ast.unparse(node.value).removeprefix("typing.")
            inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            inner = [convert(item) for item in inside]
            if outer in ("Union", "Optional"):
                options = [item for item in inner if item != "None"]
                return " | ".join(options) if options and None not in options else None  # type: ignore[arg-type]
            if outer.lower() in ("dict", "list", "tuple", "set", "iterator", "iterable", "generator"):
                name = (
                    f"builtins.{outer.lower()}" if outer.lower() in ("dict", "list", "tuple", "set") else None
                )
                name = name or f"collections.abc.{outer.capitalize()}"
                return f"{name}[{', '.join(item or 'Any' for item in inner)}]"
            return None
        if isinstance(node, ast.Constant) and node.value is None:
            return "None"
        if isinstance(node, ast.Name) and node.id in _PLAIN_TYPES:
            return f"builtins.{node.id}"
        if isinstance(node, ast.Attribute):
            try:
                found = locate(ast.unparse(node))
            except Exception:
                return None
            return dotted(found) if isinstance(found, type) else None
        return None

    return convert(tree)


# Classes


def describe_class(cls: type) -> Description:
    """Describes the constructor and the public members that a class itself defines."""
    described: Description = {"bases": [dotted(base) for base in cls.__mro__[1:]]}
    documentation = inspect.getdoc(cls) if "__doc__" in vars(cls) else None
    if new := describe_callable(cls, documentation=documentation):
        described["new"] = new
    if "__getattr__" in vars(cls) or ("__getattribute__" in vars(cls) and cls.__module__ != "builtins"):
        described["dynamic"] = True
    if "__new__" in vars(cls) and inspect.isfunction(inspect.unwrap(cls.__new__)):
        described["factory"] = True
    members: dict[str, Description] = {}
    for name, value in list(vars(cls).items()):
        if not name.startswith("_"):
            members[name] = _describe_member(cls, name, value)
    for name, type_of in _fields(cls):
        known = members.setdefault(name, {"kind": "field"})
        if type_of and known["kind"] == "field":
            known["returns"] = type_of
    described["members"] = dict(sorted(members.items()))
    for special in ("__call__", "__enter__", "__getitem__"):
        if inspect.isfunction(vars(cls).get(special)):
            described["members"][special] = {
                "kind": "method",
                **describe_callable(vars(cls)[special], bound=True),
            }
    return described


def _describe_member(cls: type, name: str, value: Any) -> Description:
    if isinstance(value, staticmethod):
        return {"kind": "staticmethod", **describe_callable(value.__func__)}
    if isinstance(value, classmethod):
        return {"kind": "classmethod", **describe_callable(value.__func__, bound=True)}
    if isinstance(value, property | functools.cached_property):
        getter = value.fget if isinstance(value, property) else value.func
        returns = _returned(getter) if getter else None
        member: Description = {"kind": "property", **({"returns": returns} if returns else {})}
        if isinstance(value, property) and value.fset:
            member["settable"] = True
        return member
    if inspect.isclass(value):
        return {"kind": "class", "class": dotted(value)}
    if inspect.isfunction(value) and _first_parameter(value) not in ("self", "cls", None):
        # a function put into the class as it is, to be called through the class
        return {"kind": "staticmethod", **describe_callable(value)}
    if inspect.isroutine(value):
        return {"kind": "method", **describe_callable(value, bound=True)}
    if isinstance(value, enum.Enum):
        return {"kind": "attribute", "value": _plain(value.value), "returns": dotted(cls)}
    if hasattr(value, "__get__") and not isinstance(value, types.ModuleType):
        return {"kind": "property"}
    text = _plain(value)
    return {"kind": "attribute"} if text == "..." else {"kind": "attribute", "value": text}


def _first_parameter(function: types.FunctionType) -> str | None:
    return next(iter(inspect.signature(function).parameters), None)


def _fields(cls: type) -> Iterator[tuple[str, str | None]]:
    """Public attributes that the methods of a class assign to ``self``, each with its class where that is evident."""
    definition = _source(cls)
    names = vars(sys.modules.get(cls.__module__, types))
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if not name.startswith("_"):
            yield name, type_text(annotation) if not isinstance(annotation, str) else None
    for node in ast.walk(definition) if definition else ():
        value: ast.expr | None = None
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        else:
            continue
        for target in targets:
            match target:
                case ast.Attribute(value=ast.Name(id="self"), attr=name) if not name.startswith("_"):
                    made = names.get(value.func.id) if _calls_a_name(value) else None  # type: ignore[union-attr]
                    yield name, dotted(made) if isinstance(made, type) else None


def _calls_a_name(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name)
