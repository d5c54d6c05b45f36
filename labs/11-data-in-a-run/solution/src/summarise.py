"""Log how many visits and patients there are, and how many patients did not come."""

import argparse

from azureml.core import Run


def summarise(run):
    """Log to ``run`` what its input ``visits`` holds: visits, patients and no_show_rate."""
    visits = run.input_datasets["visits"].to_pandas_dataframe()
    run.log("visits", len(visits))
    run.log("patients", visits["patient"].nunique())
    run.log("no_show_rate", visits["no_show"].mean())


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--visits")
    args = parser.parse_args()
    print("The argument is", args.visits)
    summarise(Run.get_context())
