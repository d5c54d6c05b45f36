"""The rides of a bike-share, hour by hour. Nothing to do in this file: the steps import from it."""

import pandas as pd

FEATURES = ["hour", "weekday", "temperature", "rain"]
FIRST_TEST_DAY = "2025-05-26"  # trained on four weeks of May, tested on the week after


def load(path: str = "data/rides.csv") -> tuple[pd.DataFrame, pd.Series, pd.DataFrame, pd.Series]:
    """Features and rides per hour, for training and for testing."""
    rides = pd.read_csv(path)
    early = rides["date"] < FIRST_TEST_DAY
    features = rides[FEATURES].astype("float64")
    return features[early], rides["rides"][early], features[~early], rides["rides"][~early]
