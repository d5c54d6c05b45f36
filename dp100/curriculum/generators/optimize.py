"""Generators for computed questions of the area optimize."""

from __future__ import annotations

from collections.abc import Mapping

from dp100.curriculum.generators import Value, generator


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
