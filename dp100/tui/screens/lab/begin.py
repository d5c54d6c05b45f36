"""A lab that was not begun yet, or whose folder is not where it was: what it is about, and one key to begin."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from dp100.curriculum.lab import Lab
from dp100.errors import Dp100Error
from dp100.labs.bench import Bench
from dp100.quiz.wording import count
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.lab.lines import about, head, sdk_words
from dp100.tui.screens.lab.topics import open_note_of
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.pane import Pane
from dp100.tui.widgets.progress import going
from dp100.tui.widgets.prose import Prose

_TICK = 0.2


class Where(Input):
    """The folder to begin in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "submit", "begin"),
        Binding("escape", "screen.to_text", "back to the text", id="back"),
    ]


class Begun(Message):
    """The lab's folder is there."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench


class NotBegun(Message):
    """It could not be made; the sentence says why."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class BeginScreen(Page):
    """Goal, reason and steps of a lab."""

    CSS_PATH = "lab.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#about"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "begin", "begin"),
        Binding("f", "folder", "another folder", id="lab.folder"),
        key("notes", "note", "the note"),
        key("back", "back", show=True),
    ]

    def __init__(self, lab: Lab, *, gone: Path | None = None, trouble: str = "") -> None:
        """The page of a lab.

        Args:
            lab: which.
            gone: the folder in which it was begun, which is not there any more.
            trouble: a sentence on why that folder cannot be used.
        """
        super().__init__()
        self.lab = lab
        self._gone = gone
        self._said = trouble
        self._busy = False
        self._tick = 0
        if gone is not None:
            self._said = (
                f"The folder {gone} is not there any more. If you moved it, press f and write where it is now: "
                "your progress goes with it. Enter begins anew."
            )

    @property
    def lab_id(self) -> str:
        """The id of the lab."""
        return self.lab.id

    def compose(self) -> ComposeResult:
        lab = self.lab
        with Vertical(id="body"):
            yield Drawn(
                lambda width: [head(lab, f"{sdk_words(lab.sdk)} · {lab.minutes} min", width)], id="head"
            )
            with Pane(id="about"):
                yield Prose(about(lab))
                yield Drawn(self._steps, classes="steps")
            yield Drawn(self._folder_line, id="label")
            where = Where(str(Path.cwd() / lab.id), id="where", compact=True)
            yield where
            yield Drawn(self._verdict, id="verdict")
        yield KeyBar()

    def on_mount(self) -> None:
        self.set_interval(_TICK, self._go_on_drawing)

    def _steps(self, width: int) -> list[Content]:
        lines = [Content.styled(count(len(self.lab.steps), "step"), "bold")]
        for number, step in enumerate(self.lab.steps, start=1):
            sdk = f"  {step.sdk}" if step.sdk and self.lab.sdk == "any" else ""
            lines.append(Content.assemble((f"{number:>3} ", "$quiet"), step.title, (sdk, "$quiet")))
        return lines

    def _folder_line(self, width: int) -> list[Content]:
        return [Content.styled("Your files will be in", "$quiet")]

    def _verdict(self, width: int) -> list[Content]:
        if self._busy:
            bar = going(min(20, width), self._tick)
            return [Content.assemble(bar, "  Making your folder, the workspace and the data")]
        if self._said:
            return wrapped(Content.assemble(("✗ ", "$error"), self._said), width)
        return []

    def _go_on_drawing(self) -> None:
        if self._busy:
            self._tick += 1
            self.query_one("#verdict", Drawn).refresh()

    def _say(self, why: str, *, busy: bool = False) -> None:
        self._said, self._busy = why, busy
        self.query_one("#verdict", Drawn).refresh(layout=True)
        self.refresh_bindings()

    # What the keys do

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return not (self._busy and action in ("begin", "folder"))

    def action_folder(self) -> None:
        """Goes to the line with the folder."""
        self.query_one(Where).focus()

    def action_to_text(self) -> None:
        self.query_one(Pane).focus()

    def action_note(self) -> None:
        """The note of the lab's topic, or a choice where it has several."""
        open_note_of(self.dp100, self.lab)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_begin()

    def action_begin(self) -> None:
        """Begins in the folder, or goes on there where this lab was begun in it."""
        if self._busy:
            return
        text = self.query_one(Where).value.strip()
        if not text:
            self._say("Write the folder to begin in.")
            return
        target = Path(text).expanduser()
        self.query_one(Pane).focus()
        self._say("", busy=True)
        self.run_worker(lambda: self._make(target), thread=True, group="begin", exit_on_error=False)

    def _make(self, target: Path) -> None:
        """In a thread: it takes seconds."""
        from dp100.labs import desk
        from dp100.labs.folder import MARKER, open_folder

        store = self.learner.store
        try:
            if (target / MARKER).is_file() and (
                there := open_folder(target, store.home)
            ).lab.id == self.lab.id:
                bench = Bench(there, store)
                bench.progress()
            else:
                bench = desk.start(self.lab, target, store.home, store)
        except Dp100Error as error:
            self.post_message(NotBegun(str(error)))
        else:
            self.post_message(Begun(bench))

    @on(NotBegun)
    def _not_begun(self, event: NotBegun) -> None:
        self._say(event.why)

    @on(Begun)
    def _begun(self, event: Begun) -> None:
        from dp100.tui.screens.lab.screen import LabScreen

        self._busy = False
        if self.is_current:
            self.app.switch_screen(LabScreen(event.bench))
        else:
            self._say("")
