"""One option, statement or entry: a marker, a label, its text and, once judged, what is said about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from textual import events
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from dp100.quiz.feedback import Mark
from dp100.tui.widgets.prose import Kept, colours, typeset

SIGNS: dict[Mark, tuple[str, str]] = {
    "right": ("✓", "success"),
    "missed": ("✓", "success"),
    "wrong": ("✗", "error"),
    "neutral": (" ", "quiet"),
}
"""Sign and colour of a mark. The sign says it without the colour."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line below the text of a row.

    Attributes:
        text: Markdown.
        colour: of the text, by the name of a theme variable; ``none`` for that of other text.
        sign: what stands before it; the text is indented behind it.
    """

    text: str
    colour: Literal["none", "quiet", "success", "error"] = "none"
    sign: str = ""


class Row(Static):
    """A line that can be pointed at.

    Attributes:
        label: what stands before the text: a number, a letter, a check box.
        pointed: the cursor is here.
        mark: set once the answer is judged.
        said: lines below the text: what was chosen, what is right, and why.
    """

    DEFAULT_CSS = """
    Row { height: auto; width: 1fr; }
    Row.-pointed { background: $cursor; }
    Row.-gap { margin-top: 1; }
    """

    pointed: reactive[bool] = reactive(False, init=False)

    class Pressed(Message):
        """The row was clicked."""

        def __init__(self, row: Row) -> None:
            super().__init__()
            self.row = row

    def __init__(
        self, text: str, label: str = "", *, target: int = 0, classes: str | None = None, plain: bool = False
    ) -> None:
        """A row of this text; ``plain`` text keeps its colour when it is judged, as a prompt does."""
        super().__init__(markup=False, classes=classes)
        self.text = text
        self.label = label
        self.target = target
        self.plain = plain
        self.mark: Mark | None = None
        self.said: Sequence[Said] = ()

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())
        self._draw()

    def watch_pointed(self) -> None:
        self.set_class(self.pointed, "-pointed")
        self._draw()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        self.post_message(self.Pressed(self))

    def change(
        self, *, text: str | None = None, label: str | None = None, said: Sequence[Said] | None = None
    ) -> None:
        """Show another text, label or lines below."""
        before = (self.text, self.label, self.said)
        self.text = self.text if text is None else text
        self.label = self.label if label is None else label
        self.said = self.said if said is None else said
        if (self.text, self.label, self.said) != before:
            self._draw()

    def judge(self, mark: Mark, said: Sequence[Said], *, text: str | None = None) -> None:
        """Show how this row was judged."""
        self.set_reactive(Row.pointed, False)
        self.remove_class("-pointed")
        self.mark, self.said = mark, said
        self.text = self.text if text is None else text
        self._draw()

    def _draw(self) -> None:
        if self.is_attached:
            self.update(Kept(self._table()))

    def _table(self) -> Table:
        known = colours(self.app)
        table = Table.grid(padding=(0, 1, 0, 0), expand=True)
        table.add_column(width=1)
        if self.label:
            table.add_column(width=len(self.label), no_wrap=True)
        table.add_column(ratio=1)
        if self.mark is None:
            sign, colour = ("▸" if self.pointed else " "), "accent"
        else:
            sign, colour = SIGNS[self.mark]
        cells: list[RenderableType] = [Text(sign, style=known[colour])]
        if self.label:
            cells.append(Text(self.label, style=known[colour]))
        style = "none" if self.mark is None or self.plain else colour
        below = [self._line(said, known) for said in self.said]
        cells.append(Group(typeset(self.app, self.text, style), *below))
        table.add_row(*cells)
        return table

    def _line(self, said: Said, known: dict[str, str]) -> RenderableType:
        text = typeset(self.app, said.text, said.colour)
        if not said.sign:
            return text
        line = Table.grid(padding=(0, 1, 0, 0), expand=True)
        line.add_column(width=len(said.sign), no_wrap=True)
        line.add_column(ratio=1)
        line.add_row(Text(said.sign, style=known.get(said.colour, "")), text)
        return line
