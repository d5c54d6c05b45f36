"""A form of one's own: how many questions, and how many minutes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dp100.quiz.exam.sitting import Form
from dp100.tui.keys import key

MOST_QUESTIONS = 500
MOST_MINUTES = 24 * 60


class CustomScreen(ModalScreen["Form | None"]):
    """Dismisses with the form, None to go back."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", "cancel")]
    CSS = """
    CustomScreen { align: center middle; background: $background 60%; }
    CustomScreen > Vertical {
        width: 64; max-width: 95%; height: auto; padding: 1 2; background: $surface; border: round $accent;
    }
    CustomScreen Static { height: auto; }
    CustomScreen #title { text-style: bold; margin-bottom: 1; }
    CustomScreen #said { color: $quiet; margin-top: 1; }
    CustomScreen #said.-wrong { color: $error; }
    """

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static("How many questions, in how many minutes?", id="title", markup=False)
            yield Input(placeholder="such as 30 60")
            yield Static("Enter begins · Esc back", id="said", markup=False)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        if form := form_of(event.value):
            self.dismiss(form)
            return
        said = self.query_one("#said", Static)
        said.add_class("-wrong")
        said.update(
            f"Two numbers: 1 to {MOST_QUESTIONS} questions and 1 to {MOST_MINUTES} minutes, such as 30 60."
        )

    def action_cancel(self) -> None:
        """No form of one's own."""
        self.dismiss(None)


def form_of(text: str) -> Form | None:
    """The form that ``text`` names by two numbers; None when it does not."""
    words = text.replace(",", " ").split()
    numbers = [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 6]
    if len(numbers) != len(words) or len(numbers) != 2:
        return None
    questions, minutes = numbers
    if not 1 <= questions <= MOST_QUESTIONS or not 1 <= minutes <= MOST_MINUTES:
        return None
    return Form(questions=questions, minutes=minutes)
