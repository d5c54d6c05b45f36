"""A lab under way: its steps, what to do, what came of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content

from dp100.curriculum.lab import Lab, Step
from dp100.labs import desk, editor
from dp100.labs.bench import Bench
from dp100.tui.keys import key
from dp100.tui.screens.lab.atwork import Ended
from dp100.tui.screens.lab.foot import Foot
from dp100.tui.screens.lab.instructions import Instructions, Known
from dp100.tui.screens.lab.lines import head, sdk_words, step_rows, steps_line
from dp100.tui.screens.lab.panel import INSTRUCTIONS, OUTPUT, RUNS, SOLUTION, TABS, Panel
from dp100.tui.screens.lab.parts import Steps
from dp100.tui.screens.lab.runs import Runs
from dp100.tui.screens.lab.topics import open_note_of
from dp100.tui.screens.lab.working import WorkingPage
from dp100.tui.widgets.drawn import Drawn
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Rows

_ASKED = (
    "z once more starts the lab over: the starting files come back, its workspace is emptied, and "
    "your files are kept in a folder beside it."
)


class LabScreen(WorkingPage):
    """A lab at its current step."""

    CSS_PATH = "lab.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (140, "-huge")]
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (16, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#instructions"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "go_on", "next step"),
        key("enter", "finish", "to the end"),
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
            for n, name in enumerate(TABS, 1)
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
        super().__init__(bench)
        self.output.add_class("tab")

    @property
    def lab(self) -> Lab:
        """Which lab it is."""
        return self.now.lab

    @property
    def lab_id(self) -> str:
        """The id of the lab."""
        return self.lab.id

    def compose(self) -> ComposeResult:
        now = self.now
        instructions = Instructions(now, self._topics, id="instructions", classes="tab")
        runs = Runs(lambda: now.bench.folder.azure, lambda: self.busy, id="runs", classes="tab")
        with Vertical(id="body"):
            yield Drawn(self._head, id="head")
            yield Drawn(self._line, id="line")
            with Horizontal(id="columns"):
                steps = Steps(self._in_sight, id="steps")
                steps.border_title = "Steps"
                yield steps
                yield Panel(now, instructions, self.output, runs, id="panel")
            yield Foot(now, self.output, id="foot")
        yield KeyBar(span=144)

    def on_mount(self) -> None:
        self._panel.open(INSTRUCTIONS)
        folder = self.now.bench.folder
        if folder.outdated:
            self.now.remark = (
                f"This folder was started with revision {folder.revision} of the lab, which is at "
                f"{self.lab.revision} now. You can go on; z brings the new files and keeps yours."
            )
        self._instructions.show_step()
        self.draw()
        self.take_up()

    # What is on the screen

    @property
    def _panel(self) -> Panel:
        return self.query_one(Panel)

    @property
    def _instructions(self) -> Instructions:
        return self.query_one(Instructions)

    def _head(self, width: int) -> list[Content]:
        lab, step = self.lab, self.now.step
        sdk = sdk_words(step.sdk if step is not None and step.sdk else lab.sdk)
        where = "through" if step is None else f"step {self.now.number(step)} of {len(lab.steps)}"
        return [head(lab, f"{sdk} · {lab.minutes} min · {where}", width)]

    def _line(self, width: int) -> list[Content]:
        now = self.now
        return [steps_line(self.lab.steps, now.step, now.progress.done, now.verdicts, width)]

    def draw(self) -> None:
        """Draws what may have changed: signs, foot, keys."""
        now = self.now
        for name in ("#head", "#line"):
            self.query_one(name, Drawn).refresh(layout=True)
        for part in (self.query_one(Foot), self._instructions, self._panel):
            part.look()
        rows = step_rows(self.lab.steps, now.step, now.progress.done, now.verdicts)
        self.query_one(Steps).show(rows, at=now.step.id if now.step is not None else None)
        self.refresh_bindings()

    def _in_sight(self, step: str) -> bool:
        """Whether the instructions of a step are what is on show."""
        shown = self.now.step
        return shown is not None and shown.id == step and self._panel.shown == INSTRUCTIONS

    def show_hints(self) -> None:
        self._instructions.show_hints()

    def go_to(self, step: Step | None) -> None:
        self.now.go_to(step)
        self._instructions.show_step()
        self.draw()
        self._panel.open(INSTRUCTIONS)

    @on(Ended)
    def _look_at_runs(self) -> None:
        self.query_one(Runs).look()

    def _topics(self) -> Known:
        """What is known of the lab's topics."""
        states, catalogue = self.learner.topics(), self.learner.catalogue
        found = [(topic, states[topic]) for topic in self.lab.topics if topic in states]
        return [(catalogue.title(topic), state.mastery if state.total else None) for topic, state in found]

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something now are listed."""
        now = self.now
        if action == "stop":
            return bool(now.doing)
        if action in ("next_lab", "study"):
            return now.through and not (action == "study" and self.dp100.in_session)
        if action in ("go_on", "finish"):
            return now.holds and (now.after is None) == (action == "finish")
        if action in ("run", "check", "reset"):
            return not now.doing and not (action == "run" and now.through)
        if action in ("hint", "edit"):
            return now.step is not None and not (action == "hint" and not now.step.hints)
        return True

    @on(Rows.Chosen, "#steps")
    def _step_chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.go_to(self.lab.step(event.id))

    def action_go_on(self) -> None:
        """To the step after this one, or behind the last to the first that is not done."""
        if self.now.holds:
            self.go_to(self.now.after)

    def action_finish(self) -> None:
        """From the last step to the page that tells that the lab is through."""
        self.action_go_on()

    def action_before(self) -> None:
        """The step before."""
        if (step := self.now.before) is not None:
            self.go_to(step)

    def action_tab(self, number: int) -> None:
        """Opens a tab."""
        self._panel.open(number)

    def action_turn(self, by: int) -> None:
        """To the tab beside."""
        self._panel.turn(by)

    def action_difference(self) -> None:
        """Opens the solution."""
        self._panel.open(SOLUTION)

    def action_run(self) -> None:
        """Runs the step's command again, its output in sight, and checks it."""
        if (step := self.now.step) is None:
            return
        if step.command:
            self._panel.open(OUTPUT)
        self.check(only=step)

    def action_check(self) -> None:
        """Checks the step and those before it."""
        self.check()

    def action_stop(self) -> None:
        """Ends what runs."""
        self.stop()

    def action_hint(self) -> None:
        """The next hint, under the instructions."""
        if (step := self.now.step) is None:
            return
        desk.hint(self.now.bench, step)
        self.now.renew()
        self._panel.open(INSTRUCTIONS)
        self.show_hints()
        self.call_after_refresh(self._instructions.scroll_end, animate=False)

    def action_edit(self) -> None:
        """Opens the step's file in the learner's editor, at the work to be done."""
        if (step := self.now.step) is None:
            return
        file = self.now.bench.folder.path / step.file
        editor.command(file)  # one that is not there is told while the screen is
        try:
            with self.app.suspend():
                editor.edit(file, editor.todo(file, self.now.number(step)))
        except SuspendNotSupported:
            self.app.copy_to_clipboard(str(file))
            said = f"No editor can be opened from here. The file's path was copied to the clipboard: {file}"
            self.notify(said, timeout=30, markup=False)
        self.draw()

    def action_reset(self) -> None:
        """Asks once, then puts the lab back to its start."""
        if self.now.remark != _ASKED:
            self.now.remark = _ASKED
            self.draw()
        else:
            self.start_over()

    def action_note(self) -> None:
        """The note of the lab's topic, or a choice where it has several; Escape comes back here."""
        open_note_of(self.dp100, self.lab)

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
        if self.now.doing:
            self.action_stop()
        elif self._panel.shown == RUNS and runs.opened:
            runs.close()
        else:
            self.dp100.go_back()

    def action_leave(self) -> None:
        self.dp100.go_back()
