"""The lines of the notes' tree, and of what a search finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from dp100.tui.widgets.bar import bar, cut, percent, spread
from dp100.tui.widgets.rows import Row, plain

if TYPE_CHECKING:
    from dp100.curriculum.outline import Outline
    from dp100.curriculum.search import Hit
    from dp100.memory.mastery import TopicState


def tree_rows(
    outline: Outline, states: Mapping[str, TopicState], noted: Collection[str], closed: Collection[str]
) -> list[Row]:
    """The outline as a tree.

    Args:
        outline: What to list.
        states: What is known, by topic.
        noted: The topics that have a note.
        closed: The areas and objectives whose lines are hidden.
    """
    rows: list[Row] = []
    for area in outline.areas:
        ids = [topic.id for topic in area.topics]
        rows.append(
            _row(0, area.short or area.title, _mastery(ids, states), f"area:{area.id}", area.id in closed)
        )
        if area.id in closed:
            continue
        for objective in area.objectives:
            ids = [topic.id for topic in objective.topics]
            folded = objective.id in closed
            rows.append(_row(1, objective.title, _mastery(ids, states), f"objective:{objective.id}", folded))
            if not folded:
                rows += [
                    _row(
                        2,
                        topic.title,
                        _mastery([topic.id], states),
                        f"topic:{topic.id}",
                        topic.id not in noted,
                    )
                    for topic in objective.topics
                ]
    return rows


def _mastery(topics: Sequence[str], states: Mapping[str, TopicState]) -> float | None:
    """Mean over the topics that have questions; None when none has."""
    known = [states[id].mastery for id in topics if id in states and states[id].total]
    return sum(known) / len(known) if known else None


def _row(depth: int, title: str, mastery: float | None, id: str, shut: bool) -> Row:
    """A line: ``shut`` is a closed branch, or a topic without a note."""
    if depth < 2:
        lead, style = ("▹ " if shut else "▿ "), ("bold" if depth == 0 else "")
    else:
        lead, style = "  ", "$quiet" if shut else ""

    def draw(width: int) -> Content:
        name = Content.assemble(" " * depth, (lead, "$quiet"), (title, style))
        if mastery is None:
            return cut(name, width)
        value = Content.styled(percent(mastery), "$quiet" if depth else "")
        if width >= 36:
            value = Content.assemble(" ", bar(mastery, 7 if width < 60 else 16), value)
        return spread(name, value, width)

    return Row(draw, id)


def found_rows(hits: Sequence[Hit], words: Sequence[str]) -> list[Row]:
    """What a search found: for each hit its topic, and under it the line with the words marked."""
    if not hits:
        return [plain("Nothing found.", "$quiet"), plain("Every word must occur in a note.", "$quiet")]
    count = f"{len(hits)} {'note' if len(hits) == 1 else 'notes'}"
    rows = [plain(count, "$quiet")]
    for hit in hits:
        rows.append(Row(partial(cut, marked(hit.title, words)), f"topic:{hit.topic}"))
        rows.append(Row(partial(_line, hit, words)))
    return rows


def marked(text: str, words: Sequence[str]) -> Content:
    """``text`` with every occurrence of the words marked."""
    content = Content(text)
    for word in words:
        for match in re.finditer(re.escape(word), text, re.IGNORECASE):
            content = content.stylize("bold $accent", match.start(), match.end())
    return content


def _line(hit: Hit, words: Sequence[str], width: int) -> Content:
    """The line of a hit, moved so that the first word found in it can be seen."""
    line = " ".join(hit.line.strip("| ").split())
    places = [place for word in words if (place := line.lower().find(word.lower())) >= 0]
    start = min(places, default=0)
    room = width - 2
    if start > room - 12:
        line = "…" + line[start - room // 3 :]
    return cut(Content.assemble("  ", marked(line, words).stylize_before("$quiet")), width)
