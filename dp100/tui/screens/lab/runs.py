"""The tab Runs: the lab's jobs and runs as they happen, and one of them whole."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from dp100.quiz.wording import span
from dp100.tui.keys import key
from dp100.tui.widgets.bar import cut, spread
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.pane import Pane
from dp100.tui.widgets.progress import going, share
from dp100.tui.widgets.rows import Row, Rows
from dp100.tui.widgets.table import TableLines

if TYPE_CHECKING:
    from textual.worker import Worker

    from dp100.tui.screens.lab.seeing import RunDetail, RunLine, Sight
    from dp100.tui.widgets.curve import Curve

OFTEN = 0.5
"""Seconds between looks while something runs."""
SELDOM = 4
"""So many of those between looks while nothing does: another terminal may start something."""
_PLOTS = 6
"""Metrics that are drawn; the others are told by their last value."""
_SIGNS = {
    "Completed": ("✓", "$success"),
    "Failed": ("✗", "$error"),
    "Canceled": ("■", "$warning"),
    "NotStarted": ("○", "$quiet"),
    "Queued": ("○", "$quiet"),
}
_GOING = {"Preparing", "Provisioning", "Starting", "Running", "Finalizing"}
"""States in which something is under way that takes a while."""


class RunList(Rows):
    """The runs, the latest first. Without any, Enter is the screen's."""

    MARKED = True
    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "open run")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.chosen is not None if action == "choose" else True


class Runs(Vertical):
    """A list of runs, and below it the one under the cursor; opened, that one alone."""

    DEFAULT_CSS = """
    Runs {
        RunList { height: auto; max-height: 40%; margin-bottom: 1; }
        #detail { height: 1fr; }
        #detail > * { max-width: 88; margin-bottom: 1; }
        #detail > .title { margin-bottom: 0; }
        Curve { height: 11; }
        &.-open RunList { display: none; }
        &.-empty #detail, &.-empty RunList { display: none; }
        #none { display: none; }
        &.-empty #none { display: block; }
    }
    """

    class Looked(Message):
        """A thread has looked; None where nothing could be read."""

        def __init__(self, sight: Sight | None) -> None:
            super().__init__()
            self.sight = sight

    def __init__(self, azure: Callable[[], Path], busy: Callable[[], bool], *, id: str, classes: str) -> None:
        """The runs of a lab.

        Args:
            azure: tells the lab's account folder.
            busy: tells whether something of the lab runs now.
            id: of the widget.
            classes: of the widget.
        """
        super().__init__(id=id, classes=classes)
        self._azure = azure
        self._busy = busy
        self._sight: Sight | None = None
        self._shown: RunDetail | None = None
        self._tick = 0
        self._worker: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        yield Drawn(lambda width: wrapped(_NONE, width, "$quiet"), id="none")
        yield RunList(id="list")
        yield Pane(id="detail")

    def on_mount(self) -> None:
        self.add_class("-empty")
        self.set_interval(OFTEN, self._again)

    def _again(self) -> None:
        """Looks at every tick while something runs, else now and then; only while it can be seen."""
        if not self.display or not self.screen.is_current:
            return
        self._tick += 1
        running = self._sight is not None and self._sight.busy
        if running or self._busy() or self._tick % SELDOM == 0:
            self.look()

    def look(self) -> None:
        """Looks at the workspaces, in a thread; one look at a time."""
        if self._worker is None or self._worker.is_finished:
            azure, chosen = self._azure(), self.query_one(RunList).chosen
            self._worker = self.run_worker(
                lambda: self._look(azure, chosen), thread=True, group="runs", exit_on_error=False
            )

    def _look(self, azure: Path, chosen: str | None) -> None:
        from dp100.tui.screens.lab import seeing

        self.post_message(self.Looked(seeing.look(azure, chosen)))

    @on(Looked)
    async def _looked(self, event: Looked) -> None:
        event.stop()
        sight = event.sight
        if sight is None:
            return
        before, self._sight = self._sight, sight
        self.set_class(not sight.runs, "-empty")
        several = len({run.workspace for run in sight.runs}) > 1
        listed = self.query_one(RunList)
        # Who looks at the latest run goes on to the next that comes, unless it is open.
        follows = (
            before is None or not before.runs or (listed.chosen == before.runs[0].id and not self.opened)
        )
        rows = [_row(run, self._tick, several) for run in sight.runs]
        listed.show(rows, at=rows[0].id if rows and follows else None)
        if before is None or bool(before.runs) != bool(rows):
            self.refresh_bindings()  # what Enter does
        if listed.chosen not in (None, sight.detail.line.id if sight.detail else None):
            self.look()  # the cursor went on meanwhile
        elif sight.detail != self._shown:
            await self._show(sight.detail)

    async def _show(self, detail: RunDetail | None) -> None:
        """Shows a run. Where only its numbers changed the widgets stay, so that nothing flickers or scrolls."""
        before, self._shown = self._shown, detail
        pane = self.query_one("#detail", Pane)
        if detail is None:
            await pane.remove_children()
            return
        if before is not None and _frame(before) == _frame(detail):
            if detail.series:
                from dp100.tui.widgets.curve import Curve

                for curve, points in zip(pane.query(Curve), detail.series.values(), strict=False):
                    curve.show(points)
            for name, draw in _texts(detail).items():
                pane.query_one(f"#{name}", Drawn).show(draw)
            return
        made = self._widgets(detail)
        with self.app.batch_update():
            await pane.remove_children()
            await pane.mount_all(made)
            if before is None or before.line.id != detail.line.id:
                pane.scroll_home(animate=False)

    def _widgets(self, detail: RunDetail) -> list[Widget]:
        texts = _texts(detail)
        made: list[Widget] = [Drawn(texts["facts"], id="facts")]
        curves = dict(list(detail.series.items())[:_PLOTS])
        if curves:
            from dp100.tui.widgets.curve import Curve

            drawn: list[Curve] = [Curve(name, points) for name, points in curves.items()]
            made += drawn
        for name, (header, rows) in detail.tables.items():
            made.append(Drawn(partial(_title, f"Table  {name}"), classes="title"))
            made.append(
                TableLines([Content(cell) for cell in header], [[Content(c) for c in r] for r in rows])
            )
        if "log" in texts:
            made.append(Drawn(texts["log"], id="log"))
        return made

    @on(Rows.Moved)
    def _follow(self, event: Rows.Moved) -> None:
        event.stop()
        self.look()

    @on(Rows.Chosen)
    def _chosen(self, event: Rows.Chosen) -> None:
        event.stop()
        self.add_class("-open")
        self.query_one("#detail", Pane).focus()
        self.look()

    @property
    def opened(self) -> bool:
        """Whether one run is shown alone."""
        return self.has_class("-open")

    def close(self) -> None:
        """From one run back to the list."""
        self.remove_class("-open")
        self.focus_list()

    def focus_list(self) -> None:
        """Gives the keys to the list, or to the run that is open."""
        (self.query_one("#detail", Pane) if self.opened else self.query_one(RunList)).focus(
            scroll_visible=False
        )


_NONE = "No runs yet. What your code logs or submits shows here as it happens: states, metrics as plots, tables, logs."


def _row(run: RunLine, tick: int, several: bool) -> Row:
    mark, style = _SIGNS.get(run.state, ("▸", "$accent"))
    took = span(run.seconds) if run.seconds is not None else ""
    where = f"{run.workspace} › {run.experiment}" if several else run.experiment

    def draw(width: int) -> Content:
        left = Content.assemble("  " * run.depth, (mark, style), " ", run.name)
        tail = Content.assemble(
            (f" {run.state}", style if run.state != "Completed" else "$quiet"), (f" {took:>7}", "$quiet")
        )
        if run.state in _GOING:
            tail = Content.assemble(" ", going(14, tick, share(run.printed)), tail)
        elif width >= 64 and not run.depth:
            tail = Content.assemble((f" {where} ", "$quiet"), tail)
        return spread(left, tail, width)

    return Row(draw, run.id)


def _frame(detail: RunDetail) -> object:
    """What the widgets of a run depend on; with the same frame only what they draw has changed."""
    return (detail.line.id, tuple(detail.series), tuple(detail.tables.items()), bool(detail.log))


def _texts(detail: RunDetail) -> dict[str, Callable[[int], list[Content]]]:
    """What is drawn as lines, by the id of the widget."""
    texts: dict[str, Callable[[int], list[Content]]] = {"facts": lambda width: _facts(detail, width)}
    if detail.log:
        texts["log"] = lambda width: _log(detail, width)
    return texts


def _facts(detail: RunDetail, width: int) -> list[Content]:
    """Single values, what was not drawn as a plot, and the names of the files."""
    line = detail.line
    mark, style = _SIGNS.get(line.state, ("▸", "$accent"))
    state = Content.assemble(
        (f"{mark} ", style), (line.state, style if line.state != "Completed" else "$quiet")
    )
    lines = [spread(Content.styled(line.name, "bold"), Content.assemble(" ", state), width)]
    where = " · ".join(part for part in (line.experiment, line.id) if part and part != line.name)
    if where:
        lines.append(cut(where, width, "$quiet"))
    if detail.error:
        lines += wrapped(Content.assemble(("✗ ", "$error"), detail.error), width)
    values = [*detail.values]
    values += [("metric", name, f"{points[-1][1]:.6g}") for name, points in [*detail.series.items()][_PLOTS:]]
    longest = min(28, max((len(name) for _, name, _ in values), default=0))
    for kind, name, value in values:
        lines.append(
            cut(Content.assemble((f"{kind:<11}", "$quiet"), cut(name, longest), "  ", (value, "bold")), width)
        )
    if detail.files:
        names = wrapped(", ".join(detail.files[:12]), max(1, width - 11))
        for place, part in enumerate(names):
            lead = "files" if place == 0 else ""
            lines.append(Content.assemble((f"{lead:<11}", "$quiet"), part))
    return lines


def _title(text: str, width: int) -> list[Content]:
    return [cut(text, width, "bold")]


def _log(detail: RunDetail, width: int) -> list[Content]:
    from dp100.tui.widgets.output import shown

    lines = [Content.styled("Log", "bold")]
    for line in detail.log.splitlines():
        lines += wrapped(shown(line), width) or [Content()]
    return lines
