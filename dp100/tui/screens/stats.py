"""Statistics: what was done, what stuck, what is coming, and how the mock exams went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Self

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from dp100.memory.clock import study_day
from dp100.quiz.wording import count, span
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.widgets.bar import bar, cut, percent
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.heat import grid, months
from dp100.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from dp100.memory.exams import ExamRecord
    from dp100.memory.learner import Learner
    from dp100.memory.overview import Overview
    from dp100.memory.stats import Stats


class Figures(VerticalScroll, can_focus=True, inherit_bindings=False):
    """The page, moved with the keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "down", show=False, id="down"),
        Binding("up,k", "scroll_up", "up", show=False, id="up"),
        key("page_up", "page_up"),
        key("page_down", "page_down"),
        key("first", "scroll_home"),
        key("last", "scroll_end"),
    ]


class StatsScreen(Page):
    """All figures, on one page."""

    CSS_PATH = "stats.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#body"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("study", "study", "study what does not stick"),
        key("back", "back", show=True),
    ]

    def __init__(self, stats: Stats, overview: Overview, sat: Sequence[ExamRecord]) -> None:
        """The page of these figures; ``sat`` are the finished exams, oldest first."""
        super().__init__()
        self._stats = stats
        self._overview = overview
        self._exams = sat
        self._leeches = list(stats.leeches)

    @classmethod
    def of(cls, learner: Learner) -> Self:
        """The page as of now. What cannot be read is raised here, before there is a screen."""
        from dp100.memory import exams

        return cls(learner.stats(), learner.overview(), exams.history(learner.store))

    def compose(self) -> ComposeResult:
        stats, overview, sat = self._stats, self._overview, self._exams
        with Figures(id="body"):
            yield Drawn(lambda width: self._summary(stats, overview, width))
            if overview.reviews:
                yield Drawn(lambda width: self._by_day(stats, width))
                yield Drawn(lambda width: self._retention(stats, width))
                yield Drawn(lambda width: self._by_area(stats, width))
            if any(due for _, due in stats.forecast):
                from dp100.tui.widgets.plots import Forecast

                yield Drawn(lambda width: self._coming(stats, width), classes="heading")
                yield Forecast(stats.forecast)
            yield Drawn(
                lambda width: self._sat(sat, overview.passing, width), classes="heading" if sat else None
            )
            if sat:
                from dp100.tui.widgets.plots import Exams

                done = [(_day(record), record.score or 0) for record in sat]
                yield Exams(done, passing=overview.passing)
            if self._leeches:
                yield Drawn(self._never_stick)
        yield KeyBar()

    def _summary(self, stats: Stats, overview: Overview, width: int) -> list[Content]:
        lines = [Content.styled("Statistics", "bold $accent"), Content()]
        if not overview.reviews:
            lines += wrapped("Nothing to show yet. After your first session this page fills.", width)
            return lines
        facts = [count(overview.reviews, "answer"), span(stats.time_total_s)]
        facts.append(f"{overview.seen} of {sum(area.total for area in overview.areas)} questions seen")
        if overview.accuracy is not None:
            facts.append(f"{percent(overview.accuracy).strip()} right in the last 30 days")
        facts.append(f"{count(overview.streak, 'day')} in a row")
        return [*lines, *wrapped(" · ".join(facts), width)]

    def _by_day(self, stats: Stats, width: int) -> list[Content]:
        today = study_day(self.learner.clock.now())
        weeks = max(1, min(53, width - 4))
        counts = {day: reviews for day, reviews, _ in stats.by_day}
        first = min((day for day, reviews, _ in stats.by_day if reviews), default=today)
        gap = 1 if (today - first).days < 7 * 26 and width > 56 else 0
        weeks = min(weeks, 26) if gap else weeks
        busiest = max(stats.by_day, key=lambda entry: entry[1], default=None)
        lines = [
            Content.assemble("  ", line)
            for line in (months(today, weeks, gap=gap), *grid(counts, today, weeks, gap=gap))
        ]
        if busiest is not None and busiest[1]:
            lines.append(
                Content.styled(
                    f"    A higher block is a day with more answers; the most were {busiest[1]}.", "$quiet"
                )
            )
        return _section("Answers by day", lines, width, indent=False)

    def _retention(self, stats: Stats, width: int) -> list[Content]:
        target = self.learner.settings.retention
        if stats.retention is None:
            text = "Shown once questions have come back after a day or more."
            return _section("Retention", wrapped(text, width - 2, "$quiet"), width)
        drawn = bar(stats.retention, min(40, width - 12), mark=target)
        said = f"Recalled of what came back after a day or more, last 90 days; the aim is {percent(target).strip()}."
        lines = [Content.assemble(drawn, f" {percent(stats.retention)}"), *wrapped(said, width - 2, "$quiet")]
        if stats.fitted is not None:
            lines += wrapped(
                f"The schedule is fitted to {count(stats.weights_reviews, 'answer')} of yours.",
                width - 2,
                "$quiet",
            )
        return _section("Retention", lines, width)

    def _by_area(self, stats: Stats, width: int) -> list[Content]:
        lines = []
        for area in self.learner.catalogue.outline.areas:
            right, total = stats.accuracy_by_area.get(area.id, (0, 0))
            name = cut(area.short or area.title, min(28, max(8, width - 24)))
            if not total:
                lines.append(Content.assemble(name, ("  not asked yet", "$quiet")))
                continue
            drawn = bar(right / total, min(30, width - name.cell_length - 24))
            lines.append(
                Content.assemble(
                    name, "  ", drawn, f" {percent(right / total)}", (f"  {right} of {total}", "$quiet")
                )
            )
        return _section("Right answers by area", lines, width)

    def _coming(self, stats: Stats, width: int) -> list[Content]:
        week = sum(due for _, due in stats.forecast[:7])
        said = f"{stats.forecast[0][1]} today, {week} within a week"
        return _section("Due in the next 30 days", [Content.styled(said, "$quiet")], width)

    def _sat(self, sat: Sequence[ExamRecord], passing: int, width: int) -> list[Content]:
        if not sat:
            return _section("Mock exams", [Content.styled("None sat yet.", "$quiet")], width)
        last, best = sat[-1], max(record.score or 0 for record in sat)
        said = f"{len(sat)} sat, the last with {last.score}, the best with {best}; {passing} to pass"
        return _section("Mock exams", [Content.styled(said, "$quiet")], width)

    def _never_stick(self, width: int) -> list[Content]:
        catalogue = self.learner.catalogue
        lines = [cut(catalogue.title(catalogue.item(id).topic), width - 2) for id in self._leeches[:8]]
        more = len(self._leeches) - len(lines)
        if more:
            lines.append(Content.styled(f"and {more} more", "$quiet"))
        verb = "does" if len(self._leeches) == 1 else "do"
        return _section(f"{count(len(self._leeches), 'question')} that {verb} not stick", lines, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return bool(self._leeches) if action == "study" else True

    def action_study(self) -> None:
        """A session with the questions that were missed again and again."""
        self.dp100.open_study(self._leeches)


def _day(record: ExamRecord) -> dt.date:
    """The local day on which an exam ended."""
    assert record.finished is not None
    return record.finished.astimezone().date()


def _section(title: str, lines: list[Content], width: int, *, indent: bool = True) -> list[Content]:
    """A heading with its lines under it."""
    return [cut(title, width, "bold"), *(Content.assemble("  ", line) if indent else line for line in lines)]
