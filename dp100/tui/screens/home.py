"""Home: where the learner stands, and the one thing to do now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from dp100.memory.clock import study_day
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.home_rows import Upcoming, area_row, diligence, head, next_rows, notices
from dp100.tui.tell import told
from dp100.tui.widgets.drawn import Draw, Drawn
from dp100.tui.widgets.heat import grid, last_days
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows

_WEEKS = 12


class Next(Rows):
    """What can be done now; the first line is what should be."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "start")]


class Areas(Rows):
    """The skill areas."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "open area")]


class Heat(Drawn, can_focus=True):
    """The last weeks; opens the statistics."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "screen.stats", "open stats"),
        key("up", "screen.go('#areas')"),
    ]

    async def on_click(self) -> None:
        await self.run_action("screen.stats")


class _Seen(NamedTuple):
    """What there is to show, ready to be drawn at any width."""

    head: Draw
    areas: list[Row]
    upcoming: list[Row]
    heat: Draw
    diligence: str
    notice: Draw


def _first(rows: Sequence[Row]) -> str | None:
    """The one thing to do now."""
    return next((row.id for row in rows if row.id is not None), None)


class HomeScreen(Page):
    """The first screen."""

    CSS_PATH = "home.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#next"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("study", "study"),
        key("exam", "exam"),
        key("notes", "notes"),
        key("labs", "labs"),
        key("stats", "stats"),
        key("settings", "settings", show=False),
        key("left", "go('#next')"),
        key("right", "go('#heat')"),
        key("help", "app.keys"),
        key("leave", "quit", "quit"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._fresh = False

    def compose(self) -> ComposeResult:
        """Everything is drawn from one look at the learner's memory, before the first frame."""
        seen = self._look()
        with VerticalScroll(id="body", can_focus=False):
            yield Drawn(seen.head, id="head")
            yield Areas(seen.areas, id="areas", leaves=True)
            with Horizontal(id="panels"):
                upcoming = Next(seen.upcoming, id="next", leaves=True)
                upcoming.border_title = "Next"
                yield upcoming
                heat = Heat(seen.heat, id="heat")
                heat.border_title = f"Last {_WEEKS} weeks"
                heat.border_subtitle = seen.diligence
                yield heat
            yield Drawn(seen.notice, id="notice")
        yield KeyBar()

    @told
    def on_screen_resume(self) -> None:
        """Back from another screen: things may have changed there."""
        if self._fresh:
            self._fresh = False
            return
        self.look()
        self.dp100.fit()

    @told
    def look(self) -> None:
        """Asks the learner's memory again, and shows what it says."""
        seen = self._look()
        self._fresh = False
        self.query_one("#head", Drawn).show(seen.head)
        self.query_one(Areas).show(seen.areas)
        upcoming = self.query_one(Next)
        other = _first(upcoming.rows) != _first(seen.upcoming)
        # Enter does what is to be done now; where that is another thing than before, the cursor goes there.
        upcoming.show(seen.upcoming, at=_first(seen.upcoming) if other else None)
        self.query_one(Heat).show(seen.heat)
        self.query_one(Heat).border_subtitle = seen.diligence
        self.query_one("#notice", Drawn).show(seen.notice)

    def _look(self) -> _Seen:
        """Asks the learner's memory once; the lines are drawn from the answer at any width."""
        overview = self.learner.overview()
        exam = self.learner.catalogue.outline.exam
        today = self.dp100.today().date()
        day = study_day(self.learner.clock.now())
        counts = last_days(overview.heat, day)
        problems = len(self.learner.catalogue.problems)
        self._fresh = True

        def heat(width: int) -> list[Content]:
            weeks = max(1, min(_WEEKS, (width - 2) // 2))
            return grid(counts, day, weeks)

        return _Seen(
            head=lambda width: head(overview, exam, today, width),
            areas=[area_row(area) for area in overview.areas],
            upcoming=next_rows(overview, Upcoming.of(self.learner, overview)),
            heat=heat,
            diligence=diligence(overview),
            notice=lambda width: notices(exam, problems, width),
        )

    # What the keys do

    @told
    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click on a line."""
        event.stop()
        self._follow(event.id)

    def _follow(self, id: str) -> None:
        """Does what the line with this id says."""
        from dp100.memory.selection import Selection

        what, _, which = id.partition(":")
        match what:
            case "area":
                self.dp100.open_area(which)
            case "study":
                self.dp100.open_study(Selection(mode="due"))
            case "weakest":
                self.dp100.open_study(Selection(topic=which))
            case "new":
                self.dp100.open_study(Selection(mode="new", limit=10))
            case "lab":
                self.dp100.open_lab(which)
            case "exam":
                self.dp100.open_exam()

    def action_study(self) -> None:
        self._follow("study")

    def action_exam(self) -> None:
        self.dp100.open_exam()

    def action_notes(self) -> None:
        self.dp100.open_notes()

    def action_labs(self) -> None:
        self.dp100.open_labs()

    def action_stats(self) -> None:
        self.dp100.open_stats()

    def action_settings(self) -> None:
        self.dp100.open_settings()

    def action_go(self, selector: str) -> None:
        self.query_one(selector, Widget).focus()

    def action_quit(self) -> None:
        self.app.exit()
