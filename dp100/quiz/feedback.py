"""What the learner is told once the answer is in: line by line, what was right and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dp100.quiz.presentation import Option, Presentation

Mark = Literal["right", "missed", "wrong", "neutral"]


@dataclass(frozen=True, slots=True)
class Line:
    """One option, slot or position, judged.

    Attributes:
        text: the option, or the option that belongs there.
        mark: ``right`` chosen and right, ``missed`` right but not chosen, ``wrong`` chosen but wrong,
            ``neutral`` neither.
        why: the reason, None where the content has none.
        prompt: what the option was to fit: a statement, a prompt or a blank.
        given: for a slot or a position, what the learner put there; None when nothing.
        given_why: why that was wrong, where the content says so.
        formula: how a computed value comes about.
    """

    text: str
    mark: Mark
    why: str | None = None
    prompt: str | None = None
    given: str | None = None
    given_why: str | None = None
    formula: str | None = None


def feedback(presentation: Presentation, answer: Sequence[int | None]) -> list[Line]:
    """Every option or part of the question with its mark, in the order in which it was shown."""
    if presentation.interaction in ("one", "several"):
        return [_chosen(option, presentation, answer) for option in presentation.options]
    if presentation.interaction == "arrange":
        return _arranged(presentation, answer)
    return _slots(presentation, answer)


def _chosen(option: Option, presentation: Presentation, answer: Sequence[int | None]) -> Line:
    mine, right = option.index in answer, option.index in presentation.key
    mark: Mark = ("right" if right else "wrong") if mine else ("missed" if right else "neutral")
    return Line(option.text, mark, option.why, formula=option.formula)


def _arranged(presentation: Presentation, answer: Sequence[int | None]) -> list[Line]:
    lines = []
    for position, key in enumerate(presentation.key):
        mine = answer[position] if position < len(answer) else None
        right, given = presentation.option(key), presentation.option(mine)
        assert right is not None
        lines.append(
            Line(
                right.text,
                "right" if mine == key else "wrong" if given else "missed",
                right.why,
                given=given.text if given else None,
                given_why=given.why if given and mine != key else None,
            )
        )
    spare = [option for option in presentation.options if option.index not in presentation.key]
    lines += [
        Line(option.text, "wrong" if option.index in answer else "neutral", option.why) for option in spare
    ]
    return lines


def _slots(presentation: Presentation, answer: Sequence[int | None]) -> list[Line]:
    lines = []
    for position, slot in enumerate(presentation.slots):
        mine = answer[position] if position < len(answer) else None
        right, given = slot.option(slot.key), slot.option(mine)
        assert right is not None
        lines.append(
            Line(
                right.text,
                "right" if mine == slot.key else "wrong" if given else "missed",
                slot.why or right.why,
                prompt=slot.prompt,
                given=given.text if given else None,
                given_why=given.why if given and mine != slot.key else None,
            )
        )
    return lines
