"""Flagging a question as wrong, with a note to oneself."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from dp100.tui.keys import key


class FlagScreen(ModalScreen[str | None]):
    """Asks what is wrong with a question. Dismisses with the note, empty to take a flag away, None to cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", "cancel")]
    CSS = """
    FlagScreen { align: center middle; background: $background 60%; }
    FlagScreen > Vertical {
        width: 72; max-width: 95%; height: auto; padding: 1 2; background: $surface; border: round $accent;
    }
    FlagScreen Static { height: auto; margin-bottom: 1; }
    FlagScreen .foot { color: $quiet; margin: 1 0 0 0; }
    """

    def __init__(self, item: str, note: str | None) -> None:
        super().__init__()
        self.item = item
        self.note = note

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(f"What is wrong with {self.item}?", markup=False)
            yield Input(self.note or "", placeholder="a note to yourself, or to whoever mends it")
            how = (
                "Enter keeps it, an empty line takes the flag away"
                if self.note is not None
                else "Enter keeps it"
            )
            yield Static(
                f"{how}, Esc cancels.\n`dp100 questions flagged` lists them all.",
                classes="foot",
                markup=False,
            )

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        note = event.value.strip()
        if note or self.note is not None:
            self.dismiss(note)
        else:
            self.dismiss("(no note)")

    def action_cancel(self) -> None:
        """Change nothing."""
        self.dismiss(None)
