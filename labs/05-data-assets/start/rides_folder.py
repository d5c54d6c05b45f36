"""The raw rides, where they are, as a data asset."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: a Data entity: rides, version 1, the folder rides/raw of the datastore workspaceblobstore.

# TODO: register it.
rides = None

if rides is not None:
    print(f"{rides.name}:{rides.version} is at {rides.path}")
