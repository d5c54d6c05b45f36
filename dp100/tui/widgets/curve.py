"""A metric over its steps as a plot. Importing this imports plotext."""

from __future__ import annotations

from collections.abc import Sequence

from dp100.tui.widgets.plots import Themed, colour_of


class Curve(Themed):
    """One metric: a line through its values, or points where there are few."""

    def __init__(self, name: str, points: Sequence[tuple[float, float]]) -> None:
        """The plot of a metric with these points of step and value."""
        super().__init__()
        self._metric = name
        self._points = list(points)

    def show(self, points: Sequence[tuple[float, float]]) -> None:
        """Other points: more have been logged."""
        if list(points) != self._points:
            self._points = list(points)
            self.replot()

    def plot(self) -> None:
        """A line, with the last value beside the name."""
        finite = [(x, y) for x, y in self._points if abs(y) < float("inf")]
        if not finite:
            self.plt.title(self._metric)
            return
        steps, values = [x for x, _ in finite], [y for _, y in finite]
        accent = colour_of(self.app, "accent")
        if len(finite) > 1:
            self.plt.plot(steps, values, color=accent, marker="braille")
        if len(finite) <= 12:
            self.plt.scatter(steps, values, color=accent, marker="●")
        self.plt.title(f"{self._metric}   {values[-1]:.6g}")
        low, high = min(values), max(values)
        if low == high:
            low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
            self.plt.ylim(low, high)
        places = [low, (low + high) / 2, high]
        self.plt.yticks(places, [_short(place) for place in places])
        first, last = steps[0], steps[-1]
        marks = sorted({first, float(round((first + last) / 2)), last})
        self.plt.xticks(marks, [f"{mark:g}" for mark in marks])


def _short(value: float) -> str:
    """A number for the margin: four digits, more only where they stand before the point."""
    return f"{value:.0f}" if 1000 <= abs(value) < 1_000_000 else f"{value:.4g}"
