"""Notes: the outline on the left, the note on the right; one at a time where the terminal is narrow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Markdown

from dp100.errors import Dp100Error
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.notes_rows import found_rows, tree_rows
from dp100.tui.tell import tell, told
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.note import NoteView
from dp100.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from textual import events

_PAUSE = 0.12
"""Seconds the cursor rests on a topic before its note is drawn."""


class Contents(Rows):
    """The outline as a tree, or what a search found."""

    MARKED = True

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "choose", "open"),
        key("left", "screen.fold(True)"),
        key("right", "screen.fold(False)"),
    ]


class NotesScreen(Page):
    """The notes of all topics."""

    CSS_PATH = "notes.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide"), (120, "-huge")]
    AUTO_FOCUS = None
    BINDINGS: ClassVar[list[BindingType]] = [
        key("search", "search"),
        key("study", "study"),
        key("labs", "lab", "lab"),
        key("page", "page"),
        key("left", "to_tree"),
        key("back", "back", show=True),
    ]

    def __init__(self, topic: str | None = None) -> None:
        """The notes, open at a topic, or at the first one."""
        super().__init__()
        self._asked = topic
        self._topic: str | None = None
        self._wanted: str | None = None
        self._drawing = asyncio.Lock()
        self._words: list[str] = []
        self._folded: set[str] = set()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        sdk = self.learner.settings.sdk
        with Horizontal(id="body"):
            with Vertical(id="side"):
                yield Input(id="search", placeholder="Search titles and text", compact=True)
                yield Contents(id="tree")
            yield NoteView(id="note", sdk=sdk if sdk in ("v1", "v2") else "v2")
        yield KeyBar(span=144)

    async def on_mount(self) -> None:
        """Opens the topic that was asked for."""
        topics = self.learner.catalogue.topics_of()
        known = self._asked if self._asked in topics else None
        if self._asked is not None and known is None:
            self.notify(f"The outline has no topic {self._asked}.", markup=False)
        self._show_tree(at=f"topic:{known}" if known else None)
        await self._open(known or topics[0], focus=known is not None)
        if known is None:
            self.query_one(Contents).select(f"topic:{topics[0]}")
            self.query_one(Contents).focus()

    # The tree and what was found

    def _show_tree(self, at: str | None = None) -> None:
        catalogue = self.learner.catalogue
        noted = {entry.topic for entry in catalogue.notes()}
        rows = tree_rows(catalogue.outline, self.learner.topics(), noted, self._folded)
        self.query_one(Contents).show(rows, at=at)

    @property
    def _searching(self) -> bool:
        return self.query_one("#side").has_class("-searching")

    def action_search(self) -> None:
        """Opens the line to search in."""
        self.remove_class("-reading")
        self.query_one("#side").add_class("-searching")
        self.query_one(Input).focus()

    @on(Input.Changed)
    @told
    def _typed(self, event: Input.Changed) -> None:
        """Finds as you type."""
        if not self._searching:
            return
        self._words = event.value.split()
        if self._words:
            hits = self.learner.catalogue.search(event.value)
            self.query_one(Contents).show(found_rows(hits, self._words))
            if hits:
                self._read_soon(f"topic:{hits[0].topic}")
        else:
            self._show_tree()

    @on(Input.Submitted)
    def _to_results(self) -> None:
        self.query_one(Contents).focus()

    def on_key(self, event: events.Key) -> None:
        """Down leaves the search line for what was found."""
        if event.key == "down" and isinstance(self.focused, Input):
            event.stop()
            self.query_one(Contents).focus()

    def _end_search(self) -> None:
        self._words = []
        self.query_one("#side").remove_class("-searching")
        self.query_one(Input).value = ""
        self._show_tree(at=f"topic:{self._topic}" if self._topic else None)
        self.query_one(Contents).focus()

    def action_fold(self, close: bool) -> None:
        """Closes or opens what is under the cursor; in a topic, left goes to its objective and right reads it."""
        tree = self.query_one(Contents)
        kind, _, which = (tree.chosen or "").partition(":")
        if self._searching or not kind:
            return
        if kind == "topic":
            if close:
                place = tree.cursor or 0
                above = [row.id for row in tree.rows[:place] if row.id and not row.id.startswith("topic:")]
                if above:
                    tree.select(above[-1])
            else:
                self.query_one(NoteView).focus()
        else:
            (self._folded.add if close else self._folded.discard)(which)
            self._show_tree(at=tree.chosen)

    # The note

    @on(Rows.Moved)
    def _follow(self, event: Rows.Moved) -> None:
        """The note follows the cursor once it rests."""
        event.stop()
        self._read_soon(event.id)

    def _read_soon(self, id: str) -> None:
        """Shows a note beside the tree, unless something else is asked for at once."""
        if self._timer is not None:
            self._timer.stop()
        if id.startswith("topic:") and not self.has_class("-narrow"):
            self._timer = self.set_timer(_PAUSE, lambda: self._read(id, focus=False))

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click reads a topic, and opens or closes anything else."""
        event.stop()
        kind, _, which = event.id.partition(":")
        if kind == "topic":
            self._read(event.id, focus=True)
        else:
            self.action_fold(which not in self._folded)

    def _read(self, id: str, *, focus: bool) -> None:
        kind, _, which = id.partition(":")
        if kind == "topic":
            self.run_worker(self._open(which, focus=focus), group="note")

    async def _open(self, topic: str, *, focus: bool) -> None:
        """Shows the note of a topic and, when it is to be read, goes there; tells what goes wrong.

        One note is drawn after the other, as drawing must not be broken off; those that are wanted no more
        by then are left out.
        """
        self._wanted = topic
        async with self._drawing:
            if self._wanted != topic:
                return
            try:
                await self._show_note(topic, focus=focus)
            except Dp100Error as error:
                tell(self.app, error)

    async def _show_note(self, topic: str, *, focus: bool) -> None:
        catalogue = self.learner.catalogue
        view = self.query_one(NoteView)
        if topic != self._topic:
            self._topic = topic
            area = next(a for a in catalogue.outline.areas if any(t.id == topic for t in a.topics))
            objective = next(o for o in area.objectives if any(t.id == topic for t in o.topics))
            path = f"{area.short or area.title} › {objective.title}"
            await view.show(catalogue.note(topic), catalogue.title(topic), path)
        if focus:
            self.add_class("-reading")
            view.focus()
        if self._words:
            self.call_after_refresh(view.scroll_to_words, self._words)

    @on(Markdown.LinkClicked)
    def _link(self, event: Markdown.LinkClicked) -> None:
        event.stop()
        self.dp100.open_page(event.href)

    # What the keys do

    @property
    def topic(self) -> str | None:
        """The topic the keys are about: the one being read, else the one under the cursor."""
        tree = self.query_one(Contents)
        if tree.has_focus and (chosen := tree.chosen) and chosen.startswith("topic:"):
            return chosen.partition(":")[2]
        return self._topic

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "study":
            return not self.dp100.in_session
        return True

    def action_study(self) -> None:
        """Studies the topic."""
        from dp100.memory.selection import Selection

        tree = self.query_one(Contents)
        kind, _, which = (tree.chosen or "").partition(":")
        if tree.has_focus and kind == "area":
            self.dp100.open_study(Selection(area=which))
        elif tree.has_focus and kind == "objective":
            self.dp100.open_study(Selection(objective=which))
        elif self.topic is not None:
            self.dp100.open_study(Selection(topic=self.topic))

    def action_lab(self) -> None:
        self.dp100.open_labs(self.topic)

    def action_page(self) -> None:
        """Opens the official page of the note."""
        note = self.query_one(NoteView).note
        if note is not None and note.links:
            self.dp100.open_page(note.links[0].url)

    def action_to_tree(self) -> None:
        """From the note to the tree."""
        self.remove_class("-reading")
        self.query_one(Contents).select(f"topic:{self._topic}")
        self.query_one(Contents).focus()

    def action_back(self) -> None:
        """Ends a search, goes from the note to the tree it was opened from, or leaves."""
        if self._searching:
            self._end_search()
        elif self.has_class("-reading") and self.has_class("-narrow") and self._asked is None:
            self.action_to_tree()
        else:
            super().action_back()
