"""Studying: a question, one key to answer and say how sure, and at once what was right and why."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region

from dp100.errors import Dp100Error
from dp100.memory.rating import Confidence
from dp100.quiz.session import Asked, Outcome, StudySession
from dp100.tui.keys import key
from dp100.tui.screens.asking import BESIDE_FROM, CASE_HINT, AskingPage
from dp100.tui.tell import tell
from dp100.tui.widgets.bar import Bar, spread
from dp100.tui.widgets.drawn import Drawn
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.question.pad import Pad
from dp100.tui.widgets.question.view import QuestionView


class StudyScreen(AskingPage):
    """One session, from the first question to the summary.

    Args:
        queue: ids of the questions, in order.
        seed: of the shuffling, for tests.
        timer: seconds that go by, for tests.
    """

    CSS_PATH = "study.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "sure", "sure"),
        key("enter", "next", "next"),
        Binding("u", "answer('UNSURE')", "unsure", id="study.unsure"),
        Binding("g", "answer('GUESS')", "guess", id="study.guess"),
        key("notes", "note", "the note"),
        key("labs", "lab", "the lab"),
        Binding("i", "scenario", "scenario", id="study.scenario"),
        Binding("w", "whys", "all reasons", id="study.whys"),
        Binding("z", "undo", "undo", id="study.undo"),
        Binding("f", "flag", "flag as wrong", id="study.flag"),
        Binding("b", "bookmark", "bookmark", id="study.bookmark"),
        Binding("x", "suspend", "never ask again", id="study.suspend", show=False),
        key("page", "page(0)"),
        key("back", "leave"),
        key("leave", "leave"),
    ]

    def __init__(
        self, queue: Sequence[str], *, seed: int | None = None, timer: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._queue = queue
        self._seed = seed
        self._session: StudySession | None = None
        self._timer = timer
        self._since = timer()
        self._warned = False
        self._all_whys = False

    @property
    def session(self) -> StudySession:
        """The session that is on."""
        if self._session is None:
            self._session = StudySession(self.learner, self._queue, seed=self._seed)
        return self._session

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Drawn(self._head, id="head")
            yield Bar(0.0, id="progress")
            with Horizontal(id="columns"):
                yield Vertical(id="side")
                yield VerticalScroll(id="scroll", can_focus=False)
            yield Drawn(id="verdict")
        yield KeyBar()

    async def on_mount(self) -> None:
        try:
            await self._show()
        except Dp100Error as error:
            tell(self.app, error)
            self.dp100.go_back()

    def on_resize(self, event: events.Resize) -> None:
        if self._session is not None:
            self.place_case()
            self.refresh_bindings()
            if self._session.outcome is not None:
                self.call_after_refresh(self._show_verdict)

    # --- what is on the screen

    async def _show(self) -> None:
        """Put the current question on the screen; at the end of the session, its summary."""
        asked = self.session.current
        if asked is None:
            self._end()
            return
        self.hold()
        self._warned = self._all_whys = self._case_only = False
        scroll = self.query_one("#scroll", VerticalScroll)
        view = QuestionView(asked.presentation)
        with self.app.batch_update():
            await scroll.remove_children()
            await scroll.mount(view)
            case = asked.item.case
            await self.show_case(self.learner.catalogue.case(case) if case else None)
            scroll.scroll_home(animate=False)
            self._view = view
            self.place_case()
            beside = case is None or self.size.width >= BESIDE_FROM
            self._say(Content("") if beside else CASE_HINT)
            self._tell_progress()
        view.pad.focus(scroll_visible=False)
        self._since = self._timer()
        self.release()

    def _head(self, width: int) -> list[Content]:
        session = self.session
        asked = session.current
        if asked is None:
            return [Content("")]
        title = self.learner.catalogue.title(asked.item.topic)
        marks = self.learner.marks(asked.item.id)
        card = self.learner.card(asked.item.id)
        signs = "".join(
            sign
            for sign, shown in (
                ("  ★ bookmarked", marks.bookmarked),
                ("  ⚑ flagged", marks.flagged is not None),
                ("  ↻ often missed", card is not None and card.leech),
            )
            if shown
        )
        again = f" · {asked.again} again" if asked.again else ""
        left = Content.assemble(("Study", "bold"), (f" · {title}", "$quiet"), (signs, "$warning"))
        right = Content.assemble((f"{asked.number} of {asked.total}{again}", "$quiet"))
        return [spread(left, right, width)]

    def _tell_progress(self) -> None:
        asked = self.session.current
        if asked is not None:
            done = asked.number - (1 if self.session.outcome is None else 0)
            self.query_one(Bar).fraction = done / max(asked.total, 1)
        self.query_one("#head", Drawn).refresh(layout=True)

    def _say(self, what: Content, corner: Content | None = None) -> None:
        """One line at the foot, and something in its right corner."""
        self.query_one("#verdict", Drawn).show(lambda width: [spread(what, corner or Content(""), width)])

    # --- what the learner does

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something now are listed."""
        if self._session is None:
            return True
        if self.holding and action not in ("leave", "scroll", "scroll_line"):
            return False
        judged = self._session.outcome is not None
        asked = self._session.current
        if action == "lab":
            return judged and asked is not None and self._has_lab(asked)
        if action == "page":
            return judged and asked is not None and bool(asked.presentation.links)
        if action in ("whys", "note"):
            return judged
        if action in ("answer", "sure"):
            return not judged
        if action == "next":
            return judged
        if action == "undo":
            return self._session.can_undo
        if action == "scenario" and self.size.width >= BESIDE_FROM:
            return False
        if action in ("scenario", "tab"):
            return asked is not None and asked.item.case is not None
        return True

    def action_sure(self) -> None:
        """Enter before the answer: take what is marked, or answer as sure."""
        if self._view is not None and not self._view.pad.settle():
            self._answer(Confidence.SURE)

    def action_next(self) -> None:
        """Enter after the answer: the next question, or the end."""
        self.after_keys(self._next)

    async def _next(self) -> None:
        self.session.advance()
        await self._show()

    def action_answer(self, how: str) -> None:
        """Answer, and say how sure. What the cursor marks is taken with it, where something is still open."""
        if self._view is not None and not (self._view.pad.settle() and self._view.pad.missing()):
            self._answer(Confidence[how])

    @on(Pad.Changed)
    def _changed(self) -> None:
        """What the last warning said is not so any more."""
        if self._warned and self.session.outcome is None:
            self._warned = False
            self._say(Content(""))

    def _answer(self, confidence: Confidence) -> None:
        view = self._view
        if view is None or self.session.outcome is not None:
            return
        missing = view.pad.missing()
        if missing and not self._warned:
            self._warned = True
            self._say(
                Content.assemble(("! ", "$warning"), missing, (" Once more answers it as it is.", "$quiet"))
            )
            return
        outcome = self.session.answer(view.pad.answer, confidence, self._timer() - self._since)
        with self.app.batch_update():
            view.reveal(outcome.lines)
            self._say(*verdict(outcome, confidence))
            self._tell_progress()
        self.call_after_refresh(self._show_verdict)
        self.after_keys(self.release)

    def _show_verdict(self) -> None:
        """Scroll so that the chosen and the right option can be seen, or where both do not fit, the first."""
        view, scroll = self._view, self.query_one("#scroll", VerticalScroll)
        if view is None or not view.is_attached or not (rows := view.pad.telling):
            return
        seen, window = Region.from_union([row.region for row in rows]), scroll.region
        down = min(seen.bottom - window.bottom, seen.y - window.y)
        if seen.y < window.y or down > 0:
            scroll.scroll_relative(y=seen.y - window.y if seen.y < window.y else down, animate=False)

    async def action_undo(self) -> None:
        """Take the last answer back, or bring back what was set aside, and ask that question again."""
        before = self.session.answers
        if self.session.undo() is not None:
            await self._show()
            back = "The last answer is taken back." if self.session.answers < before else "It is asked again."
            self._say(Content.styled(back, "$quiet"))

    def action_whys(self) -> None:
        """Unfold the reasons of all options, or fold them again."""
        self._all_whys = not self._all_whys
        if self._view is not None:
            self._view.show_whys(all_whys=self._all_whys)

    def action_note(self) -> None:
        """Open the topic's note; Escape comes back here."""
        if self.session.current is not None:
            self.dp100.open_notes(self.session.current.item.topic)

    def _has_lab(self, asked: Asked) -> bool:
        """Whether the question names a lab, or its topic has one."""
        from dp100.labs import shelf

        return asked.question.lab is not None or asked.item.topic in shelf.by_topic()

    def action_lab(self) -> None:
        """Open the lab that the question names, or those of its topic; Escape comes back here."""
        asked = self.session.current
        if asked is None:
            return
        if asked.question.lab is not None:
            self.dp100.open_lab(asked.question.lab)
        else:
            self.dp100.open_labs(asked.item.topic)

    def action_page(self, number: int) -> None:
        """Open the official page in the browser."""
        links = self.session.current.presentation.links if self.session.current else ()
        if number < len(links):
            self.dp100.open_page(links[number].url)

    def action_bookmark(self) -> None:
        """Bookmark the question, or take the bookmark away."""
        asked = self.session.current
        if asked is not None:
            on = not self.learner.marks(asked.item.id).bookmarked
            self.learner.bookmark(asked.item.id, on)
            self._tell_progress()

    def action_flag(self) -> None:
        """Flag the question as wrong, with a note to oneself."""
        from dp100.tui.screens.flag import FlagScreen

        asked = self.session.current
        if asked is None:
            return

        def flagged(note: str | None) -> None:
            try:
                if note:
                    self.learner.flag(asked.item.id, note)
                elif note is not None:
                    self.learner.unflag(asked.item.id)
            except Dp100Error as error:
                tell(self.app, error)
            self._tell_progress()

        present = self.learner.marks(asked.item.id).flagged
        self.app.push_screen(FlagScreen(asked.item.id, present), flagged)

    async def action_suspend(self) -> None:
        """Never ask this question again."""
        asked = self.session.current
        if asked is None:
            return
        self.learner.suspend(asked.item.id)
        undo = "z brings it back." if self.session.outcome is None else "z takes the answer and this back."
        self.notify(f"{asked.item.id} will not be asked again. {undo}", markup=False)
        waiting = self.session.outcome is None
        self.session.drop()
        if waiting:
            await self._show()

    def action_leave(self) -> None:
        """End the session here; every answer is kept."""
        self._end()

    @on(events.Click, "#verdict")
    async def _clicked(self) -> None:
        if self.session.outcome is not None:
            await self.run_action("next")

    def _end(self) -> None:
        try:
            summary = self.session.summary()
        except Dp100Error as error:
            tell(self.app, error)
            self.dp100.go_back()
            return
        if not summary.asked:
            self.dp100.go_back()
            return
        from dp100.tui.screens.summary import SummaryScreen

        self.app.switch_screen(SummaryScreen(summary))


def verdict(outcome: Outcome, confidence: Confidence) -> tuple[Content, Content]:
    """How it went, and when the question comes back."""
    grade = outcome.grade
    if grade.full:
        guessed = " by a guess, which is not knowing yet" if confidence is Confidence.GUESS else ""
        said = Content.assemble(("✓ Right", "bold $success"), (guessed, "$quiet"))
    elif grade.partial:
        said = Content.assemble(("◐ Partly right", "bold $warning"), f" {grade.points} of {grade.possible}")
    else:
        said = Content.assemble(("✗ Wrong", "bold $error"))
    if outcome.leech:
        said = Content.assemble(said, ("  missed again and again: read the note", "$warning"))
    return said, Content.assemble(("again ", "$quiet"), outcome.again)
