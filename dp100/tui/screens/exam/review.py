"""The grid of all questions: answered, not yet, flagged, closed."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.reactive import reactive
from textual.screen import ModalScreen

from dp100.memory.exams import Place
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.keys import key
from dp100.tui.widgets.bar import spread
from dp100.tui.widgets.drawn import Drawn, wrapped

CELL = 8
"""Cells of one question in the grid."""


class Grid(Drawn, can_focus=True):
    """Numbers with a sign each, of which one is marked."""

    at: reactive[int] = reactive(0)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(self._grid)
        self.sitting = sitting
        self.only = ""
        self.set_reactive(Grid.at, 0)

    @property
    def shown(self) -> list[Place]:
        """The places that the filter leaves."""
        places = self.sitting.places
        if self.only == "flagged":
            return [place for place in places if place.flagged]
        if self.only == "unanswered":
            return [place for place in places if not self.sitting.is_answered(place.position)]
        return places

    @property
    def across(self) -> int:
        """How many fit beside each other."""
        return max(1, self.size.width // CELL)

    def watch_at(self) -> None:
        self.refresh()
        if isinstance(self.parent, VerticalScroll):
            line = self.virtual_region.y + self.at // self.across
            self.parent.scroll_to_region(Region(0, line, 1, 1), animate=False, force=True)

    def signs(self, place: Place) -> Content:
        """Two signs of a place: whether it is answered, and whether it is flagged or closed."""
        answered = self.sitting.is_answered(place.position)
        first = ("●", "$accent") if answered else ("◐", "$accent") if place.begun else ("○", "$quiet")
        second = ("×", "$quiet") if place.locked else ("⚑", "$warning") if place.flagged else " "
        return Content.assemble(first, second)

    def _grid(self, width: int) -> list[Content]:
        across = max(1, width // CELL)
        lines, shown = [], self.shown
        for start in range(0, len(shown), across):
            cells = []
            for offset, place in enumerate(shown[start : start + across]):
                marked = start + offset == self.at
                number = Content.styled(
                    f"{'▸' if marked else ' '}{place.position + 1:>3} ", "bold" if marked else ""
                )
                cells.append(Content.assemble(number, self.signs(place), " "))
            lines.append(Content.assemble(*cells))
        return lines or [Content.styled("None.", "$quiet")]

    def on_click(self, event: events.Click) -> None:
        number = event.y * self.across + event.x // CELL
        if number < len(self.shown):
            self.at = number
            if isinstance(self.screen, ReviewScreen):
                self.screen.action_open()


class ReviewScreen(ModalScreen["int | str | None"]):
    """Dismisses with the position to open, ``"end"`` to end the exam, or None to go on where one was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "open", "open"),
        Binding("f", "only('flagged')", "only flagged", id="review.flagged"),
        Binding("u", "only('unanswered')", "only unanswered", id="review.unanswered"),
        Binding("E", "end", "end the exam", id="exam.end"),
        key("left", "move(-1, 0)"),
        key("right", "move(1, 0)"),
        key("up", "move(0, -1)"),
        key("down", "move(0, 1)"),
        key("back", "close"),
        key("leave", "close", show=False),
    ]
    CSS = """
    ReviewScreen { align: center middle; background: $background 60%; }
    ReviewScreen > VerticalScroll {
        width: 76; max-width: 98%; height: auto; max-height: 90%; padding: 1 2;
        background: $surface; border: round $accent;
    }
    ReviewScreen #foot { margin-top: 1; color: $quiet; }
    ReviewScreen #head { margin-bottom: 1; }
    """

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Drawn(self._head, id="head")
            yield Grid(self.sitting)
            yield Drawn(self._foot, id="foot")

    def on_mount(self) -> None:
        grid = self.query_one(Grid)
        grid.at = self.sitting.position
        grid.focus()

    def _head(self, width: int) -> list[Content]:
        standing = self.sitting.standing
        only = self.query_one(Grid).only
        left = Content.assemble(("Review", "bold"), (f" · only {only}" if only else "", "$warning"))
        right = Content.styled(f"{standing.answered} of {standing.total} answered", "$quiet")
        return [spread(left, right, width)]

    def _foot(self, width: int) -> list[Content]:
        signs = Content.assemble(
            ("●", "$accent"),
            " answered   ",
            ("◐", "$accent"),
            " in part   ○ not yet   ",
            ("⚑", "$warning"),
            " flagged   × closed",
        )
        keys = "Enter open   f only flagged   u only unanswered   E end the exam"
        return [*wrapped(signs, width), *wrapped(keys, width)]

    def action_only(self, what: str) -> None:
        """Show only these, or all again."""
        grid = self.query_one(Grid)
        grid.only = "" if grid.only == what else what
        grid.at = 0
        grid.refresh(layout=True)
        self.query_one("#head", Drawn).refresh()

    def action_move(self, x: int, y: int) -> None:
        """Move in the grid."""
        grid = self.query_one(Grid)
        target = grid.at + x + y * grid.across
        if 0 <= target < len(grid.shown):
            grid.at = target

    def action_open(self) -> None:
        """Open the marked question."""
        grid = self.query_one(Grid)
        if not grid.shown:
            return
        place = grid.shown[min(grid.at, len(grid.shown) - 1)]
        if not self.sitting.can_enter(place.position):
            self.notify("Its section was left and cannot be entered again.", timeout=3, markup=False)
            return
        self.dismiss(place.position)

    def action_end(self) -> None:
        """End the exam."""
        self.dismiss("end")

    def action_close(self) -> None:
        """Go on where one was."""
        self.dismiss(None)
