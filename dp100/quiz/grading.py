"""Points, as the exam gives them: one for every correct part, nothing off for a wrong one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dp100.quiz.presentation import Answer, Presentation


@dataclass(frozen=True, slots=True)
class Grade:
    """What an answer is worth.

    Attributes:
        parts: for every part of the right answer, in its order, whether it was given.
    """

    parts: tuple[bool, ...]

    @property
    def points(self) -> int:
        """Points earned, 0 to ``possible``."""
        return sum(self.parts)

    @property
    def possible(self) -> int:
        """Points of a complete answer, at least 1."""
        return len(self.parts)

    @property
    def full(self) -> bool:
        """Every part is right."""
        return all(self.parts)

    @property
    def partial(self) -> bool:
        """Some parts are right and some are not."""
        return any(self.parts) and not self.full


def grade(presentation: Presentation, answer: Sequence[int | None]) -> Grade:
    """Judge ``answer``. One that names more entries than were asked for earns nothing for the surplus.

    Picking everything in a ``multiple`` question would otherwise be the best strategy; the screens do
    not allow it, and neither does an answer from elsewhere.
    """
    given = answer[: presentation.choose]
    if presentation.interaction == "several":
        return Grade(tuple(part in given for part in presentation.key))
    padded = [*given, *[None] * (presentation.choose - len(given))]
    return Grade(tuple(part == mine for part, mine in zip(presentation.key, padded, strict=True)))


def blank(presentation: Presentation) -> Answer:
    """The answer of someone who has not begun."""
    return (None,) * len(presentation.slots)


def is_complete(presentation: Presentation, answer: Sequence[int | None]) -> bool:
    """Whether every part that is asked for was answered, rightly or not."""
    return len(answer) == presentation.choose and None not in answer


def is_begun(answer: Sequence[int | None]) -> bool:
    """Whether anything at all was answered."""
    return any(part is not None for part in answer)
