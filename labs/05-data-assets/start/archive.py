"""The raw rides out of use, the clean ones in their place."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: register version 2 of rides: the folder rides/clean of the datastore.

# TODO: archive version 1, and only that.

if "rides" in [data.name for data in ml_client.data.list()]:
    latest = ml_client.data.get("rides", label="latest")
    print(f"The latest version of rides is {latest.version}, at {latest.path}")
    print("Listed:", [data.version for data in ml_client.data.list("rides")])
