"""How far something is that runs: a bar where a total is known, else one that only shows that it goes on."""

from __future__ import annotations

import re

from textual.content import Content

from dp100.tui.widgets.bar import bar

_PERCENT = re.compile(r"\b(\d{1,3})%\|")  # as tqdm prints it
_OF = re.compile(
    r"\b(?:epoch|step|iteration|iter|round|trial|fold|batch)s?\b\W{0,2}(\d{1,6})\s*(?:/|of)\s*(\d{1,6})\b",
    re.IGNORECASE,
)
_SPAN = 3


def share(line: str) -> float | None:
    """The share that a printed line tells (``40%|``, ``epoch 4/10``), 0 to 1; None where it tells none."""
    if found := _PERCENT.findall(line):
        return min(1.0, int(found[-1]) / 100)
    if (pairs := _OF.findall(line)) and int(pairs[-1][1]) > 0:
        return min(1.0, int(pairs[-1][0]) / int(pairs[-1][1]))
    return None


def going(width: int, tick: int, share: float | None = None) -> Content:
    """A bar of ``width`` cells at moment ``tick``."""
    if share is not None:
        return bar(share, width)
    inner = width - 2
    if inner <= _SPAN:
        return Content("")
    place = tick % (2 * (inner - _SPAN))
    place = min(place, 2 * (inner - _SPAN) - place)  # to and fro
    rest = inner - _SPAN - place
    parts = [
        ("▕" + "╺" * place, "$faint"),
        ("━" * _SPAN, "$accent"),
        ("╺" * rest + "▏", "$faint"),
    ]
    return Content.assemble(*parts)
