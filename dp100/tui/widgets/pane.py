"""A part of a screen that is scrolled with the keys."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from dp100.tui.keys import key


class Pane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Scrolls what it holds."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "down", show=False, id="down"),
        Binding("up,k", "scroll_up", "up", show=False, id="up"),
        key("page_up", "page_up"),
        key("page_down", "page_down"),
        key("first", "scroll_home"),
        key("last", "scroll_end"),
    ]
    DEFAULT_CSS = """
    Pane { scrollbar-size-vertical: 1; }
    """
