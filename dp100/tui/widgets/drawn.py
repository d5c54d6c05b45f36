"""A block of lines that is drawn for the width it gets: many lines, one widget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Self

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

Draw = Callable[[int], Sequence[Content]]
"""Draws lines no wider than the given number of cells."""


def wrapped(text: str | Content, width: int, style: str = "") -> list[Content]:
    """``text`` broken at words into lines of at most ``width`` cells. Markup in it is not read."""
    content = text if isinstance(text, Content) else Content(text)
    if style:
        content = content.stylize(style)
    return list(content.wrap(max(1, width)))


def as_strip(widget: Widget, line: Content, width: int) -> Strip:
    """One line of a widget, ready for the terminal.

    Content draws itself in a style of its own for every few letters, so that each knows its place when text
    is selected with the mouse. Lines that are not selected draw three times as fast without.
    """
    style = widget.visual_style
    parts = line.render(style, end="", parse_style=widget.app.stylesheet.parse_style)
    strip = Strip([Segment(text, (style + own).rich_style) for text, own in parts])
    return strip.adjust_cell_length(width, style.rich_style)


class Drawn(Widget):
    """Shows what a function draws; as high as what it draws."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Drawn { height: auto; width: 1fr; }
    """

    def __init__(
        self, draw: Draw | None = None, *, id: str | None = None, classes: str | None = None
    ) -> None:
        self._draw = draw
        self._drawn: tuple[int, Sequence[Content]] | None = None
        super().__init__(id=id, classes=classes)

    def show(self, draw: Draw) -> None:
        """Shows something else."""
        self._draw = draw
        self.refresh(layout=True)

    def lines(self, width: int) -> Sequence[Content]:
        """What is shown at a width."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self._draw(width) if self._draw is not None else [])
        return self._drawn[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many as there are lines."""
        return len(self.lines(width))

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Draws anew: what the lines are made of may have changed."""
        self._drawn = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        """Line ``y`` of what is drawn."""
        lines = self.lines(self.size.width)
        return as_strip(self, lines[y] if y < len(lines) else Content(), self.size.width)
