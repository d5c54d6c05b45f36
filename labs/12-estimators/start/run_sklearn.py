"""Trains with the estimator for scikit-learn (SDK v1, deprecated)."""

from azureml.core import Dataset, Experiment, Workspace
from azureml.train.sklearn import SKLearn

EXPERIMENT = "milk-sklearn"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")

print("versions that SKLearn knows:", SKLearn.get_supported_versions())

# TODO: describe the script, its arguments and its compute; the packages come by themselves

# TODO: submit it to the experiment
run = None

if run:
    run.wait_for_completion(show_output=True)
    print(run.get_metrics())
