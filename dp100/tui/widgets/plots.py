"""Plots, in the colours of the theme. Importing this imports plotext."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from textual.app import App
from textual.color import Color
from textual_plotext import PlotextPlot

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def colour_of(app: App[object], name: str) -> tuple[int, int, int]:
    """A colour of the theme as plotext takes it."""
    return Color.parse(app.theme_variables[name]).rgb


def _day(day: dt.date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]}"


def _ticks(count: int, most: int) -> list[float]:
    """At most ``most`` places of ``count``, evenly apart, the first one among them."""
    step = max(1, -(-count // most))
    return [float(place) for place in range(0, count, step)]


class Themed(PlotextPlot):
    """A plot that is drawn again when the theme or the size changes."""

    def on_mount(self) -> None:
        super().on_mount()
        self.app.theme_changed_signal.subscribe(self, lambda theme: self.replot())
        self.replot()

    def replot(self) -> None:
        """Draws the plot anew."""
        self.plt.clear_figure()
        self.plot()
        self.refresh()

    def plot(self) -> None:
        """What the plot shows."""
        raise NotImplementedError


class Forecast(Themed):
    """Questions that will be due, by day."""

    def __init__(self, forecast: Sequence[tuple[dt.date, int]]) -> None:
        super().__init__()
        self._forecast = forecast

    def plot(self) -> None:
        """A bar for each day."""
        days = list(range(len(self._forecast)))
        counts = [due for _, due in self._forecast]
        self.plt.bar(days, counts, color=colour_of(self.app, "accent"), width=0.6)
        places = _ticks(len(days), 6)
        self.plt.xticks(places, [_day(self._forecast[int(place)][0]) for place in places])
        most = max(4, *counts)
        self.plt.ylim(0, most)
        self.plt.yticks([0, most // 2, most])
        self.plt.xlim(-0.5, len(days) - 0.5)


class Exams(Themed):
    """Scores of the mock exams, in the order in which they were sat, with the pass mark."""

    def __init__(self, scores: Sequence[tuple[dt.date, int]], *, passing: int) -> None:
        super().__init__()
        self._scores = scores[-20:]
        self._passing = passing

    def plot(self) -> None:
        """A point for each exam, and a line at the pass mark."""
        places = list(range(1, len(self._scores) + 1))
        scores = [score for _, score in self._scores]
        self.plt.hline(self._passing, color=colour_of(self.app, "quiet"))
        if len(scores) > 1:
            self.plt.plot(places, scores, color=colour_of(self.app, "accent"), marker="braille")
        self.plt.scatter(places, scores, color=colour_of(self.app, "accent"), marker="●")
        self.plt.ylim(0, 1000)
        self.plt.yticks([0, 250, 500, self._passing, 1000])
        self.plt.xlim(0.5, len(places) + 0.5)
        shown = [float(places[int(place)]) for place in _ticks(len(places), 6)]
        self.plt.xticks(shown, [_day(self._scores[int(place) - 1][0]) for place in shown])
