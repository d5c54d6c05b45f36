"""Count the visits in a folder, which the run gets as a file dataset."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

visits = Dataset.File.from_files(path=(store, "visits/*.csv"))

config = ScriptRunConfig(
    source_directory="src",
    script="count.py",
    arguments=["--data", visits.as_named_input("visits").as_mount()],
    compute_target="cpu-cluster",
    environment=Environment.from_conda_specification("visits", "environment.yml"),
)

if config.arguments:
    run = Experiment(ws, "count-files").submit(config)
    run.wait_for_completion(show_output=True, raise_on_error=False)
    print(run.get_status(), run.get_metrics())
