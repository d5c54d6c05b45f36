"""Generators for computed questions of the area foundations."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import ceil

from dp100.curriculum.generators import Redraw, Value, generator


@generator
def demographic_parity_difference(drawn: Mapping[str, Value]) -> list[str]:
    """Demographic parity difference of two groups, from counts.

    The difference between the largest and the smallest selection rate of the groups, where a group's
    selection rate is the share of its members with a positive prediction. Source:
    ``fairlearn.metrics.demographic_parity_difference``.

    Args:
        drawn: ``size_a`` and ``size_b``, the members of each group; ``selected_a`` and ``selected_b``,
            those of them with a positive prediction.

    Returns:
        The difference of the rates; then the smaller rate over the larger (demographic parity ratio),
        the distance of the larger rate from that of everyone, and the difference of the groups' shares
        of all who were selected. Three decimals each.

    Raises:
        Redraw: Two of the results are closer than 0.02, or the rates are nearly the same.
    """
    size_a, size_b = float(drawn["size_a"]), float(drawn["size_b"])
    selected_a, selected_b = float(drawn["selected_a"]), float(drawn["selected_b"])
    if selected_a > size_a or selected_b > size_b:
        raise Redraw
    rate_a, rate_b = selected_a / size_a, selected_b / size_b
    overall = (selected_a + selected_b) / (size_a + size_b)
    high, low = max(rate_a, rate_b), min(rate_a, rate_b)
    results = [
        high - low,
        low / high,
        high - overall,
        abs(selected_a - selected_b) / (selected_a + selected_b),
    ]
    ordered = sorted(results)
    if results[0] < 0.05 or any(later - earlier < 0.02 for earlier, later in pairwise(ordered)):
        raise Redraw
    return [f"{result:.3f}" for result in results]


@generator
def laplace_scale(drawn: Mapping[str, Value]) -> list[str]:
    """Scale of the Laplace noise for a differentially private sum.

    The scale is the sensitivity over epsilon. For a sum over people with one row each, where a row's
    value is clamped to the range 0 to ``upper`` and a person is added or removed, the sensitivity is
    ``upper``. Source: the Laplace mechanism, as in ``opendp.measurements.make_laplace``, whose privacy
    map is sensitivity / scale.

    Args:
        drawn: ``upper``, the largest value one person can add; ``epsilon``, above 0 and not 1.

    Returns:
        upper / epsilon; then the product, 1 / epsilon (the scale for a count), and upper taken alone.
        Without trailing zeros.

    Raises:
        Redraw: Two of the results are the same.
    """
    upper, epsilon = float(drawn["upper"]), float(drawn["epsilon"])
    results = [f"{result:g}" for result in (upper / epsilon, upper * epsilon, 1 / epsilon, upper)]
    if len(set(results)) < len(results):
        raise Redraw
    return results


@generator
def overlapping_chunks(drawn: Mapping[str, Value]) -> list[str]:
    """Number of fixed-size chunks of a document when neighbours overlap.

    Each chunk after the first starts ``size`` - ``overlap`` tokens after the one before it, so n chunks
    cover size + (n - 1) * (size - overlap) tokens. The smallest n that covers the document is
    ceil((length - overlap) / (size - overlap)).

    Args:
        drawn: ``length`` of the document, ``size`` of a chunk and ``overlap`` of two neighbours, all in
            tokens; twice the overlap is smaller than the size, and the size than the length.

    Returns:
        That number; then what comes of ignoring the overlap, of taking it off each chunk at both ends,
        and of dividing by the overlap.

    Raises:
        Redraw: Two of the results are the same.
    """
    length, size, overlap = (int(float(drawn[name])) for name in ("length", "size", "overlap"))
    results = [
        ceil((length - overlap) / (size - overlap)),
        ceil(length / size),
        ceil((length - overlap) / (size - 2 * overlap)),
        ceil(length / overlap),
    ]
    if len(set(results)) < len(results):
        raise Redraw
    return [str(result) for result in results]
