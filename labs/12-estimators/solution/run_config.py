"""Trains with a ScriptRunConfig, with and without the flag (SDK v1)."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace

EXPERIMENT = "milk-config"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")
data = milk.as_named_input("milk").as_download()

environment = Environment.get(ws, "AzureML-sklearn-1.5")

runs = []
for balanced in (True, False):
    config = ScriptRunConfig(
        source_directory="src",
        script="train.py",
        arguments=["--data", data, "--strength", 0.5] + (["--balanced"] if balanced else []),
        compute_target="cpu-cluster",
        environment=environment,
    )
    runs.append(Experiment(ws, EXPERIMENT).submit(config))

for run in runs:
    run.wait_for_completion()
    print(run.get_metrics())
