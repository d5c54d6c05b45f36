"""A question as a whole: stem, the place to answer, and what is said about the answer."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from dp100.quiz.feedback import Line
from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.widgets.prose import Prose
from dp100.tui.widgets.question.arrange import Arrange
from dp100.tui.widgets.question.body import Body
from dp100.tui.widgets.question.choices import Choices
from dp100.tui.widgets.question.links import Links
from dp100.tui.widgets.question.pad import Pad
from dp100.tui.widgets.question.series import Series
from dp100.tui.widgets.question.slots import Slots
from dp100.tui.widgets.question.statements import Statements


def pad_for(
    presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
) -> Pad:
    """The pad that takes the answer to this question."""
    if presentation.interaction in ("one", "several"):
        return Choices(presentation, answer, locked=locked, marked=marked)
    if presentation.interaction == "arrange":
        return Arrange(presentation, answer, locked=locked, marked=marked)
    kind = {"yes_no": Statements, "series": Series}.get(presentation.form, Slots)
    return kind(presentation, answer, locked=locked, marked=marked)


class QuestionView(Vertical):
    """Shows one question and, once it is judged, the feedback below it; nothing above moves.

    Args:
        presentation: the question.
        answer: one given earlier.
        locked: takes no answer any more.
        marked: whether the first option of a list is marked from the start; not so in an exam.
    """

    DEFAULT_CSS = """
    QuestionView { height: auto; width: 1fr; }
    QuestionView > .stem { margin-bottom: 1; }
    QuestionView > .ask { color: $quiet; margin-bottom: 1; height: auto; }
    QuestionView > .ask.-question { color: $foreground; }
    QuestionView > .explain { margin-top: 1; }
    """

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__()
        self.presentation = presentation
        self.pad = pad_for(presentation, answer, locked=locked, marked=marked)
        self.body = Body(presentation, answer) if presentation.body else None

    def compose(self) -> ComposeResult:
        yield Prose(self.presentation.stem, classes="stem")
        if self.body is not None:
            yield self.body
        if self.presentation.ask:
            series = self.presentation.form == "series"
            yield Static(self.presentation.ask, classes="ask -question" if series else "ask", markup=False)
        yield self.pad
        yield Prose("", classes="explain")
        yield Links(self.presentation.links)

    @on(Pad.Changed)
    def _changed(self, event: Pad.Changed) -> None:
        if self.body is not None:
            self.body.fill(event.answer)

    def reveal(self, lines: Sequence[Line]) -> None:
        """Show how the answer was judged, why, and where to read on."""
        self.pad.reveal(lines)
        self.query_one(".explain", Prose).show(self.presentation.explain or "")
        self.query_one(Links).display = bool(self.presentation.links)
        if self.body is not None:
            self.body.reveal()

    def show_whys(self, *, all_whys: bool) -> None:
        """Unfold the reasons of all options, or fold those that do not matter."""
        if self.pad.judged is not None:
            self.pad.show_judged(all_whys=all_whys)
