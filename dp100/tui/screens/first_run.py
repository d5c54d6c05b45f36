"""The first screen of a new learner: what this is, and one question that may be skipped."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input

from dp100.errors import Dp100Error
from dp100.tui.dates import long_day, read_date, weekday
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.tell import told
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar

_POINTS = (
    ("Study", "Each question comes back just before you would forget it. You say how sure you "
              "are, so that a lucky guess does not count as knowledge."),
    ("Notes", "All there is to know, topic by topic, with code."),
    ("Labs", "Real Azure ML code in your own editor, run on this machine and checked at every save."),
    ("Exam", "A mock exam against the clock, drawn by the real weights."),
)  # fmt: skip


class DateInput(Input):
    """Where the date is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "submit", "go on")]


class FirstRunScreen(Page):
    """Explains dp100 and asks for the date of the exam."""

    CSS_PATH = "first_run.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#date"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("back", "skip", "skip", show=True),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="body", can_focus=False):
            yield Drawn(self._explain)
            yield Drawn(
                lambda width: [Content(), Content.assemble("  ", ("When is your exam?", "bold"))], id="ask"
            )
            yield DateInput(
                id="date", placeholder="2026-12-12, 12 Dec or in 23 days; empty if you do not know"
            )
            yield Drawn(id="said")
        yield KeyBar()

    def _explain(self, width: int) -> list[Content]:
        exam = self.learner.catalogue.outline.exam
        lines = [
            Content.assemble(("dp100", "bold $accent"), (f"  {exam.code}", "$quiet")),
            Content(),
            *wrapped(f"Everything you need for {exam.code}, in this terminal, offline.", width - 2),
            Content(),
        ]
        for word, text in _POINTS:
            first, *more = wrapped(text, max(10, width - 10))
            lines.append(Content.assemble((f"{word:<8}", "bold"), first))
            lines += [Content.assemble(" " * 8, line) for line in more]
        lines.append(Content())
        if exam.status == "retired":
            lines += wrapped(_retired(exam.code, exam.retired, exam.successor), width - 2, "$warning")
            lines.append(Content())
        lines += wrapped(
            "? shows the keys of a screen, ctrl+p finds anything, q leaves.", width - 2, "$quiet"
        )
        return [Content.assemble("  ", line) for line in lines]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Says how the text is understood, while it is typed."""
        said = self.query_one("#said", Drawn)
        today = self.dp100.today().date()
        try:
            day = read_date(event.value, today) if event.value.strip() else None
        except Dp100Error:
            day = None
        text = f"{weekday(day, today)}, in {(day - today).days} days" if day else ""
        said.show(lambda width: wrapped(text, width, "$quiet"))

    @on(Input.Submitted)
    @told
    def _submitted(self) -> None:
        self._accept()

    def _accept(self) -> None:
        """Keeps the date, or says why it cannot be read. Nothing typed is lost."""
        text = self.query_one(Input).value.strip()
        if not text:
            self._done(None)
            return
        try:
            day = read_date(text, self.dp100.today().date())
        except Dp100Error as error:
            sentence = str(error)
            self.query_one("#said", Drawn).show(lambda width: wrapped(f"✗ {sentence}", width, "$error"))
            self.query_one(Input).focus()
            return
        self._done(day)

    def action_skip(self) -> None:
        self._done(None)

    def _done(self, day: dt.date | None) -> None:
        if day is None:
            self.learner.change_settings(introduced=True)
        else:
            self.learner.change_settings(introduced=True, exam_date=day)
        self.dp100.go_back()


def _retired(code: str, when: dt.date | None, successor: str | None) -> str:
    ended = f" on {long_day(when)}" if when else ""
    after = f" {successor.partition(',')[0]} has taken its place." if successor else ""
    return f"{code} was retired{ended} and can no longer be booked.{after} What it asked can still be learned here."
