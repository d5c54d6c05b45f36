"""Build a list in order from a pool."""

from __future__ import annotations

from string import ascii_lowercase
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Static

from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.widgets.question.pad import Pad, shown_mark, verdict
from dp100.tui.widgets.question.row import Row, Said

OPEN = "…"


class Arrange(Pad):
    """The pool above, the learner's list below; space moves an entry from one to the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "pick", id="answer.pick"),
        Binding("alt+up,K", "shift(-1)", "move up", id="answer.earlier", show=False),
        Binding("alt+down,J", "shift(1)", "move", id="answer.later"),
        *[Binding(str(n), f"pick({n})", f"entry {n}", id=f"answer.{n}", show=False) for n in range(1, 10)],
    ]
    DEFAULT_CSS = """
    Arrange .part { height: auto; }
    Arrange .part.-second { margin-top: 1; }
    Arrange .caption { color: $quiet; height: auto; padding-left: 2; }
    """

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__(presentation, answer, locked=locked, marked=marked)
        self.chosen: list[int] = [index for index in answer if index is not None]
        self.cursor = 0

    def compose(self) -> ComposeResult:
        with Vertical(classes="part", id="pool"):
            yield Static("From these", classes="caption", markup=False)
            for number, option in enumerate(self.presentation.options):
                yield Row(option.text, f"{ascii_lowercase[number]}    ", target=number, classes="pool")
        with Vertical(classes="part -second", id="order"):
            yield Static("Your order", classes="caption", markup=False)
            for position in range(self.presentation.choose):
                target = len(self.presentation.options) + position
                yield Row(OPEN, f"{position + 1} ", target=target, classes="list")

    def on_mount(self) -> None:
        self._refresh()

    @property
    def pool(self) -> list[Row]:
        """A row an entry of the pool."""
        return list(self.query(".pool").results(Row))

    @property
    def ordered(self) -> list[Row]:
        """A row a position."""
        return list(self.query(".list").results(Row))

    @property
    def answer(self) -> Answer:
        return tuple(self.chosen)

    def missing(self) -> str:
        short = self.presentation.choose - len(self.chosen)
        return f"{len(self.chosen)} of {self.presentation.choose} in order; space picks one." if short else ""

    def action_move(self, step: int) -> None:
        if self.locked:
            return
        self.cursor = (self.cursor + step) % (len(self.presentation.options) + len(self.chosen))
        self._refresh()

    def action_pick(self, number: int) -> None:
        """Pick the entry of the pool with this number, or put it back."""
        if not self.locked and number <= len(self.presentation.options):
            self.cursor = number - 1
            self.action_turn()

    def action_turn(self) -> None:
        """Move the marked entry to the end of the list, or from the list back to the pool."""
        if self.locked:
            return
        index = self._pointed
        if index in self.chosen:
            self.chosen.remove(index)
            self.cursor = min(self.cursor, len(self.presentation.options) + len(self.chosen) - 1)
        elif len(self.chosen) < self.presentation.choose:
            self.chosen.append(index)
        else:
            self.notify("The list is full; take an entry back first.", timeout=3)
            return
        self._refresh()
        self.changed()

    def action_shift(self, step: int) -> None:
        """Move the marked entry within the list."""
        index = self._pointed
        if self.locked or index not in self.chosen:
            return
        here = self.chosen.index(index)
        there = here + step
        if not 0 <= there < len(self.chosen):
            return
        self.chosen[here], self.chosen[there] = self.chosen[there], self.chosen[here]
        if self.cursor >= len(self.presentation.options):
            self.cursor += step
        self._refresh()
        self.changed()

    @on(Row.Pressed)
    def _pressed(self, event: Row.Pressed) -> None:
        event.stop()
        self.focus(scroll_visible=False)
        if not self.locked and event.row.target < len(self.presentation.options) + len(self.chosen):
            self.cursor = event.row.target
            self.action_turn()

    def show_judged(self, *, all_whys: bool) -> None:
        lines = self.judged or []
        for row, line in zip(self.ordered, lines, strict=False):
            row.judge(shown_mark(line), verdict(line), text=line.given or "*not answered*")
        # The order is what matters now: it comes first, and below it only what does not belong in it.
        pool, order = self.query_one("#pool", Vertical), self.query_one("#order", Vertical)
        self.move_child(order, before=pool)
        order.remove_class("-second")
        pool.add_class("-second")
        spare = {line.text: line for line in lines[self.presentation.choose :]}
        pool.display = bool(spare)
        pool.query_one(".caption", Static).update("Not needed")
        for row in self.pool:
            extra = spare.get(row.text)
            row.display = extra is not None
            if extra is not None:
                why = [Said(extra.why)] if extra.why and (all_whys or extra.mark == "wrong") else []
                row.judge(extra.mark, why)

    @property
    def _pointed(self) -> int:
        entries = len(self.presentation.options)
        if self.cursor < entries:
            return self.presentation.options[self.cursor].index
        return self.chosen[self.cursor - entries]

    def _refresh(self) -> None:
        if self.judged is not None:
            return
        for number, row in enumerate(self.pool):
            index = self.presentation.options[number].index
            row.pointed = self.cursor == number
            place = self.chosen.index(index) + 1 if index in self.chosen else None
            row.change(label=f"{ascii_lowercase[number]} {f'({place})' if place else '   '}")
        for position, row in enumerate(self.ordered):
            option = self.presentation.option(self.chosen[position]) if position < len(self.chosen) else None
            row.pointed = self.cursor == len(self.presentation.options) + position
            row.change(text=option.text if option else OPEN)
        self.into_view([*self.pool, *self.ordered][self.cursor])
