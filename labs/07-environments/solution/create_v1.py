"""Registers the environment of the monthly report (SDK v1)."""

from azureml.core import Environment, Workspace
from azureml.core.conda_dependencies import CondaDependencies

NAME = "dairy-report"

ws = Workspace.from_config()

environment = Environment(NAME)
environment.python.conda_dependencies = CondaDependencies.create(
    python_version="3.11",
    conda_packages=["pandas=2.2.3"],
    pip_packages=["azureml-defaults", "openpyxl==3.1.5"],
)

registered = environment.register(workspace=ws)
print(f"{registered.name}:{registered.version}")
