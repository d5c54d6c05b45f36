"""Generators for computed questions of the area optimize."""

from __future__ import annotations

import math
from collections.abc import Mapping

from dp100.curriculum.generators import Redraw, Value, generator


def _distinct(results: list[str]) -> list[str]:
    """``results``, unless two choices would show the same value: then other values are drawn."""
    if len(set(results)) != len(results):
        raise Redraw(f"two choices come to the same: {', '.join(results)}")
    return results


@generator
def bandit_cutoff(drawn: Mapping[str, Value]) -> list[str]:
    """Cut-off of a Bandit policy with a slack factor, for a metric to maximize.

    A trial is cancelled when its value Y satisfies Y + Y * slack_factor < best, so the cut-off is
    best / (1 + slack_factor). Source: BanditPolicy in azureml-train-core and "Tune hyperparameters".

    Args:
        drawn: ``best`` (0 to 1) and ``slack_factor`` (above 0).

    Returns:
        The cut-off; then what comes of taking the factor off the best, of slack_amount's rule, and of
        the wrong sign. Three decimals each.
    """
    best, factor = float(drawn["best"]), float(drawn["slack_factor"])
    results = [best / (1 + factor), best * (1 - factor), best - factor, best / (1 - factor)]
    return [f"{result:.3f}" for result in results]


@generator
def first_policy_application(drawn: Mapping[str, Value]) -> list[str]:
    """First interval at which an early termination policy is applied.

    It is applied at every multiple of ``evaluation_interval`` that is at least ``delay_evaluation``.
    Source: BanditPolicy in azureml-train-core and "CLI (v2) sweep job YAML schema".

    Args:
        drawn: ``evaluation_interval`` and ``delay_evaluation``, counted in loggings of the primary metric.

    Returns:
        That interval; then the delay itself, the delay with one interval added, and the interval alone.

    Raises:
        Redraw: If the delay is a multiple of the interval or below it, so that a wrong rule is right.
    """
    interval, delay = int(drawn["evaluation_interval"]), int(drawn["delay_evaluation"])
    first = math.ceil(delay / interval) * interval
    return _distinct([str(result) for result in (first, delay, delay + interval, interval)])


@generator
def grid_trials(drawn: Mapping[str, Value]) -> list[str]:
    """Number of trials of a grid over two discrete hyperparameters, with a limit above its size.

    A grid holds every combination once; ``choice(range(1, stop))`` holds stop - 1 values. Source: "Tune
    hyperparameters" and the reference of ``max_total_runs`` in HyperDriveConfig.

    Args:
        drawn: ``sizes`` (how many values the first has), ``stop`` (end of the second's range) and
            ``limit`` (``max_total_runs``).

    Returns:
        The product; then the product with the end counted in, the sum, and the limit.
    """
    sizes, stop, limit = int(drawn["sizes"]), int(drawn["stop"]), int(drawn["limit"])
    return _distinct([str(result) for result in (sizes * (stop - 1), sizes * stop, sizes + stop - 1, limit)])


@generator
def norm_macro_recall(drawn: Mapping[str, Value]) -> list[str]:
    """Automated ML's ``norm_macro_recall`` from the macro-averaged recall.

    It is (recall - R) / (1 - R), where R is what random predictions reach: 1 / classes. Source: "Evaluate
    automated machine learning experiment results".

    Args:
        drawn: ``recall`` (macro-averaged, 0 to 1) and ``classes`` (3 or more).

    Returns:
        The score; then without the division, with the R of two classes, and not normalized at all. Three
        decimals each.
    """
    recall, classes = float(drawn["recall"]), int(drawn["classes"])
    random = 1 / classes
    results = [(recall - random) / (1 - random), recall - random, (recall - 0.5) / (1 - 0.5), recall]
    return _distinct([f"{result:.3f}" for result in results])


@generator
def monte_carlo_rows(drawn: Mapping[str, Value]) -> list[str]:
    """Rows that each training of a Monte Carlo cross-validation uses.

    With ``validation_size`` and ``n_cross_validations`` both set, each repetition holds out that share anew
    and trains on the rest. Source: "Configure training, validation, cross-validation, and test data".

    Args:
        drawn: ``rows``, ``validation_size`` (0 to 1) and ``repeats`` (``n_cross_validations``).

    Returns:
        The rest; then what k-fold would train on, what is held out, and the rest dealt out over the
        repetitions.
    """
    rows, share, repeats = int(drawn["rows"]), float(drawn["validation_size"]), int(drawn["repeats"])
    kept = rows * (1 - share)
    results = [kept, rows * (repeats - 1) / repeats, rows * share, kept / repeats]
    return _distinct([f"{result:.0f}" for result in results])


@generator
def permutation_importance(drawn: Mapping[str, Value]) -> list[str]:
    """Permutation feature importance for a metric of which more is better.

    The importance is the metric on the intact data less the metric with the feature's column shuffled.
    Source: PFIExplainer in interpret-community and scikit-learn's "Permutation feature importance".

    Args:
        drawn: ``base`` (intact) and ``shuffled``, both 0 to 1.

    Returns:
        The difference; then the relative loss, the shuffled score itself, and its distance from 1. Three
        decimals each.
    """
    base, shuffled = float(drawn["base"]), float(drawn["shuffled"])
    results = [base - shuffled, (base - shuffled) / base, shuffled, 1 - shuffled]
    return _distinct([f"{result:.3f}" for result in results])


@generator
def reference_offset(drawn: Mapping[str, Value]) -> list[str]:
    """Smallest look-back offset of a monitor's reference data that keeps it apart from the production data.

    The production window ends ``offset`` days before the run and is ``size`` days long; the reference window
    has to end where it begins. Source: "Azure Machine Learning model monitoring", look-back window.

    Args:
        drawn: ``size`` and ``offset`` of the production data's window, in days.

    Returns:
        Their sum; then the size, twice the size (the default), and the offset. As ISO 8601 durations.
    """
    size, offset = int(drawn["size"]), int(drawn["offset"])
    return _distinct([f"P{days}D" for days in (size + offset, size, 2 * size, offset)])
