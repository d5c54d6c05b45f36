"""The generators of the area foundations: worked examples, and distinct choices wherever the bank draws."""

from __future__ import annotations

from itertools import product

import pytest

from dp100.curriculum.generators import Redraw, generators
from dp100.curriculum.generators.foundations import (
    demographic_parity_difference,
    laplace_scale,
    overlapping_chunks,
)

DRAWS: dict[str, dict[str, list[float]]] = {
    "demographic_parity_difference": {
        "size_a": [200, 250, 400],
        "selected_a": [120, 140, 150],
        "size_b": [100, 125, 150],
        "selected_b": [24, 30, 36],
    },
    "laplace_scale": {"upper": [40, 60, 120, 200], "epsilon": [0.1, 0.2, 0.5, 2]},
    "overlapping_chunks": {
        "length": [4000, 5200, 6400, 9600],
        "size": [400, 512, 640],
        "overlap": [50, 80, 100],
    },
}
"""What the bank draws from, by generator."""


def test_the_rates_are_compared_and_not_the_counts() -> None:
    drawn = {"size_a": 200, "selected_a": 120, "size_b": 100, "selected_b": 30}
    assert demographic_parity_difference(drawn)[0] == "0.300"


def test_the_ratio_the_overall_rate_and_the_shares_are_the_wrong_ones() -> None:
    drawn = {"size_a": 200, "selected_a": 120, "size_b": 100, "selected_b": 30}
    assert demographic_parity_difference(drawn)[1:] == ["0.500", "0.100", "0.600"]


def test_the_order_of_the_groups_does_not_matter() -> None:
    first = {"size_a": 200, "selected_a": 120, "size_b": 100, "selected_b": 30}
    second = {"size_a": 100, "selected_a": 30, "size_b": 200, "selected_b": 120}
    assert demographic_parity_difference(first) == demographic_parity_difference(second)


@pytest.mark.parametrize(
    "drawn",
    [
        {"size_a": 100, "selected_a": 120, "size_b": 100, "selected_b": 30},
        {"size_a": 100, "selected_a": 30, "size_b": 100, "selected_b": 31},
    ],
    ids=["more selected than there are", "rates nearly the same"],
)
def test_counts_that_make_no_fair_question_are_drawn_again(drawn: dict[str, float]) -> None:
    with pytest.raises(Redraw):
        demographic_parity_difference(drawn)


@pytest.mark.parametrize(("upper", "epsilon", "scale"), [(60, 0.5, "120"), (200, 2, "100"), (40, 0.1, "400")])
def test_a_smaller_epsilon_means_more_noise(upper: float, epsilon: float, scale: str) -> None:
    assert laplace_scale({"upper": upper, "epsilon": epsilon})[0] == scale


def test_an_epsilon_of_one_would_hide_the_difference() -> None:
    with pytest.raises(Redraw):
        laplace_scale({"upper": 60, "epsilon": 1})


@pytest.mark.parametrize(("length", "size", "overlap"), [(4000, 512, 50), (5200, 400, 100), (9600, 640, 80)])
def test_the_chunks_are_as_many_as_a_splitter_makes(length: int, size: int, overlap: int) -> None:
    starts = [0]
    while starts[-1] + size < length:
        starts.append(starts[-1] + size - overlap)
    assert overlapping_chunks({"length": length, "size": size, "overlap": overlap})[0] == str(len(starts))


def test_ten_chunks_of_which_each_adds_what_does_not_overlap() -> None:
    assert overlapping_chunks({"length": 4100, "size": 500, "overlap": 100})[0] == "10"


def test_a_document_that_the_overlap_does_not_lengthen_is_no_fair_question() -> None:
    with pytest.raises(Redraw):
        overlapping_chunks({"length": 900, "size": 500, "overlap": 100})


@pytest.mark.parametrize("name", DRAWS)
def test_the_choices_are_distinct_wherever_the_bank_can_draw(name: str) -> None:
    generate, spec = generators()[name], DRAWS[name]
    fair = 0
    for values in product(*spec.values()):
        try:
            results = generate(dict(zip(spec, values, strict=True)))
        except Redraw:
            continue
        fair += 1
        assert len(results) == len(set(results)) == 4
    assert fair > 0
