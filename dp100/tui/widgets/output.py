"""What a command prints, as it comes: text only, the end of it kept, long lines folded."""

from __future__ import annotations

import re
import threading
from typing import ClassVar

from rich.cells import cell_len, chop_cells
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dp100.tui.keys import key

_KEPT = 4000
"""Lines that are kept."""
_OVER = 1000
"""Lines more than that before the oldest are dropped, so that it is not done for every line."""
_TICK = 0.1
"""Seconds in which what comes is gathered, so that a loop that prints does not keep the screen busy."""
_LONGEST = 10_000
"""Characters of a line that are shown."""
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def shown(line: str) -> str:
    """A printed line as it is shown: no escape sequences, and of what was overwritten only the last."""
    line = _ESCAPES.sub("", line).rstrip("\r").rpartition("\r")[2]
    return _CONTROLS.sub("", line.expandtabs(8))[:_LONGEST]


class Output(ScrollView, can_focus=True, inherit_bindings=False):
    """The log of a command. It stays at the end unless the learner has scrolled up."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "down", show=False, id="down"),
        Binding("up,k", "scroll_up", "up", show=False, id="up"),
        key("page_up", "page_up"),
        key("page_down", "page_down"),
        key("first", "scroll_home"),
        key("last", "scroll_end"),
    ]
    DEFAULT_CSS = """
    Output { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._turn = threading.Lock()
        self._coming: list[str] = []
        self._lines: list[str] = []
        self._unfinished = ""
        self._folded: list[str] = []
        self._width = 0
        self._follow = True

    def on_mount(self) -> None:
        self.set_interval(_TICK, self.flush)

    def feed(self, text: str) -> None:
        """Takes what was printed; from any thread."""
        with self._turn:
            self._coming.append(text)

    @property
    def empty(self) -> bool:
        """Whether nothing has come yet."""
        return not (self._lines or self._unfinished or self._coming)

    @property
    def last(self) -> str:
        """The end of what has come: the line that is being printed, or the last whole one."""
        return shown(self._unfinished) or next((line for line in reversed(self._lines[-5:]) if line), "")

    def flush(self) -> None:
        """Shows what has come since the last time."""
        with self._turn:
            text, self._coming = "".join(self._coming), []
        if not text:
            return
        *whole, self._unfinished = (self._unfinished + text).split("\n")
        self._unfinished = self._unfinished[-_LONGEST:]
        self._lines += [shown(line) for line in whole[-_KEPT:]]
        if len(self._lines) > _KEPT + _OVER:
            del self._lines[:-_KEPT]
            self._width = 0
        elif self._width:
            self._folded += [part for line in whole[-_KEPT:] for part in self._fold(shown(line))]
        self._lay_out()

    def _fold(self, line: str) -> list[str]:
        width = max(1, self._width)
        return [line] if cell_len(line) <= width else chop_cells(line, width)

    def _lay_out(self) -> None:
        width = self.scrollable_content_region.width
        if not width:
            return  # it is not on the screen: laid out when it is
        if width != self._width:
            self._width = width
            self._folded = [part for line in self._lines for part in self._fold(line)]
        self.virtual_size = Size(0, len(self._folded) + bool(self._unfinished))
        self.refresh()
        if self._follow:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True, force=True)

    def watch_scroll_y(self, before: float, after: float) -> None:
        super().watch_scroll_y(before, after)
        if after != before:
            self._follow = after >= self.max_scroll_y - 1

    def on_resize(self) -> None:
        self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of the window."""
        place, width = y + round(self.scroll_offset.y), self.scrollable_content_region.width
        style = self.visual_style.rich_style
        if place < len(self._folded):
            line = self._folded[place]
        elif place == len(self._folded):
            line = self._fold(shown(self._unfinished))[-1]
        else:
            line = ""
        return Strip([Segment(line, style)]).adjust_cell_length(width, style)
