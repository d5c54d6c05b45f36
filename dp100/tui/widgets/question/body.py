"""The text of a ``fill`` question: code with numbered blanks that show what was chosen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.widgets import Static

from dp100.curriculum.question import BLANK
from dp100.quiz.presentation import Presentation
from dp100.tui.widgets.prose import Kept, colours
from dp100.tui.widgets.question.code import Code, highlighted

EMPTY = "______"


class Body(Static):
    """Code or text; every blank is numbered as its slot is."""

    DEFAULT_CSS = """
    Body { height: auto; width: 1fr; margin: 0 0 1 0; }
    """

    def __init__(self, presentation: Presentation, answer: Sequence[int | None] = ()) -> None:
        super().__init__(markup=False)
        self.presentation = presentation
        self.given = answer
        self.judged = False

    def on_mount(self) -> None:
        self._draw()
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw())

    def fill(self, answer: Sequence[int | None]) -> None:
        """Show what was chosen in the blanks."""
        self.given = answer
        self._draw()

    def reveal(self) -> None:
        """Show what belongs in the blanks."""
        self.judged = True
        self._draw()

    def _draw(self) -> None:
        known = colours(self.app)
        answer = self.presentation.key if self.judged else self.given
        style = known["success" if self.judged else "accent"]
        code = filled(self.presentation, answer, known, f"bold {style}")
        self.update(Kept(Code(code, known["surface"])))


def filled(
    presentation: Presentation, answer: Sequence[int | None], colours: dict[str, str], style: str
) -> Text:
    """The body with the answer in its blanks, which are drawn in ``style``: ``[1: chosen]``, ``[1: ______]``."""
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
    code = highlighted(text, presentation.language or "text", colours)
    for start, stop in spans:
        code.stylize(style, start, stop)
    return code
