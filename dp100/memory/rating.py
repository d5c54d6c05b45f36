"""From an answer to a rating: whether it was right, and how sure the learner was before it was revealed."""

from __future__ import annotations

from enum import IntEnum


class Confidence(IntEnum):
    """How sure the learner said to be, before the answer was revealed."""

    GUESS = 0
    UNSURE = 1
    SURE = 2


class Rating(IntEnum):
    """FSRS's four grades of recall."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


def rate(points: int, possible: int, confidence: Confidence | None) -> Rating:
    """How well an item was recalled.

    A partly right answer was not recalled, and a lucky guess is no knowledge: both are ``AGAIN``. Without a
    confidence, as in an exam, a right answer counts as a sure one. ``EASY`` is never given: choosing
    among options says too little about ease.

    Raises:
        ValueError: when ``points`` is not within 0 and ``possible``, or nothing could be earned.
    """
    if possible < 1 or not 0 <= points <= possible:
        raise ValueError(f"{points} of {possible} points cannot be rated")
    if points < possible or confidence is Confidence.GUESS:
        return Rating.AGAIN
    return Rating.HARD if confidence is Confidence.UNSURE else Rating.GOOD
