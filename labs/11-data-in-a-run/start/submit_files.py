"""Count the visits in a folder, which the run gets as a file dataset."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

# TODO: a file dataset of the CSV files in the folder visits of the datastore.

config = ScriptRunConfig(
    source_directory="src",
    script="count.py",
    # TODO: arguments: the dataset as the named input visits, mounted, for --data.
    compute_target="cpu-cluster",
    environment=Environment.from_conda_specification("visits", "environment.yml"),
)

if config.arguments:
    run = Experiment(ws, "count-files").submit(config)
    run.wait_for_completion(show_output=True, raise_on_error=False)
    print(run.get_status(), run.get_metrics())
