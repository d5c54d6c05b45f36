from __future__ import annotations

import pytest

from dp100.memory.rating import Confidence, Rating, rate


@pytest.mark.parametrize(
    ("points", "possible", "confidence", "rating"),
    [
        (0, 1, Confidence.SURE, Rating.AGAIN),
        (2, 3, Confidence.SURE, Rating.AGAIN),  # partly right is not known
        (3, 3, Confidence.GUESS, Rating.AGAIN),  # nor is a lucky guess
        (3, 3, Confidence.UNSURE, Rating.HARD),
        (3, 3, Confidence.SURE, Rating.GOOD),
        (1, 1, None, Rating.GOOD),  # an exam does not ask
        (0, 1, None, Rating.AGAIN),
    ],
)
def test_correctness_and_confidence_make_the_rating(
    points: int, possible: int, confidence: Confidence | None, rating: Rating
) -> None:
    assert rate(points, possible, confidence) is rating


@pytest.mark.parametrize(("points", "possible"), [(-1, 1), (2, 1), (0, 0)])
def test_impossible_points_are_refused(points: int, possible: int) -> None:
    with pytest.raises(ValueError, match="cannot be rated"):
        rate(points, possible, None)
