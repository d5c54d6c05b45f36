"""Before the exam: which form to sit, or whether to go on with the one that is open."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from dp100.memory import exams
from dp100.quiz.exam.sitting import Form, Sitting, report_of
from dp100.quiz.wording import clock, count, span
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.exam.listing import Listing
from dp100.tui.tell import told
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.drawn import wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows, plain

CSS = """
StartScreen, ResumeScreen { align-horizontal: center; }
#forms { width: 100%; max-width: 92; padding: 1 0 0 0; }
"""


class StartScreen(Page):
    """The forms of the mock exam, and the exams that were sat."""

    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "open_book", "open book", id="exam.open_book"),
        key("back", "back"),
        key("leave", "back", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.open_book = False

    def compose(self) -> ComposeResult:
        yield Listing(self._about, self._rows(), id="forms")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    @property
    def _forms(self) -> dict[str, tuple[str, Form]]:
        exam = self.learner.catalogue.outline.exam
        short = max(1, round(exam.minutes * exam.short_form / exam.default_questions))
        return {
            "full": (f"{exam.default_questions} questions, {exam.minutes} minutes", Form()),
            "short": (f"{exam.short_form} questions, {short} minutes", Form(short=True)),
        }

    def _rows(self) -> list[Row]:
        names = {"full": "Full exam", "short": "Short form"}
        rows = [_row(name, names[name], what) for name, (what, _) in self._forms.items()]
        rows.append(_row("custom", "Your own", "as many questions and minutes as you like"))
        past = exams.history(self.learner.store)[::-1][:12]
        if past:
            rows += [plain(""), plain("Past exams", "bold")]
        for record in past:
            passed = "passed" if (record.score or 0) >= record.passing else "not passed"
            what = f"{record.score} of 1000, {passed}"
            rows.append(_row(f"report {record.id}", f"{record.started.astimezone():%d %b %Y}", what))
        return rows

    def _about(self, width: int) -> list[Content]:
        exam = self.learner.catalogue.outline.exam
        text = (
            f"A paper drawn from the bank by the weights of the {exam.code} outline, against the clock, without any "
            "feedback until the end. Nothing is taken off for a wrong answer, so answer everything. A case study "
            "and a series are sections that cannot be entered again. The score is an estimate: how the real exam "
            "scales its points is not published."
        )
        book = (
            "Open book: the notes may be read, and the clock runs on, as with Microsoft Learn in the real exam."
            if self.open_book
            else "Closed book. The key o opens it."
        )
        return [
            Content.styled("Mock exam", "bold"),
            Content(""),
            *wrapped(text, width),
            Content(""),
            *wrapped(book, width, "$accent" if self.open_book else "$quiet"),
            Content(""),
        ]

    def action_open_book(self) -> None:
        """Sit the exam with the notes open, or closed."""
        self.open_book = not self.open_book
        self.query_one(Listing).draw_head()

    @on(Rows.Chosen)
    @told
    def _chosen(self, event: Rows.Chosen) -> None:
        if event.id == "custom":
            from dp100.tui.screens.exam.custom import CustomScreen

            self.app.push_screen(CustomScreen(), self._custom)
        elif event.id.startswith("report "):
            from dp100.tui.screens.exam.report import ReportScreen

            self.app.push_screen(ReportScreen(report_of(self.learner, int(event.id.split()[1]))))
        else:
            self._begin(self._forms[event.id][1])

    @told
    def _custom(self, form: Form | None) -> None:
        if form is not None:
            self._begin(form)

    def _begin(self, form: Form) -> None:
        from dp100.tui.screens.exam.sitting import ExamScreen

        form = Form(form.questions, form.minutes, form.short, self.open_book)
        self.app.switch_screen(ExamScreen(Sitting.begin(self.learner, form)))


class ResumeScreen(Page):
    """An exam is open: how long it was left alone, and what to do with it."""

    CSS = CSS
    BINDINGS: ClassVar[list[BindingType]] = [key("back", "back"), key("leave", "back", show=False)]

    def __init__(self, sitting: Sitting, wanted: Form | None = None) -> None:
        """What to do with ``sitting``; ``wanted`` is the form of a new exam that was asked for instead."""
        super().__init__()
        self.sitting = sitting
        self.wanted = wanted

    def compose(self) -> ComposeResult:
        rows = [
            _row("resume", "Go on", "where you were; the clock starts again"),
            _row("end", "End it", "with the answers as they are, and see the report"),
            _row(
                "discard",
                "Throw it away",
                "and begin the new one" if self.wanted else "as if it had not been begun",
            ),
        ]
        yield Listing(self._about, rows, id="forms")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Rows).focus()

    def _about(self, width: int) -> list[Content]:
        standing = self.sitting.standing
        away = span(self.sitting.away.total_seconds()) if self.sitting.away else "a moment"
        return [
            Content.styled("Your mock exam is still open", "bold"),
            Content(""),
            *wrapped(
                f"You were away for {away}. The clock stood still at {clock(self.sitting.remaining)}.", width
            ),
            *wrapped(
                f"{standing.answered} of {count(standing.total, 'question')} answered, {standing.flagged} flagged.",
                width,
                "$quiet",
            ),
            *(
                wrapped("The options are for a new exam, and this one is not over.", width)
                if self.wanted
                else []
            ),
            Content(""),
        ]

    @on(Rows.Chosen)
    @told
    def _chosen(self, event: Rows.Chosen) -> None:
        if event.id == "resume":
            from dp100.tui.screens.exam.sitting import ExamScreen

            self.sitting.skip_time_away()
            self.app.switch_screen(ExamScreen(self.sitting))
        elif event.id == "end":
            from dp100.tui.screens.exam.report import ReportScreen

            self.sitting.skip_time_away()
            self.app.switch_screen(ReportScreen(self.sitting.finish()))
        else:
            from dp100.tui.screens.exam.sitting import ExamScreen

            self.sitting.discard()
            new = ExamScreen(Sitting.begin(self.learner, self.wanted)) if self.wanted else StartScreen()
            self.app.switch_screen(new)


def _row(id: str, title: str, what: str) -> Row:
    return Row(lambda width: cut(Content.assemble(f"{title:<16}", (what, "$quiet")), width), id)
