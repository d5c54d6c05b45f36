"""The text of a ``fill`` question: code with numbered blanks that show what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.highlight import HighlightTheme, highlight
from textual.widgets import Static

from dp100.curriculum.question import BLANK
from dp100.quiz.presentation import Presentation

EMPTY = "______"


class Body(Static):
    """Code or text; every blank is numbered as its slot is."""

    DEFAULT_CSS = """
    Body { height: auto; width: 1fr; background: $surface; padding: 1 2; margin: 0 0 1 0; }
    """

    def __init__(self, presentation: Presentation, answer: Sequence[int | None] = ()) -> None:
        super().__init__(markup=False)
        self.presentation = presentation
        self.given = answer

    def on_mount(self) -> None:
        self.fill(self.given)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.fill(self.given))

    def fill(self, answer: Sequence[int | None]) -> None:
        """Show what was chosen in the blanks."""
        self.given = answer
        self.update(filled(self.presentation, answer))


def filled(presentation: Presentation, answer: Sequence[int | None]) -> Content:
    """The body with the answer in its blanks: ``[1: chosen]``, or ``[1: ______]``."""
    text, spans, end = "", [], 0
    body = (presentation.body or "").rstrip("\n")
    for number, blank in enumerate(BLANK.finditer(body)):
        given = answer[number] if number < len(answer) else None
        option = presentation.slots[number].option(given)
        text += body[end : blank.start()]
        shown = f"[{number + 1}: {option.text if option else EMPTY}]"
        spans.append((len(text), len(text) + len(shown)))
        text += shown
        end = blank.end()
    text += body[end:]
    language = presentation.language or "text"
    content = (
        Content(text) if language == "text" else highlight(text, language=language, theme=HighlightTheme)
    )
    for start, stop in spans:
        content = content.stylize("bold not dim $accent", start, stop)
    return content
