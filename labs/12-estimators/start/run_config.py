"""Trains with a ScriptRunConfig, with and without the flag (SDK v1)."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace

EXPERIMENT = "milk-config"

ws = Workspace.from_config()
milk = Dataset.get_by_name(ws, "milk")
data = milk.as_named_input("milk").as_download()

# TODO: get the curated environment AzureML-sklearn-1.5

runs = []
for balanced in (True, False):
    # TODO: describe the run, with the flag --balanced only if balanced is true

    # TODO: submit it, and append the run to runs
    pass

for run in runs:
    run.wait_for_completion()
    print(run.get_metrics())
