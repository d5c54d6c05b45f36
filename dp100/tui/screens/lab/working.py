"""What goes on behind a lab's screen: saves are run and checked, and memory is asked how far the work is."""

from __future__ import annotations

from contextlib import suppress

from textual import on
from textual.events import ScreenResume

from dp100.curriculum.lab import Step
from dp100.labs.bench import Bench
from dp100.memory import labs as log
from dp100.memory.store import StoreError
from dp100.tui.page import Page
from dp100.tui.screens.lab.atwork import AtWork, Ended, Renewed, Running, Saved, Told
from dp100.tui.screens.lab.standing import Standing
from dp100.tui.tell import told
from dp100.tui.widgets.output import Output

_LOOK = 1.0
"""Seconds between looks at the learner's memory: another terminal may work on the same lab."""


class WorkingPage(Page):
    """A page of a lab on which things come to pass; what it looks like is the matter of who derives from it."""

    def __init__(self, bench: Bench) -> None:
        """A lab that was begun.

        Args:
            bench: the learner's.
        """
        super().__init__()
        self.now = Standing.of(bench)
        self.output = Output(id="outputs")
        self._work = AtWork(bench, self.post_message, self.output.feed)

    # What it looks like

    def draw(self) -> None:
        """Draws what may have changed of the step on show: signs, foot, keys."""
        raise NotImplementedError

    def show_hints(self) -> None:
        """Shows the hints that were given."""
        raise NotImplementedError

    def go_to(self, step: Step | None) -> None:
        """Shows a step; without one, that the lab is through."""
        raise NotImplementedError

    # Beginning and leaving

    @property
    def busy(self) -> bool:
        """Whether something of the lab runs."""
        return self._work.busy

    def take_up(self) -> None:
        """Begins to look for saves, and for what another terminal does."""
        self._work.watch()
        self.set_interval(_LOOK, self._look)

    def on_unmount(self) -> None:
        self._work.leave()

    # What another terminal did

    @on(ScreenResume)
    def _back_again(self) -> None:
        if self.is_mounted:
            self._look()

    def _look(self) -> None:
        """Asks memory how far the work is."""
        if not self.is_current:
            return
        now, before = self.now, self.now.progress
        with suppress(StoreError):  # the next look may do better, and the next thing that is kept tells
            now.progress = log.progress(self.learner.store, now.bench.folder.key) or before
        if now.progress == before:
            return
        if now.progress.hints != before.hints:
            self.show_hints()
        self._ask_whether_through()
        self.draw()

    def _ask_whether_through(self) -> None:
        """When the last step has passed, the lab is through, whoever saw it pass."""
        if self.now.finished and not self.now.through and not self.now.doing:
            self.go_to(None)

    # Running and checking

    def check(self, *, only: Step | None = None) -> None:
        """Checks the step on show and those before it, or one anew."""
        self.now.begin("Checking")
        self.draw()
        self._work.check([only] if only is not None else self.now.so_far, anew=only is not None)

    def start_over(self) -> None:
        """Puts the lab back to its start."""
        self.now.begin("Putting the starting files back")
        self.draw()
        self._work.reset()

    def stop(self) -> None:
        """Ends what runs."""
        self._work.stop()

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        """A save runs and checks the step; what was saved meanwhile is checked afterwards."""
        if self.now.doing:
            self.now.again = True
        else:
            self.check()

    @on(Running)
    def _starts(self, event: Running) -> None:
        words = " ".join(event.step.command)
        self.now.doing = f"Running {words}"
        self.output.feed(f"$ {words}\n")
        self.draw()

    @on(Told)
    @told
    def _told(self, event: Told) -> None:
        self.now.doing = "Checking"
        self.now.verdicts[event.verdict.step] = event.verdict
        self.now.renew()
        self.draw()

    @on(Ended)
    @told
    def _ended(self, event: Ended) -> None:
        now = self.now
        now.end("Stopped." if event.stopped else event.why)
        self.output.flush()
        now.renew()
        if now.again:
            self.check()
            return
        if now.failed is None and not now.remark:
            self._ask_whether_through()
        self.draw()

    @on(Renewed)
    @told
    def _renewed(self, event: Renewed) -> None:
        now = self.now
        self._work.leave()
        self._work = AtWork(event.bench, self.post_message, self.output.feed)
        self._work.watch()
        now.bench, now.again = event.bench, False
        now.end()
        now.renew()
        self.go_to(event.bench.current())
        now.remark = event.said
        self.draw()
