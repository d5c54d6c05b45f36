"""What studying and sitting an exam have in common: one question, and a scenario beside it or in its place."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content

from dp100.curriculum.question import CaseStudy
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.widgets.question.gate import Unhurried
from dp100.tui.widgets.question.scenario import Scenario
from dp100.tui.widgets.question.view import QuestionView

BESIDE_FROM = 120
"""Columns from which a case study's scenario stays open beside its question."""

CASE_HINT = Content.styled("i shows the scenario, and then the question again.", "$quiet")


class AskingPage(Unhurried, Page):
    """A screen that asks: a frame with the columns ``#side`` for a scenario and ``#scroll`` for the question."""

    IN_SESSION = True
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (14, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "tab(-1)", "previous tab", id="scenario.previous", show=False),
        Binding("right_square_bracket", "tab(1)", "next tab", id="scenario.next", show=False),
        key("up", "scroll_line(-1)"),
        key("down", "scroll_line(1)"),
        key("page_up", "scroll(-1)"),
        key("page_down", "scroll(1)"),
    ]
    DEFAULT_CSS = """
    AskingPage { align-horizontal: center; }
    AskingPage #frame { width: 100%; max-width: 92; padding: 0 2; }
    AskingPage.-case-beside #frame { max-width: 160; }
    AskingPage #head { height: 1; margin-top: 1; }
    AskingPage #columns { height: 1fr; }
    /* The gutter is always there, so that no line breaks anew when the scrollbar comes. */
    AskingPage #scroll {
        width: 1fr; height: 1fr; max-width: 90; padding-right: 1;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }
    AskingPage #side { width: 1fr; height: 1fr; display: none; margin-right: 2; }
    AskingPage.-case-beside #side { display: block; }
    AskingPage.-case-only #side { display: block; margin-right: 0; }
    AskingPage.-case-only #scroll { display: none; }
    AskingPage.-low #head { margin-top: 0; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._view: QuestionView | None = None
        self._case_only = False

    @property
    def in_case(self) -> bool:
        """Whether the question that is on belongs to a case study."""
        return self._view is not None and self._view.presentation.case is not None

    async def show_case(self, case: CaseStudy | None) -> None:
        """Put the scenario into its column; one that is there already stays at its tab."""
        side = self.query_one("#side", Vertical)
        shown = side.query(Scenario).first() if side.query(Scenario) else None
        if case is None:
            await side.remove_children()
        elif shown is None or shown.case.id != case.id:
            await side.remove_children()
            await side.mount(Scenario(case))

    def place_case(self) -> None:
        """Scenario beside the question where both fit, else one in place of the other."""
        wide = self.size.width >= BESIDE_FROM
        self.set_class(self.in_case and wide, "-case-beside")
        self.set_class(self.in_case and not wide and self._case_only, "-case-only")

    def action_scenario(self) -> None:
        """Show the scenario instead of the question, or the question again, where both do not fit."""
        if self.size.width < BESIDE_FROM:
            self._case_only = not self._case_only
            self.place_case()
            if not self._case_only and self._view is not None:
                self._view.pad.focus(scroll_visible=False)

    def action_tab(self, step: int) -> None:
        """Turn to another tab of the scenario."""
        for scenario in self.query(Scenario):
            scenario.action_turn(step)

    def action_scroll(self, step: int) -> None:
        """A page up or down."""
        scroll = self.query_one("#scroll", VerticalScroll)
        (scroll.scroll_page_down if step > 0 else scroll.scroll_page_up)(animate=False)

    def action_scroll_line(self, step: int) -> None:
        """A line up or down, where the arrows have nothing to mark."""
        scroll = self.query_one("#scroll", VerticalScroll)
        (scroll.scroll_down if step > 0 else scroll.scroll_up)(animate=False)
