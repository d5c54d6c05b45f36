"""Pick one, or as many as the question says."""

from __future__ import annotations

from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.widgets.question.pad import Pad
from dp100.tui.widgets.question.row import Row, Said


class Choices(Pad):
    """A list of options; 1 to 9 mark one, and space ticks it where several are asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", "mark", id="answer.mark", show=False),
        *[Binding(str(n), f"pick({n})", f"option {n}", id=f"answer.{n}", show=False) for n in range(1, 10)],
    ]

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__(presentation, answer, locked=locked, marked=marked)
        self.several = presentation.interaction == "several"
        self.picked: set[int] = {index for index in answer if index is not None}
        order = [option.index for option in presentation.options]
        start = 0 if marked or self.several else -1
        self.cursor = next((n for n, index in enumerate(order) if index in self.picked), start)

    def compose(self) -> ComposeResult:
        for number, option in enumerate(self.presentation.options):
            yield Row(option.text, self._label(number), target=number)

    def on_mount(self) -> None:
        self._point()

    @property
    def rows(self) -> list[Row]:
        """A row an option."""
        return list(self.query(Row))

    @property
    def answer(self) -> Answer:
        if self.several:
            return tuple(sorted(self.picked))
        return (self.presentation.options[self.cursor].index,) if self.cursor >= 0 else ()

    def missing(self) -> str:
        if not self.several or len(self.picked) == self.presentation.choose:
            return ""
        return f"{len(self.picked)} of {self.presentation.choose} chosen; space marks one."

    def action_move(self, step: int) -> None:
        if not self.locked:
            here = self.cursor if self.cursor >= 0 or step > 0 else 0
            self._go((here + step) % len(self.presentation.options))

    def action_pick(self, number: int) -> None:
        """Mark the option with this number; where several are asked for, tick it as well."""
        if self.locked or number > len(self.presentation.options):
            return
        self._go(number - 1)
        if self.several:
            self.action_turn()

    def action_turn(self) -> None:
        """Tick the marked option, or untick it."""
        if self.locked:
            return
        if not self.several:
            self._go(max(self.cursor, 0))
            return
        index = self.presentation.options[self.cursor].index
        if index in self.picked:
            self.picked.remove(index)
        elif len(self.picked) < self.presentation.choose:
            self.picked.add(index)
        else:
            self.notify(f"{self.presentation.choose} are chosen already; take one back first.", timeout=3)
            return
        self.rows[self.cursor].change(label=self._label(self.cursor))
        self.changed()

    @on(Row.Pressed)
    def _pressed(self, event: Row.Pressed) -> None:
        event.stop()
        self.focus(scroll_visible=False)
        self.action_pick(event.row.target + 1)

    def show_judged(self, *, all_whys: bool) -> None:
        for row, line in zip(self.rows, self.judged or [], strict=False):
            said = []
            if all_whys or line.mark != "neutral":
                colour: Literal["none", "quiet"] = "quiet" if line.mark == "neutral" else "none"
                said += [Said(f"`{line.formula}`", "quiet", "=")] if line.formula else []
                said += [Said(line.why, colour)] if line.why else []
            row.judge(line.mark, said)

    def on_focus(self, event: events.Focus) -> None:
        self._point()

    def _go(self, cursor: int) -> None:
        self.cursor = cursor
        self._point()
        self.into_view(self.rows[cursor])
        if not self.several:
            self.changed()

    def _point(self) -> None:
        if self.judged is None:
            for number, row in enumerate(self.rows):
                row.pointed = number == self.cursor

    def _label(self, number: int) -> str:
        if not self.several:
            return f"{number + 1} "
        ticked = self.presentation.options[number].index in self.picked
        return f"{number + 1} {'[x]' if ticked else '[ ]'}"
