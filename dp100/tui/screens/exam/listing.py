"""A text with a list below it that scroll together, so that both have the whole screen."""

from __future__ import annotations

from collections.abc import Sequence

from dp100.tui.widgets.drawn import Draw
from dp100.tui.widgets.rows import Row, Rows, plain


class Listing(Rows):
    """Rows below a text that is drawn for the width; moving up from the first row shows the text again.

    Args:
        head: draws the text.
        rows: what can be chosen below it.
        marked: whether the first row is marked from the start.
    """

    DEFAULT_CSS = """
    Listing { height: 1fr; scrollbar-gutter: stable; }
    """

    def __init__(
        self, head: Draw, rows: Sequence[Row], *, marked: bool = True, id: str | None = None
    ) -> None:
        super().__init__(rows, id=id)
        self._head = head
        self._below = list(rows)
        self._marked = marked
        if not marked:
            self.set_reactive(Rows.cursor, None)

    def on_resize(self) -> None:
        self.draw_head()

    def draw_head(self) -> None:
        """Draw the text again, for another width or because it says something else now."""
        width = max(1, self.scrollable_content_region.width - 2)
        chosen, top = self.chosen, self.scroll_offset.y
        self.show([*(plain(line) for line in self._head(width)), *self._below], at=chosen)
        if chosen is None:
            self.set_reactive(Rows.cursor, self._nearest(0, 1) if self._marked else None)
        if self.cursor is None:
            self.scroll_to(y=top, animate=False)

    def action_up(self) -> None:
        """The row above; from the first one, the text."""
        if self.cursor is not None and self._nearest(self.cursor - 1, -1) is not None:
            super().action_up()
        elif self.cursor is not None and self.scroll_offset.y > 0:
            if not self._marked:
                self.cursor = None
            self.scroll_home(animate=False)
        else:
            self.scroll_up(animate=False)

    def action_down(self) -> None:
        """The row below; from the text, the first row."""
        if self.cursor is None:
            self.action_first()
        else:
            super().action_down()

    def action_choose(self) -> None:
        """Choose the marked row; where none is marked yet, mark the first."""
        if self.cursor is None:
            self.action_first()
        else:
            super().action_choose()
