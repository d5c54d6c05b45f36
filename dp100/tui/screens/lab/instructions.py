"""The tab Instructions: what to do in a step, where, and its hints; at the end what came of the lab."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content

from dp100.labs import editor
from dp100.tui.screens.lab.lines import achieved, topic_lines
from dp100.tui.screens.lab.standing import Standing
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.pane import Pane
from dp100.tui.widgets.prose import Prose

Known = list[tuple[str, float | None]]
"""Topics by title, with what is known of each: their mastery from 0 to 1, or None where they have no questions."""


def shown_path(path: Path) -> str:
    """A folder as people write it: ``~/lab`` in their own."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(path)


class Instructions(Pane):
    """The step on show in words, or that the lab is through."""

    def __init__(self, standing: Standing, topics: Callable[[], Known], *, id: str, classes: str) -> None:
        """The instructions.

        Args:
            standing: how the lab stands.
            topics: tells what is known of the lab's topics.
            id: of the widget.
            classes: of the widget.
        """
        super().__init__(id=id, classes=classes)
        self._standing = standing
        self._topics = topics

    def compose(self) -> ComposeResult:
        yield Prose(classes="text")
        yield Drawn(id="through")
        yield Drawn(self._edit, id="edit")
        yield Prose(classes="hints")

    def show_step(self) -> None:
        """Shows the step, or that the lab is through, from its first line."""
        step = self._standing.step
        self.query_one(".text", Prose).show("" if step is None else step.instructions)
        through, edit = self.query_one("#through", Drawn), self.query_one("#edit", Drawn)
        through.display, edit.display = step is None, step is not None
        if step is None:
            topics = self._topics()
            through.show(lambda width: self._through(topics, width))
        self.show_hints()
        self.scroll_home(animate=False)

    def show_hints(self) -> None:
        """Shows the hints that were given, the first one first."""
        step = self._standing.step
        of = 0 if step is None else len(step.hints)
        parts = [
            f"**Hint {number} of {of}**\n\n{hint.strip()}"
            for number, hint in enumerate(self._standing.hints, start=1)
        ]
        self.query_one(".hints", Prose).show("\n\n".join(parts))

    def look(self) -> None:
        """Draws anew where the work is: the file may have changed."""
        self.query_one("#edit", Drawn).refresh(layout=True)

    def _edit(self, width: int) -> list[Content]:
        """Which file the step is about, its line with the work to do, and its folder."""
        step = self._standing.step
        if step is None:
            return []
        folder = self._standing.bench.folder.path
        line = editor.todo(folder / step.file, self._standing.number(step))
        place = f"  line {line}" if line else ""
        return [
            Content.assemble(("Edit  ", "$quiet"), (step.file, "bold $accent"), (place, "$quiet")),
            *wrapped(Content.assemble(("in    ", "$quiet"), (shown_path(folder), "$quiet")), width),
        ]

    def _through(self, topics: Known, width: int) -> list[Content]:
        lab = self._standing.lab
        lines = [
            Content.assemble(("✓ ", "bold $success"), (f"Lab {lab.number} is through", "bold")),
            Content(),
        ]
        lines += wrapped(achieved(lab), width)
        lines.append(Content())
        for number, step in enumerate(lab.steps, start=1):
            lines.append(Content.assemble(("✓ ", "$success"), (f"{number} ", "$quiet"), step.title))
        if topics:
            lines += [Content(), Content.styled("It counts for", "bold"), *topic_lines(topics, width)]
        lines += [Content(), *wrapped("d shows how we would have done it.", width, "$quiet")]
        return lines
