"""One option, statement or entry: a marker, a label, its text and, once judged, the reason."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from dp100.quiz.feedback import Mark
from dp100.tui.widgets.prose import colours, typeset

SIGNS: dict[Mark, tuple[str, str]] = {
    "right": ("✓", "success"),
    "missed": ("✓", "success"),
    "wrong": ("✗", "error"),
    "neutral": (" ", "quiet"),
}
"""Sign and colour of a mark. The sign says it without the colour."""


class Row(Static):
    """A line that can be pointed at.

    Attributes:
        label: what stands before the text: a number, a letter, a check box.
        pointed: the cursor is here.
        mark: set once the answer is judged.
    """

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; }
    Row.-pointed { background: $cursor; }
    Row.-gap { margin-top: 1; }
    """

    label: reactive[str] = reactive("")
    pointed: reactive[bool] = reactive(False)
    mark: reactive[Mark | None] = reactive(None)
    extra: reactive[str] = reactive("")
    why: reactive[str] = reactive("")

    class Pressed(Message):
        """The row was clicked."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self, text: str, label: str = "", *, target: int = 0, indent: int = 0, classes: str | None = None
    ):
        super().__init__(markup=False, classes=classes)
        self.text = text
        self.target = target
        self.indent = indent
        self.set_reactive(Row.label, label)

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())
        self._draw()

    def watch_label(self) -> None:
        self._draw()

    def watch_pointed(self) -> None:
        self.set_class(self.pointed, "-pointed")
        self._draw()

    def watch_mark(self) -> None:
        self._draw()

    def watch_why(self) -> None:
        self._draw()

    def watch_extra(self) -> None:
        self._draw()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self))

    def redraw(self) -> None:
        """Draw again, after the text itself changed."""
        self._draw()

    def _draw(self) -> None:
        if self.is_attached:
            self.update(self._table())

    def _table(self) -> Table:
        known = colours(self.app)
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(width=1 + self.indent, justify="right")
        if self.label:
            table.add_column(width=len(self.label), no_wrap=True)
        table.add_column(ratio=1)
        if self.mark is None:
            sign = Text("▸" if self.pointed else " ", style=known["accent"])
            style = "none"
        else:
            glyph, colour = SIGNS[self.mark]
            sign = Text(glyph, style=known[colour])
            style = colour
        cells: list[RenderableType] = [sign]
        if self.label:
            cells.append(Text(self.label, style=known["accent"] if self.mark is None else known[style]))
        body: list[RenderableType] = [typeset(self.app, self.text, style)]
        if self.extra:
            body.append(typeset(self.app, self.extra, "quiet" if self.mark is None else style))
        if self.why:
            body.append(typeset(self.app, self.why, "none" if self.mark != "neutral" else "quiet"))
        cells.append(Group(*body))
        table.add_row(*cells)
        return table
