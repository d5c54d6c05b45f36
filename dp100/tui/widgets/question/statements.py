"""A table of statements, each answered with yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dp100.quiz.feedback import Line
from dp100.quiz.grading import blank
from dp100.quiz.presentation import NO, YES, Answer, Presentation
from dp100.tui.widgets.question.pad import Pad, shown_mark
from dp100.tui.widgets.question.row import Row, Said

LABELS = {None: "[    ]", YES: "[ yes]", NO: "[ no ]"}
"""What stands before a statement: what was said of it."""


class Statements(Pad):
    """``y`` and ``n`` answer the marked statement and go on to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "say(0)", "yes", id="answer.yes"),
        Binding("n", "say(1)", "no", id="answer.no"),
        Binding("space", "turn", "yes or no", id="answer.toggle", show=False),
        Binding("tab", "move(1)", "next", id="answer.next", show=False),
        Binding("shift+tab", "move(-1)", "previous", id="answer.previous", show=False),
    ]

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__(presentation, answer, locked=locked, marked=marked)
        self.said: list[int | None] = list(answer or blank(presentation))
        self.cursor = 0

    def compose(self) -> ComposeResult:
        for number, slot in enumerate(self.presentation.slots):
            yield Row(
                slot.prompt,
                LABELS[self.said[number]],
                target=number,
                classes="-gap" if number else None,
                plain=True,
            )

    def on_mount(self) -> None:
        self._point()

    @property
    def rows(self) -> list[Row]:
        """A row a statement."""
        return list(self.query(Row))

    @property
    def answer(self) -> Answer:
        return tuple(self.said)

    def missing(self) -> str:
        left = self.said.count(None)
        return f"{len(self.said) - left} of {len(self.said)} answered; y or n." if left else ""

    def action_move(self, step: int) -> None:
        if not self.locked:
            self.cursor = (self.cursor + step) % len(self.said)
            self._point()

    def action_say(self, what: int) -> None:
        """Answer the marked statement."""
        if self.locked:
            return
        self.said[self.cursor] = what
        self.rows[self.cursor].change(label=LABELS[what])
        self.changed()
        if self.cursor + 1 < len(self.said):
            self.action_move(1)

    def action_turn(self) -> None:
        """Turn the marked statement's answer round."""
        if not self.locked:
            self.said[self.cursor] = NO if self.said[self.cursor] == YES else YES
            self.rows[self.cursor].change(label=LABELS[self.said[self.cursor]])
            self.changed()

    @on(Row.Pressed)
    def _pressed(self, event: Row.Pressed) -> None:
        event.stop()
        self.focus(scroll_visible=False)
        if not self.locked:
            self.cursor = event.row.target
            self._point()
            self.action_turn()

    def show_judged(self, *, all_whys: bool) -> None:
        for row, line in zip(self.rows, self.judged or [], strict=False):
            row.judge(shown_mark(line), spoken(line))

    def _point(self) -> None:
        if self.judged is not None:
            return
        for number, row in enumerate(self.rows):
            row.pointed = number == self.cursor
        self.into_view(self.rows[self.cursor])


def spoken(line: Line) -> list[Said]:
    """What is said below a statement or a solution."""
    why = [Said(line.why)] if line.why else []
    if line.mark == "right":
        return why
    said = f"{line.text} (not answered)" if line.given is None else line.text
    return [Said(said, "success", "✓"), *why]
