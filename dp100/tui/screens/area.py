"""An area: its objectives and topics, how well each is known, and ways to study them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.tell import told
from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows, plain

if TYPE_CHECKING:
    from dp100.curriculum.outline import Area
    from dp100.memory.mastery import TopicState


class Topics(Rows):
    """Objectives, each with its topics."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "study")]


class AreaScreen(Page):
    """The objectives and topics of one area."""

    CSS_PATH = "area.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("study", "study", show=False),
        key("notes", "note", "note"),
        key("labs", "lab", "lab"),
        key("back", "back", show=True),
        key("left", "back"),
    ]

    def __init__(self, area: str) -> None:
        """The screen of the area with this id in the learner's outline."""
        super().__init__()
        self._area = area

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Drawn(id="head")
            yield Topics(id="rows")
            yield Drawn(id="full")
        yield KeyBar()

    @told
    def on_screen_resume(self) -> None:
        """What is known may have changed on the screen that was above."""
        area = next(a for a in self.learner.catalogue.outline.areas if a.id == self._area)
        states = self.learner.topics()
        whole = _sum([states[topic.id] for topic in area.topics if topic.id in states])
        self.query_one("#head", Drawn).show(lambda width: _head(area, whole, width))
        rows: list[Row] = []
        for objective in area.objectives:
            known = [states[topic.id] for topic in objective.topics if topic.id in states]
            if rows:
                rows.append(plain(""))
            rows.append(_row(objective.title, _sum(known), f"objective:{objective.id}"))
            rows += [_row(f"  {state.title}", _sum([state]), f"topic:{state.id}") for state in known]
        self.query_one(Topics).show(rows)
        self._say_full()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The foot shows the title under the cursor in full."""
        self._say_full()

    def _say_full(self) -> None:
        chosen = self.query_one(Topics).chosen
        title = self.learner.catalogue.title(chosen.partition(":")[2]) if chosen else ""
        self.query_one("#full", Drawn).show(lambda width: wrapped(title, width))

    @told
    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Enter or a click studies the line."""
        event.stop()
        self.action_study()

    def action_study(self) -> None:
        """Studies the objective or topic under the cursor."""
        from dp100.memory.selection import Selection

        chosen = self.query_one(Topics).chosen
        if chosen is None:
            return
        kind, _, which = chosen.partition(":")
        self.dp100.open_study(Selection(topic=which) if kind == "topic" else Selection(objective=which))

    def _topic(self) -> str | None:
        """The topic under the cursor; the first one of an objective."""
        chosen = self.query_one(Topics).chosen
        if chosen is None:
            return None
        kind, _, which = chosen.partition(":")
        return which if kind == "topic" else self.learner.catalogue.topics_of(objective=which)[0]

    def action_note(self) -> None:
        self.dp100.open_notes(self._topic())

    def action_lab(self) -> None:
        self.dp100.open_labs(self._topic())


Known = tuple[float, int, int, int]
"""Mastery, due, new and all questions."""


def _sum(states: Sequence[TopicState]) -> Known:
    """Several topics as one: the mean of their mastery (of those that have questions), and their questions."""
    asked = [state for state in states if state.total]
    mastery = sum(state.mastery for state in asked) / len(asked) if asked else 0.0
    return (
        mastery,
        sum(state.due for state in states),
        sum(state.new for state in states),
        sum(state.total for state in states),
    )


def _head(area: Area, known: Known, width: int) -> list[Content]:
    weight = (
        f"{area.weight[0]}-{area.weight[1]} % of the exam"
        if area.weight
        else "not asked for by name in the exam"
    )
    title = Content.styled(area.title, "bold $accent")
    value = Content.assemble((percent(known[0]).strip(), "bold"), f" · {known[1]} due · {known[2]} new")
    return [
        Content.assemble("  ", spread(title, Content.styled(weight, "$quiet"), width - 2)),
        Content.assemble("  ", value),
    ]


def _row(title: str, known: Known, id: str) -> Row:
    heading = id.startswith("objective:")
    mastery, due, new, total = known

    def draw(width: int) -> Content:
        name = Content.styled(title, "bold") if heading else Content(title)
        if not total:
            return spread(name, Content.styled("  no questions yet", "$quiet"), width)
        value = f" {percent(mastery)}"
        if width < 46:
            return spread(name, Content(value), width)
        counts = Content.assemble(
            (f"{due:>4} due", "" if due else "$quiet"), (f"{new:>4} new", "" if new else "$quiet")
        )
        drawn = bar(mastery, 16 if width > 80 else 10)
        return Content.assemble(cut(name, width - drawn.cell_length - 24), "  ", drawn, value, counts)

    return Row(draw, id)
