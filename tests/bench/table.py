"""Figures in a table."""

from __future__ import annotations

import statistics
from collections.abc import Sequence


def spread(figures: Sequence[float], unit: str, scale: float = 1.0) -> str:
    """Median, and the smallest and largest: ``412 ms (398 to 455)``."""
    low, mid, high = min(figures) * scale, statistics.median(figures) * scale, max(figures) * scale
    return f"{mid:.3g} {unit} ({low:.3g} to {high:.3g})"


def percentile(figures: Sequence[float], share: float) -> float:
    """The figure that ``share`` of all figures do not exceed."""
    ordered = sorted(figures)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print rows of what was measured, the figure and the goal."""
    print(f"\n{title}")
    heads = ("what", "measured", "goal")
    widths = [max(len(row[column]) for row in (heads, *rows)) for column in range(3)]
    for row in (heads, tuple("-" * width for width in widths), *rows):
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
