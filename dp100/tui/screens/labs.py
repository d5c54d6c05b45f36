"""The labs by area: what each takes, and how far the learner is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from dp100.labs import shelf
from dp100.memory.labs import works
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.screens.lab.topics import open_note_of
from dp100.tui.tell import told
from dp100.tui.widgets.bar import bar, cut, spread
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows, plain

if TYPE_CHECKING:
    from dp100.curriculum.lab import Lab
    from dp100.curriculum.outline import Area
    from dp100.memory.labs import Progress

_SDK = 6
_MINUTES = 7
_BAR = 10


class Shelf(Rows):
    """The labs, under their areas."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "open")]


class LabsScreen(Page):
    """All labs, or those of one topic."""

    CSS_PATH = "labs.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("notes", "note", "the note"),
        key("labs", "all", "all labs"),
        key("back", "back", show=True),
    ]

    def __init__(self, topic: str | None = None) -> None:
        """The labs, or only those of a topic."""
        super().__init__()
        self._topic = topic

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Drawn(self._head, id="head")
            yield Shelf(id="rows")
            yield Drawn(id="goal")
        yield KeyBar()

    @property
    def _labs(self) -> Sequence[Lab]:
        return shelf.labs() if self._topic is None else shelf.by_topic().get(self._topic, ())

    def _head(self, width: int) -> list[Content]:
        title = Content.styled("Labs", "bold $accent")
        if self._topic is not None:
            about = self.learner.catalogue.title(self._topic)
            title = Content.assemble(title, (f" · {about}", "bold"))
        lines = [spread(title, Content.styled("real code, offline, in your own editor", "$quiet"), width - 2)]
        if not self._labs:
            lines += [Content(), *wrapped("There are no labs in this edition of dp100.", width - 2)]
        if problems := len(shelf.problems()):
            what = "1 problem keeps a lab" if problems == 1 else f"{problems} problems keep labs"
            said = f"{what} from being listed; `dp100 lab list` names {'it' if problems == 1 else 'them'}."
            lines += wrapped(said, width - 2, "$warning")
        return [Content.assemble("  ", line) for line in lines]

    @told
    def on_screen_resume(self) -> None:
        """How far the work is may have changed on the screen that was above."""
        begun: dict[str, Progress] = {}
        for progress in works(self.learner.store):
            begun.setdefault(progress.work.lab, progress)
        rows: list[Row] = []
        for title, labs in self._by_area():
            if rows:
                rows.append(plain(""))
            rows.append(plain(title, "bold"))
            rows += [_row(lab, begun.get(lab.id)) for lab in labs]
        self.query_one(Shelf).show(rows)
        self._say_goal()

    def _by_area(self) -> list[tuple[str, list[Lab]]]:
        """The labs under the area of their first topic; what the outline has not comes last."""
        catalogue = self.learner.catalogue
        found: list[tuple[str, list[Lab]]] = []
        rest = list(self._labs)
        for area in catalogue.outline.areas:
            own = [lab for lab in rest if _is_of(lab, area)]
            rest = [lab for lab in rest if lab not in own]
            if own:
                found.append((area.short or area.title, own))
        return [*found, ("Beyond this outline", rest)] if rest else found

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._say_goal()

    def _say_goal(self) -> None:
        """The foot tells what the lab under the cursor is about."""
        lab = self._chosen()
        goal = " ".join(lab.goal.replace("`", "").replace("*", "").split()) if lab else ""
        self.query_one("#goal", Drawn).show(lambda width: wrapped(goal, width, "$quiet"))

    def _chosen(self) -> Lab | None:
        chosen = self.query_one(Shelf).chosen
        return next((lab for lab in self._labs if lab.id == chosen), None)

    @told
    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click opens the lab."""
        event.stop()
        self.dp100.open_lab(event.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "all":
            return self._topic is not None
        return bool(self._labs) if action == "note" else True

    def action_note(self) -> None:
        """The note of the lab's topic, or a choice where it has several."""
        if (lab := self._chosen()) is not None:
            open_note_of(self.dp100, lab)

    def action_all(self) -> None:
        """The labs of all topics."""
        if self._topic is None:
            return
        self._topic = None
        self.query_one("#head", Drawn).refresh(layout=True)
        self.on_screen_resume()
        self.refresh_bindings()


def _is_of(lab: Lab, area: Area) -> bool:
    return any(topic.id == lab.topics[0] for topic in area.topics)


def _row(lab: Lab, progress: Progress | None) -> Row:
    total = len(lab.steps)
    done = sum(step.id in progress.done for step in lab.steps) if progress is not None else 0
    sdk = "v1 v2" if lab.sdk == "any" else lab.sdk

    def draw(width: int) -> Content:
        mark = ("✓ ", "$success") if done == total else ("  ", "")
        name = Content.assemble(mark, (f"{lab.number}  ", "$quiet"), lab.title)
        count = f"{done}/{total}" if progress is not None else f"0/{total}"
        parts = [Content.styled(f" {count:>5}", "" if progress is not None else "$quiet")]
        if width >= 50:
            parts.insert(0, Content.assemble(" ", bar(done / total, _BAR)))
        if width >= 60:
            parts.insert(0, Content.styled(f" {sdk:>{_SDK}} {lab.minutes:>{_MINUTES - 4}} min", "$quiet"))
        tail = Content.assemble(*parts)
        return Content.assemble(cut(name, width - tail.cell_length), tail)

    return Row(draw, lab.id)
