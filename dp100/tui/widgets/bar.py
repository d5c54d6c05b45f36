"""Bars. The filled part differs from the rest in shape as well as in colour, and the value stands beside it."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

Part = str | Content | tuple[str, str]


def bar(fraction: float, width: int, *, mark: float | None = None, style: str = "$accent") -> Content:
    """A bar such as ``▕━━━━╺╺╺│╺╺▏``.

    Args:
        fraction: The filled share; values outside 0 to 1 are taken as the nearest of them.
        width: Cells, the two ends included; nothing is drawn under 3.
        mark: Where to draw a line across the bar, 0 to 1.
        style: Of the filled part.
    """
    inner = width - 2
    if inner < 1:
        return Content("")
    filled = round(inner * min(1.0, max(0.0, fraction)))
    cells = ["━"] * filled + ["╺"] * (inner - filled)
    parts: list[Part] = [("▕", "$faint")]
    marked = None if mark is None else min(inner - 1, round(inner * mark))
    if marked is None:
        parts += [("".join(cells[:filled]), style), ("".join(cells[filled:]), "$faint")]
    else:
        for start, end in ((0, marked), (marked + 1, inner)):
            split = min(max(filled, start), end)
            parts += [("".join(cells[start:split]), style), ("".join(cells[split:end]), "$faint")]
            if start == 0:
                parts.append(("│", "$foreground"))
    parts.append(("▏", "$faint"))
    return Content.assemble(*[part for part in parts if part[0]])


def percent(fraction: float) -> str:
    """A share as four to five cells, ``" 74 %"``: never 100 % before all of it, never 0 % after some of it."""
    whole = round(fraction * 100)
    if fraction < 1:
        whole = min(whole, 99)
    if fraction > 0:
        whole = max(whole, 1)
    return f"{whole:>3} %"


def cut(text: str | Content, width: int, style: str = "") -> Content:
    """``text`` in exactly ``width`` cells, with an ellipsis where it is too long. Markup in it is not read."""
    content = text if isinstance(text, Content) else Content(" ".join(text.split()))
    content = content.truncate(max(0, width), ellipsis=True, pad=True)
    return content.stylize(style) if style else content


def spread(left: Content, right: Content, width: int) -> Content:
    """One line with ``left`` at its start and ``right`` at its end; the left one gives way."""
    gap = "" if right.plain[:1] in ("", " ") else " "
    room = width - right.cell_length - len(gap)
    if room < 4:
        return cut(left, width)
    return Content.assemble(cut(left, room), gap, right)


class Bar(Widget):
    """A bar across the width it is given; the text that belongs to it is the screen's."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; }
    """

    fraction: reactive[float] = reactive(0.0)

    def __init__(self, fraction: float = 0.0, *, mark: float | None = None, id: str | None = None) -> None:
        super().__init__(id=id)
        self.mark = mark
        self.set_reactive(Bar.fraction, fraction)

    def render(self) -> Content:
        return bar(self.fraction, self.size.width, mark=self.mark)
