"""Ends what costs money while nobody works (SDK v2). Meant to run every evening."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

for compute in ml_client.compute.list():
    if (compute.tags or {}).get("always_on") == "yes":
        continue

    if compute.type == "amlcompute" and compute.min_instances > 0:
        # The object has the cluster's other settings, so they stay as they are.
        compute.min_instances = 0
        ml_client.compute.begin_create_or_update(compute).result()
        print(f"{compute.name} keeps no nodes any more")

    if compute.type == "computeinstance" and compute.state == "Running":
        ml_client.compute.begin_stop(compute.name).result()
        print(f"{compute.name} is stopped")
