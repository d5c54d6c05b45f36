"""Log how many visits and patients there are, and how many patients did not come."""

import argparse

from azureml.core import Run


def summarise(run):
    """Log to ``run`` what its input ``visits`` holds: visits, patients and no_show_rate."""
    # TODO: get the dataset from the run, as a data frame, and log the three numbers.


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits")
    args = parser.parse_args()
    print("The argument is", args.visits)
    summarise(Run.get_context())
