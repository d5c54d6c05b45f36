"""Generators for computed questions of the area train."""

from __future__ import annotations

from collections.abc import Mapping

from dp100.curriculum.generators import Redraw, Value, generator


def _distinct(results: list[str]) -> list[str]:
    """Return ``results``, or ask for other values when two of them look the same."""
    if len(set(results)) < len(results):
        raise Redraw
    return results


@generator
def smote_minority_rows(drawn: Mapping[str, Value]) -> list[str]:
    """Rows of the minority class that come out of the designer's SMOTE component.

    SMOTE returns the original rows and adds ``percentage`` / 100 times as many synthetic rows as there
    are in the minority; the majority stays as it is. Source: the reference page of the SMOTE component,
    whose example turns 178 rows into 534 at 200 percent.

    Args:
        drawn: ``minority`` and ``majority`` (rows), ``percentage`` (a multiple of 100).

    Returns:
        The number of rows; then the added rows alone, the rows a balanced table would have, and what
        comes of taking the percentage of the majority.
    """
    minority, majority, percentage = int(drawn["minority"]), int(drawn["majority"]), int(drawn["percentage"])
    added = minority * percentage // 100
    results = [minority + added, added, majority, minority + majority * percentage // 100]
    return _distinct([f"{result:,}" for result in results])


@generator
def confusion_matrix_recall(drawn: Mapping[str, Value]) -> list[str]:
    """Recall of a two-class model from the counts of its confusion matrix.

    Recall is TP / (TP + FN). Source: the reference page of the designer's Evaluate Model component.

    Args:
        drawn: ``tp``, ``fn``, ``fp`` and ``tn`` (rows of the test set).

    Returns:
        Recall; then precision, accuracy and specificity. Three decimals each.
    """
    tp, fn, fp, tn = (int(drawn[name]) for name in ("tp", "fn", "fp", "tn"))
    results = [tp / (tp + fn), tp / (tp + fp), (tp + tn) / (tp + fn + fp + tn), tn / (tn + fp)]
    return _distinct([f"{result:.3f}" for result in results])
