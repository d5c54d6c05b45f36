"""Count the visits in a folder of a datastore, which the run gets by a data reference."""

from azureml.core import Environment, Experiment, ScriptRunConfig, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

# TODO: a data reference to the folder visits of the datastore, to be downloaded.

config = ScriptRunConfig(
    source_directory="src",
    script="count.py",
    # TODO: arguments, so that the script gets the folder as --data.
    compute_target="cpu-cluster",
    environment=Environment.from_conda_specification("visits", "environment.yml"),
)
# TODO: enter the reference into the run configuration.

if config.arguments:
    run = Experiment(ws, "count-reference").submit(config)
    run.wait_for_completion(show_output=True, raise_on_error=False)
    print(run.get_status(), run.get_metrics())
