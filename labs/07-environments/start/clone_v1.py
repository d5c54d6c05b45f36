"""Keeps a copy of a curated environment, for the web service (SDK v1)."""

from azureml.core import Environment, Workspace

CURATED = "AzureML-sklearn-1.5"
NAME = "dairy-service"

ws = Workspace.from_config()

# TODO: get the curated environment, and clone it under the new name

# TODO: let the copy have the latest inferencing stack

# TODO: register the copy
