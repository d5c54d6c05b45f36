"""Last year's way, with SDK v1. To be translated; nothing to do in this file."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace
from azureml.data import OutputFileDatasetConfig

ws = Workspace.from_config()
rides = Dataset.get_by_name(ws, "rides")
environment = Environment.get(ws, "AzureML-sklearn-1.5")

runs = []
for degree in (1, 2, 6):
    config = ScriptRunConfig(
        source_directory="src",
        script="train.py",
        arguments=[
            "--rides", rides.as_named_input("rides").as_download(),
            "--degree", degree,
            "--out", OutputFileDatasetConfig(name="model"),
        ],
        compute_target="cpu-cluster",
        environment=environment,
    )  # fmt: skip
    runs.append(Experiment(ws, "rides-2024").submit(config))

for run in runs:
    run.wait_for_completion(show_output=True)
