"""What all ways of answering have in common."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widget import Widget

from dp100.quiz.feedback import Line, Mark
from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.keys import key
from dp100.tui.widgets.question.row import Row, Said


class Pad(Vertical, can_focus=True):
    """Takes the answer to one question, and shows how it was judged.

    Args:
        presentation: the question.
        answer: an answer given earlier, as in an exam; empty for none.
        locked: takes no answer any more.
        marked: whether the first option of a list is marked from the start. In an exam it is not: Enter goes
            on there, and must not answer by accident.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key("up", "move(-1)"), key("down", "move(1)")]
    DEFAULT_CSS = """
    Pad { height: auto; width: 1fr; }
    """

    class Changed(Message):
        """The answer is another one now."""

        def __init__(self, pad: Pad, answer: Answer) -> None:
            super().__init__()
            self.pad = pad
            self.answer = answer

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__()
        self.presentation = presentation
        self.given = answer
        self.locked = locked
        self.marked = marked
        self.judged: list[Line] | None = None

    @property
    def answer(self) -> Answer:
        """The answer as it stands."""
        return self.given

    def settle(self) -> bool:
        """Enter was pressed: take what the cursor marks, where that makes the answer more complete.

        Returns:
            Whether the pad used the key; if not, the answer is meant as it stands.
        """
        return False

    def missing(self) -> str:
        """What an answer still lacks, as a sentence; empty when it is complete."""
        return ""

    def reveal(self, lines: Sequence[Line]) -> None:
        """Show how the answer was judged."""
        self.judged = list(lines)
        self.locked = True
        self.show_judged(all_whys=False)

    def show_judged(self, *, all_whys: bool) -> None:
        """Show the marks, and the reasons of the chosen and the right ones, or of all."""

    @property
    def telling(self) -> list[Row]:
        """The rows that say how the answer was judged: the chosen and the right ones."""
        return [row for row in self.query(Row) if row.mark not in (None, "neutral")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A locked pad leaves every key to the screen, which scrolls with the arrows then."""
        return not self.locked

    def action_move(self, step: int) -> None:
        """Move the cursor."""

    def changed(self) -> None:
        """Tell the screen."""
        self.post_message(self.Changed(self, self.answer))

    def into_view(self, widget: Widget) -> None:
        """Scroll so that the widget can be seen, once it has its place."""
        if self.has_focus:
            self.call_after_refresh(self._into_view, widget)

    def _into_view(self, widget: Widget) -> None:
        if widget.is_attached:
            self.screen.scroll_to_widget(widget, animate=False)


def shown_mark(line: Line) -> Mark:
    """The mark of a part that has one right answer: what was left open is not right."""
    return "wrong" if line.mark == "missed" else line.mark


def verdict(line: Line) -> list[Said]:
    """What is said below an answer that belongs in one place: why it is wrong, what is right, and why."""
    why = [Said(line.why)] if line.why else []
    if line.mark == "right":
        return why
    given_why = [Said(line.given_why)] if line.given_why else []
    return [*given_why, Said(line.text, "success", "✓"), *indented(why)]


def indented(said: Sequence[Said]) -> list[Said]:
    """The lines below a sign of their own, in line with the text behind it."""
    return [line if line.sign else replace(line, sign=" ") for line in said]
