"""What all ways of answering have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message

from dp100.quiz.feedback import Line
from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.keys import key
from dp100.tui.widgets.question.row import Row


class Pad(Vertical, can_focus=True):
    """Takes the answer to one question, and shows how it was judged.

    Args:
        presentation: the question.
        answer: an answer given earlier, as in an exam; empty for none.
        locked: takes no answer any more.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key("up", "move(-1)"), key("down", "move(1)")]
    IN_STEPS: ClassVar[bool] = False
    """Whether it is answered in steps that cannot be taken back, so that Enter takes one even in an exam."""
    DEFAULT_CSS = """
    Pad { height: auto; width: 1fr; }
    """

    class Changed(Message):
        """The answer is another one now."""

        def __init__(self, pad: Pad, answer: Answer) -> None:
            super().__init__()
            self.pad = pad
            self.answer = answer

    def __init__(self, presentation: Presentation, answer: Answer = (), *, locked: bool = False) -> None:
        super().__init__()
        self.presentation = presentation
        self.given = answer
        self.locked = locked
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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A locked pad leaves every key to the screen, which scrolls with the arrows then."""
        return not self.locked

    def action_move(self, step: int) -> None:
        """Move the cursor."""

    def changed(self) -> None:
        """Tell the screen."""
        self.post_message(self.Changed(self, self.answer))

    def into_view(self, row: Row) -> None:
        """Scroll so that the row can be seen."""
        self.screen.scroll_to_widget(row, animate=False)
