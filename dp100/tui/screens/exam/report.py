"""The report: the score, where it was lost, every question with both answers, and what to study next."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from dp100.errors import Dp100Error
from dp100.memory.exams import Place
from dp100.quiz.exam.report import Part, Report
from dp100.quiz.feedback import feedback
from dp100.quiz.presentation import present
from dp100.quiz.wording import count, span
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.exam.listing import Listing
from dp100.tui.tell import told
from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.question.scenario import Scenario
from dp100.tui.widgets.question.view import QuestionView
from dp100.tui.widgets.rows import Row, Rows

_CSS = """
ReportScreen, AnswerScreen { align-horizontal: center; }
ReportScreen #questions { width: 100%; max-width: 92; padding: 1 0 0 0; }
AnswerScreen #frame {
    width: 100%; max-width: 92; padding: 1 2; height: 1fr; scrollbar-size-vertical: 1; scrollbar-gutter: stable;
}
AnswerScreen Scenario { height: auto; max-height: 12; margin-bottom: 1; }
"""


class ReportScreen(Page):
    """A finished exam."""

    CSS = _CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        key("study", "study", "study what you missed"),
        key("notes", "notes", "notes"),
        key("back", "home", "Home", show=True),
        key("leave", "home", show=False),
    ]

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report
        self._looked: AnswerScreen | None = None

    def compose(self) -> ComposeResult:
        rows = [self._row(place) for place in self.report.places]
        yield Listing(self._lines, rows, marked=False, id="questions")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(Listing).focus(scroll_visible=False)

    def on_screen_resume(self) -> None:
        """Back from a question: the one that was looked at last is marked."""
        if self._looked is not None:
            self.query_one(Listing).select(str(self._looked.position))
            self._looked = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is nothing to study when nothing was missed."""
        return bool(self.report.missed) if action == "study" else True

    def action_study(self) -> None:
        """Study what was missed."""
        known = {item.id for item in self.learner.catalogue.items()}
        missed = [item for item in self.report.missed if item in known]
        if not missed:
            self.notify("What you missed has left the bank since.", markup=False)
            return
        self.dp100.go_back()
        self.dp100.open_study(missed)

    def action_notes(self) -> None:
        """The notes, where most was lost."""
        chosen = self.query_one(Listing).chosen
        self.dp100.open_notes(self.report.places[int(chosen)].topic if chosen else None)

    def action_home(self) -> None:
        """Home."""
        self.dp100.go_home()

    @on(Rows.Chosen)
    @told
    def _chosen(self, event: Rows.Chosen) -> None:
        self._looked = AnswerScreen(self.report, int(event.id))
        self.app.push_screen(self._looked)

    # --- what is drawn

    def _lines(self, width: int) -> list[Content]:
        report = self.report
        verdict = ("✓ passed", "bold $success") if report.passed else ("✗ not passed", "bold $error")
        mark = report.passing / 1000
        lines = [
            spread(
                Content.styled("Mock exam", "bold"),
                Content.styled(f"{report.at.astimezone():%A %d %B %Y, %H:%M}", "$quiet"),
                width,
            ),
            Content(""),
            Content.assemble((f"{report.score}", "bold"), " of 1000   ", verdict),
            Content.assemble(
                bar(report.score / 1000, max(20, min(60, width - 14)), mark=mark),
                (f" {report.passing} to pass", "$quiet"),
            ),
            *wrapped(
                f"An estimate: {report.points} of {report.possible} points on a straight scale. How the real exam "
                "scales its points is not published.",
                width,
                "$quiet",
            ),
        ]
        if report.missed:
            missed = count(len(report.missed), "question")
            lines.append(Content.assemble(("s", "bold $accent"), f" study the {missed} you missed"))
        else:
            lines.append(Content.styled("Every question was right.", "$success"))
        lines += [Content(""), *_parts(report, width), Content("")]
        if report.next:
            lines += [
                Content.styled("Study next", "bold"),
                *(_part(part, width) for part in report.next),
                Content(""),
            ]
        average = report.seconds / max(len(report.places), 1)
        spent = f"{span(report.seconds)} of {report.minutes} min, {span(average)} a question"
        lines.append(Content.styled(spent, "$quiet"))
        return [*lines, Content(""), Content.styled("Every question, with both answers", "bold")]

    def _title(self, place: Place) -> str:
        try:
            return self.learner.catalogue.title(place.topic)
        except Dp100Error:
            return place.topic  # an outline of former days

    def _row(self, place: Place) -> Row:
        title = self._title(place)
        if place.possible is None:
            sign, style = "–", "$quiet"
        elif place.points == place.possible:
            sign, style = "✓", "$success"
        else:
            sign, style = ("◐", "$warning") if place.points else ("✗", "$error")
        left_open = "" if place.begun else "not answered"
        points = f"{place.points or 0} of {place.possible or 0}"

        def draw(width: int) -> Content:
            left = Content.assemble((f"{place.position + 1:>3} ", "$quiet"), (sign, style), f" {title}")
            right = Content.styled(
                f"  {left_open or points:>12}  {span(place.seconds):>6}{' ⚑' if place.flagged else '  '}",
                "$quiet",
            )
            return spread(left, right, width)

        return Row(draw, str(place.position))


class AnswerScreen(Page):
    """One question of a finished exam, with the learner's and the right answer."""

    AUTO_FOCUS = ""  # to focus the question would scroll to where it is answered
    CSS = _CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "next", "next"),
        key("left", "step(-1)", "previous", show=False),
        key("right", "step(1)", show=False),
        key("notes", "note", "the note"),
        Binding("w", "whys", "all reasons", id="study.whys"),
        key("page", "page(0)"),
        Binding("left_square_bracket", "tab(-1)", "previous tab", id="scenario.previous", show=False),
        Binding("right_square_bracket", "tab(1)", "next tab", id="scenario.next", show=False),
        key("page_up", "page_of(-1)"),
        key("page_down", "page_of(1)"),
        key("leave", "back", show=False),
        key("up", "scroll(-1)"),
        key("down", "scroll(1)"),
    ]

    def __init__(self, report: Report, position: int) -> None:
        super().__init__()
        self.report = report
        self.position = position
        self._all_whys = False

    def compose(self) -> ComposeResult:
        yield VerticalScroll(id="frame", can_focus=False)
        yield KeyBar()

    async def on_mount(self) -> None:
        await self._show()

    async def _show(self) -> None:
        self._all_whys = False
        place = self.report.places[self.position]
        frame = self.query_one("#frame", VerticalScroll)
        await frame.remove_children()
        frame.mount(Drawn(self._head))
        try:
            question = self.learner.catalogue.question(place.item)
        except Dp100Error as error:
            sentence = str(error)
            frame.mount(Drawn(lambda width: wrapped(sentence, width)))
            return
        if question.case:
            frame.mount(Scenario(self.learner.catalogue.case(question.case)))
        presentation = present(question, place.seed)
        view = QuestionView(presentation, place.answer, locked=True, marked=False)
        await frame.mount(view)
        view.reveal(feedback(presentation, place.answer))
        frame.scroll_home(animate=False)

    def _head(self, width: int) -> list[Content]:
        place = self.report.places[self.position]
        try:
            title = self.learner.catalogue.title(place.topic)
        except Dp100Error:
            title = place.topic
        number = f"Question {place.position + 1} of {len(self.report.places)}"
        left = Content.assemble((number, "bold"), (f" · {title}", "$quiet"))
        points = f"{place.points or 0} of {place.possible or 0}" if place.begun else "not answered"
        right = Content.styled(f"  {points} · {span(place.seconds)}", "$quiet")
        return [spread(left, right, width), Content("")]

    async def action_next(self) -> None:
        """The next question; back to the report behind the last."""
        if self.position + 1 < len(self.report.places):
            await self.action_step(1)
        else:
            self.action_back()

    async def action_step(self, step: int) -> None:
        """Another question."""
        target = self.position + step
        if 0 <= target < len(self.report.places):
            self.position = target
            await self._show()

    def action_note(self) -> None:
        """The note of the question's topic."""
        self.dp100.open_notes(self.report.places[self.position].topic)

    def action_whys(self) -> None:
        """Unfold the reasons of all options, or fold them again."""
        self._all_whys = not self._all_whys
        for view in self.query(QuestionView):
            view.show_whys(all_whys=self._all_whys)

    def action_page(self, number: int) -> None:
        """The official page."""
        for view in self.query(QuestionView):
            if number < len(view.presentation.links):
                self.dp100.open_page(view.presentation.links[number].url)

    def action_tab(self, step: int) -> None:
        """Another tab of the scenario."""
        for scenario in self.query(Scenario):
            scenario.action_turn(step)

    def action_page_of(self, step: int) -> None:
        """A page up or down."""
        frame = self.query_one("#frame", VerticalScroll)
        (frame.scroll_page_down if step > 0 else frame.scroll_page_up)(animate=False)

    def action_scroll(self, step: int) -> None:
        """A line up or down."""
        frame = self.query_one("#frame", VerticalScroll)
        (frame.scroll_down if step > 0 else frame.scroll_up)(animate=False)


def _parts(report: Report, width: int) -> list[Content]:
    """The areas, each with its objectives under it."""
    lines = []
    for area in report.areas:
        lines.append(_part(area, width, bold=True))
        lines += [
            _part(objective, width, indent=2) for objective in report.objectives if objective.area == area.id
        ]
    return lines


def _part(part: Part, width: int, *, bold: bool = False, indent: int = 0) -> Content:
    room = max(10, min(46, width - 42))
    weight = f"{part.weight[0]}-{part.weight[1]} %" if part.weight else ""
    return Content.assemble(
        " " * indent,
        cut(part.title, room - indent, "bold" if bold else ""),
        (f" {weight:>8} ", "$quiet"),
        bar(part.share, max(3, min(20, width - room - 26))),
        percent(part.share),
        (f"  {part.points} of {part.possible}", "$quiet"),
    )
