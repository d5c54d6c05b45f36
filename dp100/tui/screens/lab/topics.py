"""The notes of a lab: its topic's at once, and where it has several a choice of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from dp100.tui.keys import key
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dp100.curriculum.lab import Lab
    from dp100.tui.app import Dp100App


def open_note_of(app: Dp100App, lab: Lab) -> None:
    """The note of a lab's topic; where it has several, of the one that the learner chooses."""
    catalogue = app.learner.catalogue
    known = catalogue.topics_of()
    topics = [(topic, catalogue.title(topic)) for topic in lab.topics if topic in known]
    if len(topics) > 1:
        app.push_screen(TopicsScreen(topics), lambda topic: app.open_notes(topic) if topic else None)
    else:
        app.open_notes(topics[0][0] if topics else lab.topics[0])


class _Topics(Rows):
    """Topics by title."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "open the note")]


class TopicsScreen(ModalScreen[str | None]):
    """Asks which topic's note to open. Dismisses with its id, None to cancel."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", "cancel"), key("leave", "cancel", show=False)]
    CSS = """
    TopicsScreen { align: center middle; background: $background 60%; }
    TopicsScreen > VerticalScroll {
        width: 64; max-width: 95%; height: auto; max-height: 90%; padding: 1 2;
        background: $surface; border: round $accent; scrollbar-size-vertical: 1;
    }
    TopicsScreen Static { height: auto; }
    TopicsScreen .title { text-style: bold; margin-bottom: 1; }
    TopicsScreen .foot { color: $quiet; margin-top: 1; }
    """

    def __init__(self, topics: Sequence[tuple[str, str]]) -> None:
        """A choice.

        Args:
            topics: pairs of id and title.
        """
        super().__init__()
        self._topics = topics

    def compose(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            yield Static("Which note?", classes="title", markup=False)
            yield _Topics([Row(partial(_line, title), id) for id, title in self._topics])
            yield Static("Enter opens · Esc back", classes="foot", markup=False)

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.dismiss(event.id)

    def action_cancel(self) -> None:
        """No note."""
        self.dismiss(None)


def _line(title: str, width: int) -> Content:
    return cut(title, width)
