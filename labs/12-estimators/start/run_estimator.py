"""Trains with the generic estimator (SDK v1, deprecated)."""

from azureml.core import Dataset, Experiment, Workspace
from azureml.train.estimator import Estimator

EXPERIMENT = "milk-estimator"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")

# TODO: describe the script, its arguments, its packages and its compute

# TODO: submit it to the experiment
run = None

if run:
    run.wait_for_completion(show_output=True)
    print(run.get_metrics())
