"""The foot of a lab's screen: what runs, what the checks said, or what to do."""

from __future__ import annotations

import time

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content

from dp100.quiz.wording import span
from dp100.tui.screens.lab.lines import verdict_lines
from dp100.tui.screens.lab.standing import Standing
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.output import Output
from dp100.tui.widgets.progress import going, share

_TICK = 0.2
"""Seconds between two pictures of the bar of what runs."""


class Foot(VerticalScroll, can_focus=False):
    """A few lines on how the lab stands now."""

    def __init__(self, standing: Standing, output: Output, *, id: str) -> None:
        """The foot.

        Args:
            standing: how the lab stands.
            output: what the commands print; its last line may tell how much is done.
            id: of the widget.
        """
        super().__init__(id=id)
        self._standing = standing
        self._output = output
        self._tick = 0

    def compose(self) -> ComposeResult:
        yield Drawn(self._lines, id="verdict")

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._go_on_drawing)

    def look(self) -> None:
        """Draws how the lab stands now."""
        self.query_one(Drawn).refresh(layout=True)

    def _go_on_drawing(self) -> None:
        self._tick = self._tick + 1 if self._standing.doing else 0
        if self._standing.doing:
            self.look()

    def _lines(self, width: int) -> list[Content]:
        now = self._standing
        if now.doing:
            return [self._going(width)]
        if now.remark:
            return wrapped(now.remark, width)
        if now.failed is not None:
            return verdict_lines(now.lab, now.failed, width)
        if now.step is None:
            return [Content.assemble(("✓", "bold $success"), " All steps hold: the lab is through.")]
        if (verdict := now.verdicts.get(now.step.id)) is not None:
            return verdict_lines(now.lab, verdict, width)
        if now.step.id in now.progress.done:
            return [Content.assemble(("✓", "$success"), " This step is done.")]
        what = "run and checked" if now.step.command else "checked"
        return wrapped(f"Save {now.step.file}, and this step is {what}.", width, "$quiet")

    def _going(self, width: int) -> Content:
        """What runs, for how long, and how much of it is done where its output tells."""
        now = self._standing
        seconds = time.monotonic() - now.since
        took = f"  {span(seconds)}" if seconds >= 1 else ""
        bar = going(min(20, max(5, width // 4)), self._tick, share(self._output.last))
        after = "  your save comes next" if now.again else ""
        return Content.assemble(bar, f"  {now.doing}", (took + after, "$quiet")).truncate(
            width, ellipsis=True
        )
