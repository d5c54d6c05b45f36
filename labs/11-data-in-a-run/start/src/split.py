"""How the visits are parted for training and testing."""

from sklearn.model_selection import train_test_split


def split(visits, seed=0):
    """Part the visits; about a quarter of them is for testing.

    Returns:
        Two data frames: for training, and for testing.
    """
    # TODO (last step): all visits of a patient on the same side.
    train, test = train_test_split(visits, test_size=0.25, random_state=seed)
    return train, test
