"""Trains with the generic estimator (SDK v1, deprecated)."""

from azureml.core import Dataset, Experiment, Workspace
from azureml.train.estimator import Estimator

EXPERIMENT = "milk-estimator"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")

estimator = Estimator(
    source_directory="src",
    entry_script="train.py",
    script_params={
        "--data": milk.as_named_input("milk").as_download(),
        "--strength": 0.5,
        "--balanced": "",
    },
    compute_target="cpu-cluster",
    conda_packages=["scikit-learn"],
)
run = Experiment(ws, EXPERIMENT).submit(estimator)

run.wait_for_completion(show_output=True)
print(run.get_metrics())
