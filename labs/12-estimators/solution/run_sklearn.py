"""Trains with the estimator for scikit-learn (SDK v1, deprecated)."""

from azureml.core import Dataset, Experiment, Workspace
from azureml.train.sklearn import SKLearn

EXPERIMENT = "milk-sklearn"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")

print("versions that SKLearn knows:", SKLearn.get_supported_versions())

estimator = SKLearn(
    source_directory="src",
    entry_script="train.py",
    script_params={
        "--data": milk.as_named_input("milk").as_download(),
        "--strength": 0.5,
        "--balanced": "",
    },
    compute_target="cpu-cluster",
)
run = Experiment(ws, EXPERIMENT).submit(estimator)

run.wait_for_completion(show_output=True)
print(run.get_metrics())
