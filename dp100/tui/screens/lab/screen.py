"""A lab under way: its steps, what to do, what came of it."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.events import ScreenResume
from textual.widget import Widget

from dp100.curriculum.lab import Lab, Step
from dp100.labs import desk, editor
from dp100.labs.bench import Bench
from dp100.labs.checking import Verdict
from dp100.memory import labs as log
from dp100.memory.store import StoreError
from dp100.quiz.wording import span
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.lab.atwork import AtWork, Ended, Renewed, Running, Saved, Told
from dp100.tui.screens.lab.lines import (
    achieved,
    head,
    sdk_words,
    step_rows,
    steps_line,
    topic_lines,
    verdict_lines,
)
from dp100.tui.screens.lab.parts import Solution, Steps
from dp100.tui.screens.lab.runs import Runs
from dp100.tui.tell import told
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.output import Output
from dp100.tui.widgets.pane import Pane
from dp100.tui.widgets.progress import going, share
from dp100.tui.widgets.prose import Prose
from dp100.tui.widgets.question.scenario import TabLine
from dp100.tui.widgets.rows import Rows

_TABS = ("Instructions", "Output", "Runs", "Solution")
_TICK = 0.2
"""Seconds between two pictures of the bar of what runs."""
_LOOK = 1.0
"""Seconds between looks at the learner's memory: another terminal may work on the same lab."""


def shown_path(path: Path) -> str:
    """A folder as people write it: ``~/lab`` in their own."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


class LabScreen(Page):
    """A lab at its current step."""

    CSS_PATH = "lab.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#instructions"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "go_on", "next step"),
        key("enter", "next_lab", "next lab"),
        Binding("x", "stop", "stop", id="lab.stop"),
        key("study", "study", "study these topics"),
        Binding("r", "run", "run", id="lab.run"),
        Binding("c", "check", "check", id="lab.check"),
        Binding("h", "hint", "hint", id="lab.hint"),
        Binding("o", "edit", "open in editor", id="lab.edit"),
        Binding("d", "difference", "diff", id="lab.diff"),
        key("notes", "note", "the note"),
        Binding("z", "reset", "reset", id="lab.reset"),
        Binding("p", "before", "step before", id="lab.before", show=False),
        key("labs", "labs", show=False),
        *(
            Binding(str(n), f"tab({n - 1})", name.lower(), id=f"lab.tab{n}", show=False)
            for n, name in enumerate(_TABS, 1)
        ),
        Binding("right_square_bracket", "turn(1)", "next tab", id="lab.tab_next", show=False),
        Binding("left_square_bracket", "turn(-1)", "tab before", id="lab.tab_before", show=False),
        Binding("right", "turn(1)", "next tab", id="right", show=False),
        Binding("left", "turn(-1)", "tab before", id="left", show=False),  # without h, which gives a hint
        key("back", "back"),
        key("leave", "leave"),
    ]

    def __init__(self, bench: Bench) -> None:
        """A lab that was begun.

        Args:
            bench: the learner's.
        """
        super().__init__()
        self._output = Output(id="outputs")
        self._output.add_class("tab")
        self._work = AtWork(bench, self.post_message, self._output.feed)
        self._progress = bench.progress()
        self._step: Step | None = self.lab.step(self._progress.current or "")
        self._verdicts: dict[str, Verdict] = {}
        self._doing = ""
        self._since = 0.0
        self._tick = 0
        self._again = False
        self._sure = False
        self._remark = ""

    @property
    def bench(self) -> Bench:
        """The learner's bench."""
        return self._work.bench

    @property
    def lab(self) -> Lab:
        """Which lab it is."""
        return self.bench.folder.lab

    @property
    def lab_id(self) -> str:
        """The id of the lab."""
        return self.lab.id

    @property
    def _through(self) -> bool:
        """Whether what is shown is that the lab is through, and no step."""
        return self._step is None

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Drawn(self._head, id="head")
            yield Drawn(self._line, id="line")
            with Horizontal(id="columns"):
                steps = Steps(id="steps")
                steps.border_title = "Steps"
                yield steps
                with Vertical(id="panel"):
                    yield TabLine(list(_TABS))
                    with Pane(id="instructions", classes="tab"):
                        yield Prose()
                        yield Drawn(id="through")
                        yield Drawn(self._edit, id="edit")
                        yield Prose(classes="hints")
                    yield self._output
                    yield Runs(
                        lambda: self.bench.folder.azure, lambda: self._work.busy, id="runs", classes="tab"
                    )
                    with Pane(id="solution", classes="tab"):
                        yield Drawn(self._not_yet, id="not-yet")
                        yield Solution()
            with VerticalScroll(id="foot", can_focus=False):
                yield Drawn(self._foot, id="verdict")
        yield KeyBar(span=144)

    def on_mount(self) -> None:
        self._work.watch()
        self.query_one(TabLine).id = "tabs"
        self._tab(0)
        self._show_step()
        if self.bench.folder.outdated:
            revision = self.bench.folder.revision
            self._remark = (
                f"This folder was started with revision {revision} of the lab, which is at {self.lab.revision} "
                "now. You can go on; z brings the new files and keeps yours."
            )
        self.set_interval(_LOOK, self._look)
        self.set_interval(_TICK, self._go_on_drawing)

    def on_unmount(self) -> None:
        self._work.leave()

    @on(ScreenResume)
    def _back_again(self) -> None:
        if self.is_mounted:
            self._look()

    # What is on the screen

    def _head(self, width: int) -> list[Content]:
        lab, step = self.lab, self._step
        sdk = sdk_words(step.sdk if step is not None and step.sdk else lab.sdk)
        where = "through" if step is None else f"step {lab.steps.index(step) + 1} of {len(lab.steps)}"
        return [head(lab, f"{sdk} · {lab.minutes} min · {where}", width)]

    def _line(self, width: int) -> list[Content]:
        return [steps_line(self.lab.steps, self._step, self._progress.done, self._verdicts, width)]

    def _edit(self, width: int) -> list[Content]:
        if self._step is None:
            return []
        file = self.bench.folder.path / self._step.file
        line = editor.todo(file)
        place = f"  line {line}" if line else ""
        return [
            Content.assemble(("Edit  ", "$quiet"), (self._step.file, "bold $accent"), (place, "$quiet")),
            *wrapped(
                Content.assemble(("in    ", "$quiet"), (shown_path(self.bench.folder.path), "$quiet")), width
            ),
        ]

    def _not_yet(self, width: int) -> list[Content]:
        if self._progress.current is None:
            return []
        return wrapped(
            "When all steps hold, this shows how we would have done it and what you did otherwise. "
            "Until then h gives a hint, from a nudge to nearly the line.",
            width,
            "$quiet",
        )

    def _foot(self, width: int) -> list[Content]:
        """What runs, what the checks said, or what to do."""
        if self._doing:
            seconds = time.monotonic() - self._since
            told = share(self._output.last)
            took = f"  {span(seconds)}" if seconds >= 1 else ""
            bar = going(min(20, max(5, width // 4)), self._tick, told)
            after = "  your save comes next" if self._again else ""
            said = Content.assemble(bar, f"  {self._doing}", (took + after, "$quiet"))
            return [said.truncate(width, ellipsis=True)]
        if self._remark:
            return wrapped(self._remark, width)
        failed = next((verdict for verdict in self._verdicts.values() if not verdict.passed), None)
        if failed is not None:
            return verdict_lines(self.lab, failed, width)
        if self._step is None:
            return [Content.assemble(("✓", "bold $success"), " All steps hold: the lab is through.")]
        if (verdict := self._verdicts.get(self._step.id)) is not None:
            return verdict_lines(self.lab, verdict, width)
        if self._step.id in self._progress.done:
            return [Content.assemble(("✓", "$success"), " This step is done.")]
        what = "run and checked" if self._step.command else "checked"
        return wrapped(f"Save {self._step.file}, and this step is {what}.", width, "$quiet")

    def _draw(self) -> None:
        """Draws what may have changed: signs, foot, keys."""
        for name in ("#head", "#line", "#verdict", "#edit", "#not-yet"):
            self.query_one(name, Drawn).refresh(layout=True)
        rows = step_rows(self.lab.steps, self._step, self._progress.done, self._verdicts)
        self.query_one(Steps).show(rows, at=self._step.id if self._step is not None else None)
        self.refresh_bindings()

    def _show_step(self) -> None:
        """Shows the step, or that the lab is through."""
        text = self.query_one("#instructions > Prose", Prose)
        text.show("" if self._step is None else self._step.instructions)
        through = self.query_one("#through", Drawn)
        through.display = self._through
        if self._through:
            topics = self._topics()
            through.show(lambda width: self._through_lines(topics, width))
        self.query_one("#edit").display = not self._through
        self._show_hints()
        self.query_one("#instructions", Pane).scroll_home(animate=False)
        self._draw()

    def _show_hints(self) -> None:
        parts: list[str] = []
        if self._step is not None:
            hints = self._step.hints
            seen = self._progress.hints.get(self._step.id, 0)
            for number, hint in enumerate(hints[:seen], start=1):
                parts.append(f"**Hint {number} of {len(hints)}**\n\n{hint.strip()}")
        self.query_one(".hints", Prose).show("\n\n".join(parts))

    def _topics(self) -> list[tuple[str, float | None]]:
        """The lab's topics by title, with what is known of each."""
        states, catalogue = self.learner.topics(), self.learner.catalogue
        found: list[tuple[str, float | None]] = []
        for topic in self.lab.topics:
            state = states.get(topic)
            if state is not None:
                found.append((catalogue.title(topic), state.mastery if state.total else None))
        return found

    def _through_lines(self, topics: list[tuple[str, float | None]], width: int) -> list[Content]:
        lab = self.lab
        lines = [
            Content.assemble(("✓ ", "bold $success"), (f"Lab {lab.number} is through", "bold")),
            Content(),
        ]
        lines += wrapped(achieved(lab), width)
        lines.append(Content())
        for number, step in enumerate(lab.steps, start=1):
            lines.append(Content.assemble(("✓ ", "$success"), (f"{number} ", "$quiet"), step.title))
        if topics:
            lines += [Content(), Content.styled("It counts for", "bold"), *topic_lines(topics, width)]
        lines += [Content(), *wrapped("d shows how we would have done it.", width, "$quiet")]
        return lines

    def _go_on_drawing(self) -> None:
        if self._doing:
            self._tick += 1
            self.query_one("#verdict", Drawn).refresh(layout=True)

    def _look(self) -> None:
        """Asks memory how far the work is: another terminal may have gone on with it."""
        if not self.is_current:
            return
        before = self._progress
        with suppress(StoreError):  # the next look may do better, and the next thing that is kept tells
            self._progress = log.progress(self.learner.store, self.bench.folder.key) or before
        if self._progress == before:
            return
        if self._progress.hints != before.hints:
            self._show_hints()
        self._ask_whether_through()
        self._draw()

    def _ask_whether_through(self) -> None:
        """When the last step has passed, the lab is through, whoever saw it pass."""
        if self._progress.current is None and self._step is not None and not self._doing:
            self._step = None
            self._show_step()
            self._tab(0)
            self._show_solution()

    # Tabs

    def _tab(self, number: int) -> None:
        panel = self.query_one("#panel")
        for place in range(len(_TABS)):
            panel.set_class(place == number, f"-tab{place}")
        self.query_one(TabLine).shown = number
        if number == 3:
            self._show_solution()
        if not isinstance(self.focused, Steps):
            self._to_panel()
        if number == 2:
            self.query_one(Runs).look()

    def _to_panel(self) -> None:
        shown = self.query_one(TabLine).shown
        if shown == 2:
            self.query_one(Runs).focus_list()
        else:
            target: Widget = (
                self.query_one("#instructions"),
                self._output,
                self,
                self.query_one("#solution"),
            )[shown]
            target.focus(scroll_visible=False)

    def action_tab(self, number: int) -> None:
        """Opens a tab."""
        self._tab(number)

    def action_turn(self, by: int) -> None:
        """To the tab beside."""
        self._tab((self.query_one(TabLine).shown + by) % len(_TABS))

    @on(TabLine.Picked)
    def _picked(self, event: TabLine.Picked) -> None:
        event.stop()
        self._tab(event.number)

    def action_difference(self) -> None:
        """Opens the solution."""
        self._tab(3)

    @told
    def _show_solution(self) -> None:
        if self._progress.current is None:
            self.query_one(Solution).show(desk.differences(self.bench.folder), desk.solution(self.bench))

    # Running and checking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something now are listed."""
        if action == "stop":
            return bool(self._doing)
        if action in ("next_lab", "study"):
            return self._through and not (action == "study" and self.dp100.in_session)
        if action == "go_on":
            return self._holds
        if action in ("run", "check", "reset"):
            return not self._doing and not (action == "run" and self._through)
        if action in ("hint", "edit"):
            return not self._through and not (action == "hint" and not (self._step and self._step.hints))
        if action == "difference":
            return True
        return True

    @property
    def _holds(self) -> bool:
        """Whether the step on show is done, and no check has said otherwise since."""
        if self._step is None or self._step.id not in self._progress.done:
            return False
        verdict = self._verdicts.get(self._step.id)
        return verdict is None or verdict.passed

    def _begin(self, doing: str) -> None:
        self._doing, self._since, self._tick = doing, time.monotonic(), 0
        self._remark, self._sure, self._again = "", False, False
        self._draw()

    def _check(self, *, only: Step | None = None) -> None:
        """Checks the step and those before it, or one anew."""
        steps = self.lab.steps
        until = steps if self._step is None else steps[: steps.index(self._step) + 1]
        wanted = [only] if only is not None else list(until)
        self._begin("Checking")
        self._verdicts = {}
        self._draw()
        self._work.check(wanted, anew=only is not None)

    def action_run(self) -> None:
        """Runs the step's command again, its output in sight, and checks it."""
        if self._step is None:
            return
        if self._step.command:
            self._tab(1)
        self._check(only=self._step)

    def action_check(self) -> None:
        """Checks the step and those before it."""
        self._check()

    def action_stop(self) -> None:
        """Ends what runs."""
        self._work.stop()

    @on(Running)
    def _starts(self, event: Running) -> None:
        words = " ".join(event.step.command)
        self._doing = f"Running {words}"
        self._output.feed(f"$ {words}\n")
        self._draw()

    @on(Told)
    @told
    def _told(self, event: Told) -> None:
        self._doing = "Checking"
        self._verdicts[event.verdict.step] = event.verdict
        self._progress = self.bench.progress()
        self._draw()

    @on(Ended)
    @told
    def _ended(self, event: Ended) -> None:
        self._doing = ""
        self._output.flush()
        self._remark = "Stopped." if event.stopped else event.why
        self._progress = self.bench.progress()
        self.query_one(Runs).look()
        if self._again:
            self._check()
            return
        if all(verdict.passed for verdict in self._verdicts.values()) and not self._remark:
            self._ask_whether_through()
        self._draw()

    @on(Saved)
    def _saved(self, event: Saved) -> None:
        """A save runs and checks the step; what was saved meanwhile is checked afterwards."""
        if self._doing:
            self._again = True
        else:
            self._check()

    # What else the keys do

    @on(Rows.Chosen, "#steps")
    def _step_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self._go_to(self.lab.step(event.id))

    def _go_to(self, step: Step | None) -> None:
        self._step = step
        self._remark = ""
        self._verdicts = {id: verdict for id, verdict in self._verdicts.items() if verdict.passed}
        self._show_step()
        self._tab(0)

    def action_go_on(self) -> None:
        """To the first step that is not done, or the one after a step that was looked at again."""
        if self._step is None or not self._holds:
            return
        steps = self.lab.steps
        after = steps[steps.index(self._step) + 1 :]
        self._go_to(after[0] if after else self.bench.current())

    def action_before(self) -> None:
        """The step before."""
        steps = self.lab.steps
        place = len(steps) if self._step is None else steps.index(self._step)
        if place > 0:
            self._go_to(steps[place - 1])

    def action_hint(self) -> None:
        """The next hint, under the instructions."""
        if self._step is None:
            return
        desk.hint(self.bench, self._step)
        self._progress = self.bench.progress()
        self._tab(0)
        self._show_hints()
        self.call_after_refresh(self.query_one("#instructions", Pane).scroll_end, animate=False)

    def action_edit(self) -> None:
        """Opens the step's file in the learner's editor, at the work to be done."""
        if self._step is None:
            return
        file = self.bench.folder.path / self._step.file
        editor.command(file)  # one that is not there is told while the screen is
        try:
            with self.app.suspend():
                editor.edit(file, editor.todo(file))
        except SuspendNotSupported:
            self.notify(f"No editor can be opened from here. The file is {file}", timeout=30, markup=False)
        self._draw()

    def action_reset(self) -> None:
        """Asks once, then puts the lab back to its start."""
        if not self._sure:
            self._sure = True
            self._remark = (
                "z once more starts the lab over: the starting files come back, its workspace is emptied, and "
                "your files are kept in a folder beside it."
            )
            self._draw()
            return
        self._begin("Putting the starting files back")
        self._verdicts = {}
        self._work.reset()

    @on(Renewed)
    @told
    def _renewed(self, event: Renewed) -> None:
        self._work.leave()
        self._work = AtWork(event.bench, self.post_message, self._output.feed)
        self._work.watch()
        self._doing, self._again = "", False
        self._progress = self.bench.progress()
        self._go_to(self.bench.current())
        self._remark = event.said
        self._draw()

    def action_note(self) -> None:
        """The note of the lab's first topic; Escape comes back here."""
        self.dp100.open_notes(self.lab.topics[0])

    def action_study(self) -> None:
        """A session on the lab's topics."""
        items = [item.id for topic in self.lab.topics for item in self.learner.catalogue.items(topic=topic)]
        self.dp100.open_study(items)

    def action_labs(self) -> None:
        self.dp100.open_labs()

    def action_next_lab(self) -> None:
        """The lab with the next number, in place of this one."""
        from dp100.labs import shelf

        after = next((lab for lab in shelf.labs() if lab.id > self.lab.id), None)
        self.dp100.go_back()
        if after is not None:
            self.dp100.open_lab(after.id)
        else:
            self.dp100.open_labs()

    def action_back(self) -> None:
        """Ends what runs; else from one run to the list; else back."""
        runs = self.query_one(Runs)
        if self._doing:
            self.action_stop()
        elif self.query_one(TabLine).shown == 2 and runs.opened:
            runs.close()
        else:
            self.dp100.go_back()

    def action_leave(self) -> None:
        self.dp100.go_back()
