"""Sitting the exam: one question at a time, the clock, and no feedback."""

from __future__ import annotations

import contextlib
import time
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content

from dp100.errors import Dp100Error
from dp100.quiz.exam.sitting import Sitting
from dp100.quiz.exam.time_left import WARN_AT, TimeLeft
from dp100.quiz.grading import is_begun
from dp100.quiz.wording import clock, count
from dp100.tui.keys import key
from dp100.tui.screens.asking import BESIDE_FROM, CASE_HINT, AskingPage
from dp100.tui.screens.exam.confirm import ConfirmScreen
from dp100.tui.tell import tell, told
from dp100.tui.widgets.bar import bar, spread
from dp100.tui.widgets.drawn import Drawn
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.question.pad import Pad
from dp100.tui.widgets.question.view import QuestionView

TELL_EVERY = 30.0
"""Seconds after which an error that goes on is told again."""

_SECTIONS = {
    "series": "A series: one scenario and several proposed solutions, one after the other.",
    "case": "A case study: a scenario in tabs, and {} about it.",
}


class ExamScreen(AskingPage):
    """One question of an open exam."""

    CSS_PATH = "sitting.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "next", "next"),
        Binding("i", "scenario", "scenario", id="study.scenario"),
        Binding("p", "previous", "previous", id="exam.previous"),
        Binding("f", "flag", "flag", id="exam.flag"),
        Binding("r", "review", "review", id="exam.review"),
        key("notes", "note", "the note"),
        Binding("N", "note", "the note", id="exam.note", show=False),
        Binding("c", "clock(False)", "hide the clock", id="exam.clock"),
        Binding("c", "clock(True)", "show the clock", id="exam.clock"),
        Binding("E", "end", "end the exam", id="exam.end"),
        key("back", "leave"),
        key("leave", "leave", show=False),
    ]

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self._clock_shown = True
        self._time_left = TimeLeft(sitting.remaining)
        self._over = False
        self._told_at = -TELL_EVERY

    @property
    def closed_book(self) -> bool:
        """The notes stay shut, however one asks for them, unless the exam is sat with them."""
        return not self.sitting.record.open_book

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Drawn(self._head, id="head")
            yield Drawn(self._state, id="state")
            with Horizontal(id="columns"):
                yield Vertical(id="side")
                yield VerticalScroll(id="scroll", can_focus=False)
            yield Drawn(id="foot")
        yield KeyBar()

    async def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)
        try:
            await self._show()
        except Dp100Error as error:
            tell(self.app, error)
            self.dp100.go_back()

    def on_resize(self, event: events.Resize) -> None:
        self.place_case()
        self.refresh_bindings()

    # --- what is on the screen

    async def _show(self) -> None:
        self.hold()
        self._case_only = False
        scroll = self.query_one("#scroll", VerticalScroll)
        place = self.sitting.place
        view = QuestionView(self.sitting.presentation, place.answer, locked=place.locked, marked=False)
        if place.kind == "case" and self.size.width < BESIDE_FROM:
            self._say(CASE_HINT)
        with self.app.batch_update():
            await scroll.remove_children()
            await scroll.mount(view)
            await self.show_case(self.sitting.case)
            scroll.scroll_home(animate=False)
            self._view = view
            self.place_case()
            self._redraw()
        view.pad.focus(scroll_visible=False)
        self.release()

    def _redraw(self) -> None:
        for drawn in self.query("#head, #state").results(Drawn):
            drawn.refresh()

    def _head(self, width: int) -> list[Content]:
        place, total = self.sitting.place, len(self.sitting.places)
        section = {"case": " · case study", "series": " · series"}.get(place.kind, "")
        flag = ("  ⚑ flagged", "$warning") if place.flagged else ""
        left = Content.assemble(
            ("Mock exam", "bold"), (f"   Question {place.position + 1} of {total}{section}", ""), flag
        )
        remaining = self.sitting.remaining
        style = (
            "$error" if remaining < WARN_AT[1] else "$warning" if remaining < WARN_AT[0] else "$foreground"
        )
        right = (
            Content.styled(f"⏱ {clock(remaining)}", style)
            if self._clock_shown
            else Content.styled("⏱ –", "$quiet")
        )
        return [spread(left, right, width)]

    def _state(self, width: int) -> list[Content]:
        standing = self.sitting.standing
        words = Content.styled(f"  {standing.answered} answered · {standing.flagged} flagged", "$quiet")
        return [
            Content.assemble(
                bar(standing.answered / standing.total, max(12, width - words.cell_length)), words
            )
        ]

    def _say(self, text: Content | str) -> None:
        self.query_one("#foot", Drawn).show(
            lambda width: [spread(Content(text) if isinstance(text, str) else text, Content(""), width)]
        )

    # --- the clock

    def _tick(self) -> None:
        """Once a second. What cannot be written is tried again the next second, but not told as often."""
        if self._over:
            return
        try:
            remaining = self.sitting.tick()
            if self.sitting.is_over:
                self._finish("Time is up.")
                return
        except Dp100Error as error:
            if time.monotonic() - self._told_at > TELL_EVERY:
                self._told_at = time.monotonic()
                tell(self.app, error)
            remaining = self.sitting.remaining
        if line := self._time_left.line(remaining):
            self._say(Content.styled(f"! {line}", "$warning"))
        if self.is_current:
            self.query_one("#head", Drawn).refresh()

    # --- what the candidate does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something now are listed."""
        if self.holding and action not in ("leave", "scroll", "scroll_line", "clock"):
            return False
        if action == "clock":
            return parameters == (not self._clock_shown,)
        if action == "note":
            return self.sitting.record.open_book
        if action == "scenario":
            return self.sitting.presentation.case is not None and self.size.width < BESIDE_FROM
        if action == "tab":
            return self.sitting.presentation.case is not None
        return True

    @on(Pad.Changed)
    @told
    def _answered(self, event: Pad.Changed) -> None:
        self._keep()
        self._redraw()

    def _keep(self) -> None:
        """Write the answer as it stands.

        A message may arrive when another question is open already, so it is the pad on the screen that is
        asked, and it is asked again before its question is left.
        """
        if self._view is None or self._view.presentation is not self.sitting.presentation:
            return
        answer = self._view.pad.answer
        if answer != self.sitting.place.answer and (is_begun(answer) or self.sitting.place.begun):
            self.sitting.answer(answer)

    def action_next(self) -> None:
        """Enter: take what is marked, or go to the next question; behind the last one, the review."""
        if self._view is not None and self._view.pad.settle():
            return
        here = self.sitting.position
        following = next(
            (n for n in range(here + 1, len(self.sitting.places)) if self.sitting.can_enter(n)), None
        )
        if following is None:
            self.action_review()
        else:
            self.open(following)

    def action_previous(self) -> None:
        """Go to the question before, if its section may be entered."""
        before = next(
            (n for n in range(self.sitting.position - 1, -1, -1) if self.sitting.can_enter(n)), None
        )
        if before is None:
            self._say(Content.styled("There is no question before this one.", "$quiet"))
        else:
            self.open(before)

    def open(self, position: int) -> None:
        """Open a question; asks first where that leaves a section for good, and announces a new one."""
        sitting = self.sitting
        target = sitting.places[position]
        leaving, entering = sitting.leaves_section(position), target.section != sitting.place.section

        async def change() -> None:
            self._keep()
            sitting.go(position)
            self._say("")
            await self._show()

        def go(sure: bool | None) -> None:
            if sure:
                self.after_keys(change)

        announced = self._announcement(target.section) if entering and target.kind != "main" else ""
        if leaving:
            text = self._farewell() + (f"\n\nNext: {announced}" if announced else "")
            self.app.push_screen(ConfirmScreen("Leave the section?", text, "leave"), go)
        elif announced:
            self.app.push_screen(ConfirmScreen("A section of its own", announced, "enter"), go)
        else:
            go(True)

    def _announcement(self, section: int) -> str:
        inside = [place for place in self.sitting.places if place.section == section]
        text = _SECTIONS[inside[0].kind].format(count(len(inside), "question"))
        return f"{text} Once you leave it, it cannot be entered again."

    def _farewell(self) -> str:
        """What leaving the section that is open means."""
        here = self.sitting.place
        inside = [place for place in self.sitting.places if place.section == here.section]
        open_parts = sum(not self.sitting.is_answered(place.position) for place in inside)
        what = "case study" if here.kind == "case" else "series"
        text = f"You are leaving the {what}. It cannot be entered again."
        if not open_parts:
            return text
        which = "It is" if len(inside) == 1 else f"{open_parts} of its {len(inside)} questions are"
        return f"{text} {which} not answered, or only in part."

    def action_flag(self) -> None:
        """Flag the question for review, or take the flag off."""
        self.sitting.flag()
        self._redraw()

    def action_clock(self, shown: bool) -> None:
        """Hide the clock, or show it."""
        self._clock_shown = shown
        self._redraw()
        self.refresh_bindings()

    def action_review(self) -> None:
        """The grid of all questions."""
        self._keep()
        from dp100.tui.screens.exam.review import ReviewScreen

        def chosen(what: int | str | None) -> None:
            if what == "end":
                self.action_end()
            elif isinstance(what, int) and what != self.sitting.position:
                self.open(what)

        self.app.push_screen(ReviewScreen(self.sitting), chosen)

    def action_end(self) -> None:
        """Say what is unanswered, ask once, and end."""
        with contextlib.suppress(Dp100Error):  # it is kept again, and told, when the exam ends
            self._keep()
        standing = self.sitting.standing
        parts = []
        if standing.unanswered:
            left = f"{standing.unanswered} of {count(standing.total, 'question')}"
            parts.append(f"{left} not answered, or only in part. Nothing is taken off for a wrong answer.")
        else:
            parts.append("All questions are answered.")
        if standing.flagged:
            parts.append(f"{standing.flagged} flagged.")

        def ended(sure: bool | None) -> None:
            if sure:
                self.after_keys(self._finish)

        self.app.push_screen(ConfirmScreen("End the exam?", " ".join(parts), "end the exam"), ended)

    def action_note(self) -> None:
        """In an open-book exam, the notes; the clock runs on."""
        self.dp100.open_notes(self.sitting.place.topic)

    def action_leave(self) -> None:
        """Leave with the exam open; the clock stands still until it is resumed."""

        def left(sure: bool | None) -> None:
            if sure:
                self.after_keys(self._pause)

        text = "Everything is kept, and the clock stands still until you come back."
        self.app.push_screen(ConfirmScreen("Pause the exam?", text, "pause"), left)

    def _pause(self) -> None:
        self._keep()
        self.sitting.pause()
        self._over = True
        self.dp100.go_back()

    def _finish(self, why: str = "") -> None:
        from dp100.tui.screens.exam.report import ReportScreen

        self._keep()
        report = self.sitting.finish()
        self._over = True
        while self.app.screen is not self:
            self.app.pop_screen()
        self.app.switch_screen(ReportScreen(report))
        if why:
            self.app.notify(why, markup=False)
