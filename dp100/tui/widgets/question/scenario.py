"""The scenario of a case study: its tabs, one shown at a time."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dp100.curriculum.question import CaseStudy
from dp100.tui.widgets.prose import Prose


class TabLine(Widget):
    """The titles of the tabs in one line, the open one marked."""

    DEFAULT_CSS = """
    TabLine { height: 1; width: 1fr; }
    """

    shown: reactive[int] = reactive(0)

    class Picked(Message):
        """A tab was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self.titles = titles

    def render(self) -> Content:
        parts: list[Content] = []
        for number, title in enumerate(self.titles):
            if number == self.shown:
                parts.append(Content.assemble(("▸ ", "$accent"), (title, "bold $accent underline")))
            else:
                parts.append(Content.assemble("  ", (title, "$quiet")))
            parts.append(Content("  "))
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        end = 0
        for number, title in enumerate(self.titles):
            end += len(title) + 4
            if event.x < end:
                self.post_message(self.Picked(number))
                return


class Scenario(VerticalScroll):
    """A case study's scenario; left and right, or a click, go from tab to tab."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left_square_bracket", "turn(-1)", "previous tab", id="scenario.previous", show=False),
        Binding("right_square_bracket", "turn(1)", "next tab", id="scenario.next", show=False),
    ]
    DEFAULT_CSS = """
    Scenario { width: 1fr; height: 1fr; padding: 0 1; border: round $faint; border-title-color: $quiet; }
    Scenario:focus { border: round $accent; }
    Scenario TabLine { margin-bottom: 1; }
    """

    def __init__(self, case: CaseStudy, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.case = case
        self.border_title = Content(case.title or "Case study")

    def compose(self) -> ComposeResult:
        yield TabLine([tab.title for tab in self.case.tabs])
        yield Prose(self.case.tabs[0].text)

    def action_turn(self, step: int) -> None:
        """Show the next tab, or the one before."""
        self.open((self.query_one(TabLine).shown + step) % len(self.case.tabs))

    def on_tab_line_picked(self, event: TabLine.Picked) -> None:
        event.stop()
        self.open(event.number)

    def open(self, number: int) -> None:
        """Show this tab."""
        self.query_one(TabLine).shown = number
        self.query_one(Prose).show(self.case.tabs[number].text)
        self.scroll_home(animate=False)
