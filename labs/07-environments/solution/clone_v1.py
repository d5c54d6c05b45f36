"""Keeps a copy of a curated environment, for the web service (SDK v1)."""

from azureml.core import Environment, Workspace

CURATED = "AzureML-sklearn-1.5"
NAME = "dairy-service"

ws = Workspace.from_config()

curated = Environment.get(workspace=ws, name=CURATED)
copy = curated.clone(NAME)
copy.inferencing_stack_version = "latest"

registered = copy.register(workspace=ws)
print(f"{registered.name}:{registered.version} keeps {curated.name}:{curated.version}")
