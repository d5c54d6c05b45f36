"""Summarise the visits in a run that gets them as a tabular dataset. Nothing to do here."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

visits = Dataset.Tabular.from_delimited_files(path=(store, "visits/*.csv"))

config = ScriptRunConfig(
    source_directory="src",
    script="summarise.py",
    arguments=["--visits", visits.as_named_input("visits")],
    compute_target="cpu-cluster",
    environment=Environment.from_conda_specification("visits", "environment.yml"),
)
run = Experiment(ws, "summarise-visits").submit(config)
run.wait_for_completion(show_output=True, raise_on_error=False)
print(run.get_status(), run.get_metrics())
