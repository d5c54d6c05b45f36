"""The dairy's model of spoilage. Nothing to do in this file: the steps import from it."""

import csv

FEATURES = ["temperature", "hours", "ph", "cells"]
FIRST_TEST_DAY = "2025-05-01"  # trained on January to April, tested on May and June


def read_batches() -> list[dict[str, str]]:
    """The rows of the data, a dict for each batch."""
    with open("data/batches.csv", newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_scores() -> tuple[list[int], list[float]]:
    """Of the batches of May and June: whether each spoiled, and the model's probability of it."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    batches = read_batches()
    early = [batch for batch in batches if batch["date"] < FIRST_TEST_DAY]
    late = [batch for batch in batches if batch["date"] >= FIRST_TEST_DAY]
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(_features(early), [int(batch["spoiled"]) for batch in early])
    scores = model.predict_proba(_features(late))[:, 1]
    return [int(batch["spoiled"]) for batch in late], [float(score) for score in scores]


def _features(batches: list[dict[str, str]]) -> list[list[float]]:
    return [[float(batch[name]) for name in FEATURES] for batch in batches]
