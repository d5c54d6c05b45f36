"""Which stations run empty by nine? Nothing to do in this file: the steps import from it."""

import csv

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

FEATURES = ["temperature", "rain", "bikes", "workday"]


def read(month: str, folder: str = "data") -> tuple[list[list[float]], list[int]]:
    """Features at six in the morning, and whether the station was empty at nine."""
    with open(f"{folder}/{month}.csv", newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [[float(row[name]) for name in FEATURES] for row in rows], [
        int(row["empty"]) for row in rows
    ]


def train(*months: str, folder: str = "data") -> Pipeline:
    """A model of the first two thirds of each month."""
    features, empty = [], []
    for month in months:
        x, y = read(month, folder)
        features += x[: len(x) * 2 // 3]
        empty += y[: len(y) * 2 // 3]
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(features, empty)


def accuracy(model: Pipeline, month: str, folder: str = "data") -> float:
    """How often the model is right in the last third of a month."""
    x, y = read(month, folder)
    return float(model.score(x[len(x) * 2 // 3 :], y[len(y) * 2 // 3 :]))
