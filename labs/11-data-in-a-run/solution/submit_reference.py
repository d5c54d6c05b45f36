"""Count the visits in a folder of a datastore, which the run gets by a data reference."""

from azureml.core import Environment, Experiment, ScriptRunConfig, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

visits = store.path("visits", data_reference_name="visits").as_download()

config = ScriptRunConfig(
    source_directory="src",
    script="count.py",
    arguments=["--data", str(visits)],
    compute_target="cpu-cluster",
    environment=Environment.from_conda_specification("visits", "environment.yml"),
)
# The argument is a placeholder only; this entry is what makes the service fetch the files.
config.run_config.data_references[visits.data_reference_name] = visits.to_config()

if config.arguments:
    run = Experiment(ws, "count-reference").submit(config)
    run.wait_for_completion(show_output=True, raise_on_error=False)
    print(run.get_status(), run.get_metrics())
