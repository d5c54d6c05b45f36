"""One question, asked once."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from dp100.tui.keys import key
from dp100.tui.widgets.question.gate import Unhurried


class ConfirmScreen(Unhurried, ModalScreen[bool]):
    """Says what would happen; Enter does it, Escape does not.

    Args:
        title: what is asked.
        text: what it means.
        word: what Enter does.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "answer(True)"),
        key("back", "answer(False)"),
        key("leave", "answer(False)", show=False),
    ]
    CSS = """
    ConfirmScreen { align: center middle; background: $background 60%; }
    ConfirmScreen > Vertical {
        width: 64; max-width: 95%; height: auto; padding: 1 2; background: $surface; border: round $accent;
    }
    ConfirmScreen Static { height: auto; }
    ConfirmScreen .title { text-style: bold; margin-bottom: 1; }
    ConfirmScreen .foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, title: str, text: str, word: str) -> None:
        super().__init__()
        self._texts = (title, text, f"Enter {word} · Esc back")

    def compose(self) -> ComposeResult:
        with Vertical():
            for text, kind in zip(self._texts, ("title", "text", "foot"), strict=True):
                yield Static(text, classes=kind, markup=False)

    def on_mount(self) -> None:
        self.after_keys(self.release)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter answers this only when it was pressed after this was asked."""
        return not self.holding if action == "answer" else True

    def action_answer(self, sure: bool) -> None:
        """Yes or no."""
        self.dismiss(sure)
