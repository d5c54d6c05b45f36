"""What the learner chose never to be asked, and the way back."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from dp100.curriculum.catalogue import UnknownId
from dp100.quiz.presentation import present
from dp100.quiz.wording import count
from dp100.tui.keys import SHARED, key
from dp100.tui.page import Page
from dp100.tui.tell import told
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows

_NARROW = 60
_TOPIC = 30


class SuspendedRows(Rows):
    """The questions. Enter takes one back, and sets it aside once more."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(f"{SHARED['enter'][0]},space", "choose", "ask again, or not", id="enter"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing can be chosen of nothing."""
        return action != "choose" or self.chosen is not None


class SuspendedScreen(Page):
    """Every question that is set aside. One that is taken back stays in sight until the screen is left."""

    CSS_PATH = "suspended.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (_NARROW, "-wide")]
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "all", "ask all again", id="suspended.all"),
        key("back", "back", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._items: list[str] = []
        self._aside = 0
        self._stems: dict[str, tuple[str, str]] = {}

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Drawn(self._head, id="head")
            yield SuspendedRows(id="rows")
        yield KeyBar()

    @told
    def on_mount(self) -> None:
        order = {topic: place for place, topic in enumerate(self.learner.catalogue.topics_of())}
        known = {item.id: order.get(item.topic, len(order)) for item in self.learner.catalogue.items()}
        self._items = sorted(self.learner.suspended(), key=lambda id: (known.get(id, len(order) + 1), id))
        self._show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without questions there is nothing to ask again."""
        return action != "all" or bool(self._items)

    def _show(self) -> None:
        aside = self.learner.suspended()
        self._aside = len(aside)
        rows = [Row(partial(self._row, id, id in aside), id) for id in self._items]
        self.query_one(SuspendedRows).show(rows)
        self.query_one("#head", Drawn).refresh(layout=True)
        self.refresh_bindings()

    def _head(self, width: int) -> list[Content]:
        if not self._items:
            text = "Nothing is set aside. While you study, the key x sets a question aside for good."
        elif self._aside:
            text = f"{count(self._aside, 'question')} you chose never to be asked."
        else:
            text = "All of them will be asked again when they are due."
        return [Content.styled("Set aside", "bold $accent"), Content(), *wrapped(text, width, "$quiet")]

    def _row(self, id: str, aside: bool, width: int) -> Content:
        """A line; questions are read from the bank only when they come into sight."""
        stem, topic = self._text(id)
        mark = Content.styled("✗ " if aside else "✓ ", "$quiet" if aside else "$success")
        if width < _NARROW:
            return Content.assemble(mark, cut(stem, width - 2))
        where = cut(topic, _TOPIC, "$quiet") if aside else cut("asked again", _TOPIC, "$success")
        return Content.assemble(mark, cut(stem, width - _TOPIC - 4), "  ", where)

    def _text(self, id: str) -> tuple[str, str]:
        """How a question begins, and the title of its topic."""
        if id not in self._stems:
            catalogue = self.learner.catalogue
            try:
                self._stems[id] = (
                    present(catalogue.question(id), 0).stem,
                    catalogue.title(catalogue.item(id).topic),
                )
            except UnknownId:
                self._stems[id] = id, "no longer in the bank"
        return self._stems[id]

    @told
    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Takes a question back, or sets it aside once more."""
        event.stop()
        self.learner.suspend(event.id, event.id not in self.learner.suspended())
        self._show()

    def action_all(self) -> None:
        """Takes every question back."""
        for id in self.learner.suspended():
            self.learner.suspend(id, False)
        self._show()
