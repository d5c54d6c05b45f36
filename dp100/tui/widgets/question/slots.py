"""An option for every prompt or blank; the list of options opens under the one that is on."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from dp100.quiz.grading import blank
from dp100.quiz.presentation import Answer, Presentation
from dp100.tui.widgets.question.pad import Pad, indented, shown_mark, verdict
from dp100.tui.widgets.question.row import Row, Said

OPEN = "*choose*"


class Slots(Pad):
    """Tab goes from slot to slot; arrows move in the list, Enter or space takes the marked option."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "slot(1)", "next", id="answer.next"),
        Binding("shift+tab", "slot(-1)", "previous", id="answer.previous", show=False),
        Binding("space", "take", "take", id="answer.take"),
        *[Binding(str(n), f"pick({n})", f"option {n}", id=f"answer.{n}", show=False) for n in range(1, 10)],
    ]
    DEFAULT_CSS = """
    Slots .slot { height: auto; }
    Slots .list { height: auto; display: none; margin: 0 0 0 5; }
    Slots .slot.-open .list { display: block; }
    """

    def __init__(
        self, presentation: Presentation, answer: Answer = (), *, locked: bool = False, marked: bool = True
    ) -> None:
        super().__init__(presentation, answer, locked=locked, marked=marked)
        self.taken: list[int | None] = list(answer or blank(presentation))
        self.slot = self._next_open(0) if None in self.taken else 0
        self.cursor = 0
        self.blanks = presentation.form == "fill"

    def compose(self) -> ComposeResult:
        for number, slot in enumerate(self.presentation.slots):
            with Vertical(classes="slot"):
                # A blank has no prompt but its place in the body; what was chosen stands there instead.
                prompt = OPEN if self.blanks else slot.prompt
                plain = not self.blanks
                yield Row(prompt, f"{number + 1} ", target=number, classes="prompt", plain=plain)
                # Its options are put in when it is first opened: all of them at once would be fifty widgets.
                yield Vertical(classes="list")

    def on_mount(self) -> None:
        self._start_cursor()
        self._refresh()

    @property
    def answer(self) -> Answer:
        return tuple(self.taken)

    def missing(self) -> str:
        left = self.taken.count(None)
        done = len(self.taken) - left
        return f"{done} of {len(self.taken)} chosen; space takes an option." if left else ""

    def settle(self) -> bool:
        if self.locked or self.taken[self.slot] is not None or self.cursor < 0:
            return False
        self.action_take()
        return True

    def action_move(self, step: int) -> None:
        if not self.locked:
            options = self.presentation.slots[self.slot].options
            here = self.cursor if self.cursor >= 0 or step > 0 else 0
            self.cursor = (here + step) % len(options)
            self._refresh()

    def action_slot(self, step: int) -> None:
        """Open the next slot, or the one before."""
        if not self.locked:
            self.slot = (self.slot + step) % len(self.taken)
            self._start_cursor()
            self._refresh()

    def action_pick(self, number: int) -> None:
        """Take the option with this number for the open slot."""
        if not self.locked and number <= len(self.presentation.slots[self.slot].options):
            self.cursor = number - 1
            self.action_take()

    def action_take(self) -> None:
        """Take the marked option, and go on to the next slot that is still open."""
        if self.locked or self.cursor < 0:
            return
        self.taken[self.slot] = self.presentation.slots[self.slot].options[self.cursor].index
        if None in self.taken:
            self.slot = self._next_open(self.slot)
        self._start_cursor()
        self._refresh()
        self.changed()

    @on(Row.Pressed)
    def _pressed(self, event: Row.Pressed) -> None:
        event.stop()
        self.focus(scroll_visible=False)
        if self.locked:
            return
        if event.row.has_class("prompt"):
            self.slot = event.row.target
            self._start_cursor()
            self._refresh()
        else:
            self.cursor = event.row.target
            self.action_take()

    def show_judged(self, *, all_whys: bool) -> None:
        for box, line in zip(self.query(".slot").results(Vertical), self.judged or [], strict=False):
            box.remove_class("-open")
            shown = replace(line, text=_shown(line.text, self.blanks))
            given = _shown(line.given, self.blanks) if line.given else None
            row = box.query_one(".prompt", Row)
            if self.blanks:
                row.judge(shown_mark(line), verdict(shown), text=given or "*not answered*")
                continue
            if line.mark == "right":
                mine = Said(shown.text, "success", "→")
            else:
                mine = Said(given, "error", "✗") if given else Said("*not answered*", "quiet")
            row.judge(shown_mark(line), [mine, *indented(verdict(shown))])

    def _next_open(self, start: int) -> int:
        order = [*range(start, len(self.taken)), *range(start)]
        return next((number for number in order if self.taken[number] is None), start)

    def _start_cursor(self) -> None:
        """Put the cursor on the option that was taken, else on the first, or on none where nothing is marked."""
        order = [option.index for option in self.presentation.slots[self.slot].options]
        taken = self.taken[self.slot]
        self.cursor = order.index(taken) if taken in order else 0 if self.marked else -1

    def _refresh(self) -> None:
        if self.judged is not None:
            return
        for number, box in enumerate(self.query(".slot").results(Vertical)):
            is_open = number == self.slot and not self.locked
            box.set_class(is_open, "-open")
            row = box.query_one(".prompt", Row)
            row.pointed = is_open
            option = self.presentation.slots[number].option(self.taken[number])
            taken = _shown(option.text, self.blanks) if option else OPEN
            if self.blanks:
                row.change(text=taken)
            else:
                row.change(said=[Said(taken, "none" if option else "quiet", "→")])
            if not is_open:
                continue
            if not box.query(".option"):
                self._fill(box.query_one(".list", Vertical), number)
            for place, choice in enumerate(box.query(".option").results(Row)):
                choice.pointed = place == self.cursor
            self.into_view(box)

    def _fill(self, box: Vertical, number: int) -> None:
        options = self.presentation.slots[number].options
        box.mount_all(
            Row(_shown(option.text, self.blanks), f"{place + 1} ", target=place, classes="option")
            for place, option in enumerate(options)
        )


def _shown(text: str, code: bool) -> str:
    """Options of a blank are code unless they say otherwise; as Markdown they would lose their signs."""
    if not code or "`" in text:
        return text
    return f"`{text}`"
