"""The panel beside the steps: instructions, output, runs and solution, one tab at a time."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from dp100.labs import desk
from dp100.tui.screens.lab.instructions import Instructions
from dp100.tui.screens.lab.parts import Solution, Steps
from dp100.tui.screens.lab.runs import Runs
from dp100.tui.screens.lab.standing import Standing
from dp100.tui.tell import told
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.output import Output
from dp100.tui.widgets.pane import Pane
from dp100.tui.widgets.question.scenario import TabLine

TABS = ("Instructions", "Output", "Runs", "Solution")
INSTRUCTIONS, OUTPUT, RUNS, SOLUTION = range(len(TABS))


class Panel(Vertical):
    """Four tabs.

    Attributes:
        shown: the number of the tab on show, from 0.
    """

    def __init__(
        self, standing: Standing, instructions: Instructions, output: Output, runs: Runs, *, id: str
    ) -> None:
        """The panel.

        Args:
            standing: how the lab stands.
            instructions: the first tab, ``output`` the second, ``runs`` the third.
            output: what the commands print.
            runs: the runs of the lab's workspaces.
            id: of the widget.
        """
        super().__init__(id=id)
        self._standing = standing
        self._parts: tuple[Widget, ...] = (instructions, output, runs)
        self._runs = runs
        self.shown = INSTRUCTIONS

    def compose(self) -> ComposeResult:
        tabs = TabLine(list(TABS))
        tabs.id = "tabs"
        yield tabs
        yield from self._parts
        with Pane(id="solution", classes="tab"):
            yield Drawn(self._not_yet, id="not-yet")
            yield Solution()

    def open(self, number: int) -> None:
        """Shows a tab, and gives it the keys unless the steps have them."""
        for place in range(len(TABS)):
            self.set_class(place == number, f"-tab{place}")
        self.shown = self.query_one(TabLine).shown = number
        if number == SOLUTION:
            self._show_solution()
        if not isinstance(self.screen.focused, Steps):
            self._take_keys()
        if number == RUNS:
            self._runs.look()
        self.screen.refresh_bindings()

    def turn(self, by: int) -> None:
        """To the tab beside."""
        self.open((self.shown + by) % len(TABS))

    def _take_keys(self) -> None:
        if self.shown == RUNS:
            self._runs.focus_list()
        else:
            target = self.query_one("#solution") if self.shown == SOLUTION else self._parts[self.shown]
            target.focus(scroll_visible=False)

    @on(TabLine.Picked)
    def _picked(self, event: TabLine.Picked) -> None:
        event.stop()
        self.open(event.number)

    def look(self) -> None:
        """Draws anew whether there is a solution to see yet."""
        self.query_one("#not-yet", Drawn).refresh(layout=True)

    @told
    def _show_solution(self) -> None:
        """Shows the solution, once all steps are done."""
        bench = self._standing.bench
        if self._standing.finished:
            self.query_one(Solution).show(desk.differences(bench.folder), desk.solution(bench))

    def _not_yet(self, width: int) -> list[Content]:
        if self._standing.finished:
            return []
        return wrapped(
            "When all steps hold, this shows how we would have done it and what you did otherwise. "
            "Until then h gives a hint, from a nudge to nearly the line.",
            width,
            "$quiet",
        )
