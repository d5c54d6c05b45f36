"""A list of lines with a cursor, drawn line by line, so that a hundred of them cost as little as ten."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from dp100.tui.keys import key
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.drawn import as_strip


class Row(NamedTuple):
    """One line.

    Attributes:
        draw: The line for a width in cells.
        id: What is chosen with it; None for a line the cursor passes over.
    """

    draw: Callable[[int], Content]
    id: str | None = None


def plain(text: str | Content, style: str = "") -> Row:
    """A line the cursor passes over."""
    return Row(lambda width: cut(text, width, style))


class Rows(ScrollView, can_focus=True, inherit_bindings=False):
    """Lines of which one is marked by ``▸``; Enter or a click chooses it."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose"),
        key("up", "up"),
        key("down", "down"),
        key("first", "first"),
        key("last", "last"),
        key("page_up", "page(-1)"),
        key("page_down", "page(1)"),
    ]
    DEFAULT_CSS = """
    Rows { height: auto; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """

    MARKED: ClassVar[bool] = False
    """Whether the cursor can be seen while something else has the focus."""

    cursor: reactive[int | None] = reactive(None, init=False)

    class Chosen(Message):
        """A line was chosen."""

        def __init__(self, rows: Rows, id: str) -> None:
            super().__init__()
            self.rows = rows
            self.id = id

        @property
        def control(self) -> Rows:
            return self.rows

    class Moved(Message):
        """The cursor came to another line."""

        def __init__(self, rows: Rows, id: str) -> None:
            super().__init__()
            self.rows = rows
            self.id = id

        @property
        def control(self) -> Rows:
            return self.rows

    def __init__(self, rows: Sequence[Row] = (), *, id: str | None = None, leaves: bool = False) -> None:
        """A list of lines.

        Args:
            rows: The lines; the cursor starts on the first that can be chosen.
            id: Of the widget.
            leaves: Whether moving past an end goes on to the widget before or after it.
        """
        super().__init__(id=id)
        self.leaves = leaves
        self._rows: list[Row] = list(rows)
        self.set_reactive(Rows.cursor, self._nearest(0, 1))

    @property
    def rows(self) -> list[Row]:
        """The lines."""
        return self._rows

    @property
    def chosen(self) -> str | None:
        """The id under the cursor."""
        return None if self.cursor is None else self._rows[self.cursor].id

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Replaces the lines.

        Args:
            rows: The new ones.
            at: The id to put the cursor on; by default the one it was on, else the first.
        """
        wanted = at if at is not None else self.chosen
        height = len(self._rows)
        self._rows = list(rows)
        self.virtual_size = Size(0, len(self._rows))
        place = next((n for n, row in enumerate(self._rows) if row.id is not None and row.id == wanted), None)
        self.set_reactive(Rows.cursor, place if place is not None else self._nearest(0, 1))
        self.refresh(layout=len(self._rows) != height)
        self.call_after_refresh(self._into_view)

    def select(self, id: str) -> None:
        """Puts the cursor on the line with this id, where there is one."""
        place = next((n for n, row in enumerate(self._rows) if row.id == id), None)
        if place is not None:
            self.cursor = place

    def _nearest(self, start: int, step: int) -> int | None:
        """The first line from ``start`` on, going by ``step``, that can be chosen."""
        while 0 <= start < len(self._rows):
            if self._rows[start].id is not None:
                return start
            start += step
        return None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._rows)

    def on_mount(self) -> None:
        self.virtual_size = Size(0, len(self._rows))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        index = y + round(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, self.visual_style.rich_style)
        row = self._rows[index]
        here = index == self.cursor and self.has_focus
        marker = Content("  ")
        if here or (index == self.cursor and self.MARKED):
            marker = Content.styled("▸ ", "$accent" if here else "$quiet")
        line = Content.assemble(marker, row.draw(max(0, width - 2)))
        if here:
            line = line.truncate(width, pad=True).stylize_before("on $cursor")
        return as_strip(self, line, width)

    def watch_cursor(self, before: int | None, after: int | None) -> None:
        self.refresh()
        self._into_view()
        if after is not None and (id := self._rows[after].id) is not None:
            self.post_message(self.Moved(self, id))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def on_resize(self) -> None:
        self._into_view()

    def _into_view(self) -> None:
        """Scrolls to the cursor and the two lines above it, which tell what it is part of."""
        if self.cursor is None:
            return
        top = max(0, min(self.cursor, self.cursor - min(2, self.size.height - 1)))
        self.scroll_to_region(Region(0, top, 1, self.cursor - top + 1), animate=False, force=True)
        if self.has_focus and self.parent is not None and self.screen.is_current:
            self.screen.scroll_to_widget(self, animate=False)

    def _go(self, start: int, step: int) -> bool:
        place = self._nearest(start, step)
        if place is None:
            return False
        self.cursor = place
        return True

    def action_up(self) -> None:
        if (self.cursor is None or not self._go(self.cursor - 1, -1)) and self.leaves:
            above = self.screen.focus_previous()
            if isinstance(above, Rows):
                above.action_last()

    def action_down(self) -> None:
        if (self.cursor is None or not self._go(self.cursor + 1, 1)) and self.leaves:
            below = self.screen.focus_next()
            if isinstance(below, Rows):
                below.action_first()

    def action_first(self) -> None:
        self._go(0, 1)

    def action_last(self) -> None:
        self._go(len(self._rows) - 1, -1)

    def action_page(self, direction: int) -> None:
        page = max(1, self.scrollable_content_region.height - 1)
        start = min(max(0, (self.cursor or 0) + direction * page), len(self._rows) - 1)
        if not self._go(start, direction):
            self._go(start, -direction)

    def action_choose(self) -> None:
        if (id := self.chosen) is not None:
            self.post_message(self.Chosen(self, id))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is None:
            return
        index = offset.y + round(self.scroll_offset.y)
        if 0 <= index < len(self._rows) and self._rows[index].id is not None:
            event.stop()
            self.cursor = index
            self.action_choose()
