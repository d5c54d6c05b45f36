"""Proposed solutions, one after the other, with no way back."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dp100.quiz.presentation import NO, YES, Answer, Presentation
from dp100.tui.widgets.question.pad import Pad, shown_mark
from dp100.tui.widgets.question.row import Row
from dp100.tui.widgets.question.statements import LABELS, spoken


class Series(Pad):
    """``y`` and ``n`` mark whether the solution meets the goal; Enter commits to it and shows the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say(0)", "yes", id="answer.yes"),
        Binding("n", "say(1)", "no", id="answer.no"),
        Binding("space", "turn", "yes or no", id="answer.toggle", show=False),
    ]

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__(presentation, answer, locked=locked, marked=marked)
        self.committed: list[int] = [part for part in answer if part is not None]
        self.saying: int | None = None

    def compose(self) -> ComposeResult:
        for number, slot in enumerate(self.presentation.slots):
            yield Row(
                slot.prompt, LABELS[None], target=number, classes="-gap" if number else None, plain=True
            )

    def on_mount(self) -> None:
        self._refresh()

    @property
    def rows(self) -> list[Row]:
        """A row a solution; those that are still to come are hidden."""
        return list(self.query(Row))

    @property
    def answer(self) -> Answer:
        rest = len(self.presentation.slots) - len(self.committed)
        return (*self.committed, *[None] * rest)

    @property
    def current(self) -> int:
        """Number of the solution that is on, from 0; one past the last when all are done."""
        return len(self.committed)

    def missing(self) -> str:
        total = len(self.presentation.slots)
        if self.current >= total:
            return ""
        return f"Solution {self.current + 1} of {total}: y or n, then Enter."

    def settle(self) -> bool:
        if self.locked or self.saying is None or self.current >= len(self.presentation.slots):
            return False
        self.committed.append(self.saying)
        self.saying = None
        self._refresh()
        self.changed()
        return self.current < len(self.presentation.slots)

    def action_say(self, what: int) -> None:
        """Mark the solution that is on."""
        if not self.locked and self.current < len(self.presentation.slots):
            self.saying = what
            self._refresh()

    def action_turn(self) -> None:
        """Turn the mark round."""
        self.action_say(NO if self.saying == YES else YES)

    @on(Row.Pressed)
    def _pressed(self, event: Row.Pressed) -> None:
        event.stop()
        self.focus(scroll_visible=False)
        if event.row.target == self.current:
            self.action_turn()

    def show_judged(self, *, all_whys: bool) -> None:
        for row, line in zip(self.rows, self.judged or [], strict=False):
            row.display = True
            row.judge(shown_mark(line), spoken(line))

    def _refresh(self) -> None:
        if self.judged is not None:
            return
        for number, row in enumerate(self.rows):
            row.display = number <= self.current
            row.pointed = number == self.current
            said = self.committed[number] if number < self.current else self.saying
            row.change(label=LABELS[said])
        if self.current < len(self.rows):
            self.into_view(self.rows[self.current])
