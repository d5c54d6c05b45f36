"""The keys that mean the same on every screen, and how keys are written for people.

A binding's id says what the key means, not where it is: the learner who moves ``study`` to another key
moves it on every screen. A screen adds bindings of its own with ids such as ``study.unsure``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.keys import format_key

if TYPE_CHECKING:
    from textual.screen import Screen

SHARED: dict[str, tuple[str, str]] = {
    "up": ("up,k", "up"),
    "down": ("down,j", "down"),
    "left": ("left,h", "left"),
    "right": ("right", "right"),
    "first": ("home", "to the first"),
    "last": ("end", "to the last"),
    "page_up": ("pageup", "a page up"),
    "page_down": ("pagedown", "a page down"),
    "enter": ("enter", "go on"),
    "back": ("escape", "back"),
    "leave": ("q", "leave"),
    "search": ("slash", "search"),
    "help": ("question_mark", "keys"),
    "palette": ("ctrl+p", "commands"),
    "study": ("s", "study"),
    "exam": ("e", "exam"),
    "notes": ("n", "notes"),
    "labs": ("l", "labs"),
    "stats": ("t", "stats"),
    "settings": ("comma", "settings"),
    "copy": ("y", "copy"),
    "page": ("o", "docs"),
    "edition": ("v", "SDK"),
}
"""By id: the keys it comes with, comma-separated, and the word for it."""

ALONE = {"up", "down", "left", "right", "first", "last", "page_up", "page_down", "back", "palette"}
"""Shared keys that the foot of a screen does not list; the help does."""

_WRITTEN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "backspace": "Backspace",
    "delete": "Del",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def key(name: str, action: str, word: str | None = None, *, show: bool | None = None) -> Binding:
    """The binding of a shared key.

    Args:
        name: One of the ids of :data:`SHARED`.
        action: What the screen does when it is pressed.
        word: How this screen calls it, where the shared word is too general ("notes", "the note").
        show: Whether the foot of the screen lists it; by default all but moving about is listed.
    """
    keys, shared = SHARED[name]
    return Binding(keys, action, word or shared, id=name, show=name not in ALONE if show is None else show)


def written(name: str) -> str:
    """A key as people write it: ``Enter``, ``ctrl+p``, ``?``, ``↑``."""
    *modifiers, last = name.split("+")
    return "+".join([*modifiers, _WRITTEN.get(last) or format_key(last)])


class Keyed(NamedTuple):
    """A line of the help: the keys, what they do, and whether that is only moving about."""

    keys: str
    word: str
    moving: bool


def keys_of(screen: Screen[Any]) -> list[Keyed]:
    """What can be pressed on a screen now, as remapped: what it does first, then how to move about."""
    found: dict[tuple[str, str], list[str]] = {}
    for _, binding, _, _ in screen.active_bindings.values():
        if binding.id is not None and binding.description:
            found.setdefault((binding.id, binding.description), []).append(written(binding.key))
    lines = [Keyed(" ".join(names), word, id in ALONE) for (id, word), names in found.items()]
    return sorted(lines, key=lambda line: line.moving)


def known_keys() -> dict[str, tuple[str, str]]:
    """Every key that can be moved: by id, the keys it comes with (comma-separated) and the word for it.

    Reads the bindings of all screens and widgets, so it imports them all; only the settings need it.
    """
    import importlib
    import inspect
    import pkgutil

    from textual.dom import DOMNode

    from dp100 import tui

    found = dict(SHARED)
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if not (issubclass(kind, DOMNode) and kind.__module__.startswith("dp100.")):
                continue
            for binding in kind.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id and binding.description:
                    found.setdefault(binding.id, (binding.key, binding.description))
    return found
