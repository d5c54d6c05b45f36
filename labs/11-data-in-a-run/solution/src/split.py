"""How the visits are parted for training and testing."""

from sklearn.model_selection import GroupShuffleSplit


def split(visits, seed=0):
    """Part the visits; about a quarter of them is for testing.

    No patient is on both sides: a model that knows a patient from training need not learn anything
    about patients in general.

    Returns:
        Two data frames: for training, and for testing.
    """
    splitter = GroupShuffleSplit(n_splits=1, test_size=0.25, random_state=seed)
    train, test = next(splitter.split(visits, groups=visits["patient"]))
    return visits.iloc[train], visits.iloc[test]
