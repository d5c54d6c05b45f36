"""Registers the environment of the monthly report (SDK v1)."""

from azureml.core import Environment, Workspace
from azureml.core.conda_dependencies import CondaDependencies

NAME = "dairy-report"

ws = Workspace.from_config()

# TODO: make the environment

# TODO: give it its packages: Python 3.11, pandas 2.2.3 from conda,
#       azureml-defaults and openpyxl 3.1.5 from pip

# TODO: register it
