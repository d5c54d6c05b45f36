"""Runs the nightly report as a job (SDK v1). Nothing to do in this file."""

from azureml.core import Dataset, Environment, Experiment, ScriptRunConfig, Workspace
from azureml.core.conda_dependencies import CondaDependencies

ws = Workspace.from_config()
store = ws.get_default_datastore()
store.upload_files(
    ["data/readings.csv"], target_path="readings", overwrite=True, show_progress=False
)
readings = Dataset.File.from_files((store, "readings/*.csv"))

environment = Environment("nightly")
environment.python.conda_dependencies = CondaDependencies.create(pip_packages=["azureml-defaults"])

config = ScriptRunConfig(
    source_directory="nightly",
    script="report.py",
    arguments=["--data", readings.as_named_input("readings").as_download()],
    compute_target="local",
    environment=environment,
)
run = Experiment(ws, "nightly").submit(config)
run.wait_for_completion(show_output=True)
