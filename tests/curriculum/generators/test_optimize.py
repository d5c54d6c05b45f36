"""The generators of the area optimize: worked examples, and distinct choices over all that can be drawn."""

from __future__ import annotations

from itertools import product

import pytest

from dp100.curriculum.generators import Redraw, generators
from dp100.curriculum.generators.optimize import (
    bandit_cutoff,
    first_policy_application,
    grid_trials,
    monte_carlo_rows,
    norm_macro_recall,
    permutation_importance,
    reference_offset,
)

CENTS = [round(0.60 + 0.05 * step, 2) for step in range(8)]
"""0.60 to 0.95 in steps of 0.05."""

DRAWS: dict[str, dict[str, list[float]]] = {
    "bandit_cutoff": {"best": CENTS, "slack_factor": [0.1, 0.15, 0.2, 0.25]},
    "first_policy_application": {
        "evaluation_interval": [3, 4, 5, 7],
        "delay_evaluation": [10, 11, 13, 17, 22],
    },
    "grid_trials": {"sizes": [2, 3, 4, 5], "stop": [4, 5, 6, 7, 8, 9], "limit": [60, 80, 100]},
    "norm_macro_recall": {"recall": CENTS, "classes": [3, 4, 5]},
    "monte_carlo_rows": {
        "rows": [2000 * step for step in range(1, 11)],
        "validation_size": [0.15, 0.2, 0.25, 0.3],
        "repeats": [4, 5, 8, 10],
    },
    "permutation_importance": {
        "base": [round(0.80 + 0.02 * step, 2) for step in range(9)],
        "shuffled": [round(0.52 + 0.03 * step, 2) for step in range(8)],
    },
    "reference_offset": {"size": [5, 7, 10, 14], "offset": [1, 2, 3, 4]},
}
"""What the questions draw from."""


def combinations(name: str) -> list[dict[str, float]]:
    names = list(DRAWS[name])
    return [dict(zip(names, values, strict=True)) for values in product(*DRAWS[name].values())]


@pytest.mark.parametrize("name", DRAWS)
def test_the_choices_differ_and_most_draws_are_used(name: str) -> None:
    generate = generators()[name]
    used = 0
    for drawn in combinations(name):
        try:
            results = generate(drawn)
        except Redraw:
            continue
        used += 1
        assert len(results) == 4
        assert len(set(results)) == 4, drawn
    assert used > len(combinations(name)) / 2


def test_bandit_cutoff_divides_the_best_by_one_plus_the_factor() -> None:
    # The documentation's own example: best 0.8, factor 0.2, cut-off 0.66...
    assert bandit_cutoff({"best": 0.8, "slack_factor": 0.2}) == ["0.667", "0.640", "0.600", "1.000"]


def test_policy_is_first_applied_at_a_multiple_of_the_interval_past_the_delay() -> None:
    drawn = {"evaluation_interval": 4, "delay_evaluation": 10}
    assert first_policy_application(drawn) == ["12", "10", "14", "4"]


@pytest.mark.parametrize("drawn", [(5, 10), (10, 5)])
def test_policy_timing_is_drawn_again_when_a_wrong_rule_would_be_right(drawn: tuple[int, int]) -> None:
    with pytest.raises(Redraw):
        first_policy_application({"evaluation_interval": drawn[0], "delay_evaluation": drawn[1]})


def test_grid_holds_every_combination_once() -> None:
    # Four batch sizes, layers 1 to 5.
    assert grid_trials({"sizes": 4, "stop": 6, "limit": 100}) == ["20", "24", "9", "100"]


def test_norm_macro_recall_is_nought_for_random_predictions_and_one_for_perfect_ones() -> None:
    # R = 1 / 4: a recall of 0.7 is 0.45 of the 0.75 that lie above chance.
    assert norm_macro_recall({"recall": 0.7, "classes": 4}) == ["0.600", "0.450", "0.400", "0.700"]


def test_monte_carlo_keeps_the_same_share_whatever_the_repetitions() -> None:
    drawn = {"rows": 10000, "validation_size": 0.2, "repeats": 8}
    assert monte_carlo_rows(drawn) == ["8000", "8750", "2000", "1000"]


def test_permutation_importance_is_what_the_metric_loses() -> None:
    assert permutation_importance({"base": 0.9, "shuffled": 0.72}) == ["0.180", "0.200", "0.720", "0.280"]


def test_reference_window_ends_where_the_production_window_begins() -> None:
    # The documentation's own example: five days that end two days before the run.
    assert reference_offset({"size": 5, "offset": 2}) == ["P7D", "P5D", "P10D", "P2D"]
