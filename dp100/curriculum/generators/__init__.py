"""The generators that ``computed`` questions name: drawn numbers in, one result per choice out.

A generator is a plain function. It gets the values that were drawn for the question, by name, and
returns the text of every choice in the order in which the question lists them. Content names the
generator and its parameters; it never carries code. One module an area.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

Value = int | float | str
Generator = Callable[[Mapping[str, Value]], list[str]]

_MODULES = ("workspace", "train", "optimize", "deploy", "foundations")
_registered: dict[str, Generator] = {}


class Redraw(Exception):
    """Raised by a generator for values that make no fair question; other values are drawn."""


def generator(function: Generator) -> Generator:
    """Make ``function`` known under its own name."""
    if function.__name__ in _registered:
        raise ValueError(f"two generators are named {function.__name__}")
    _registered[function.__name__] = function
    return function


def generators() -> dict[str, Generator]:
    """Every generator by name."""
    for module in _MODULES:
        import_module(f"{__name__}.{module}")
    return dict(_registered)
