"""Ends what costs money while nobody works (SDK v2). Meant to run every evening."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

for compute in ml_client.compute.list():
    if compute.type == "amlcompute":
        nodes = f"{compute.min_instances} to {compute.max_instances} nodes"
        print(f"{compute.name:16} {nodes}", compute.tags)
    elif compute.type == "computeinstance":
        print(f"{compute.name:16} {compute.state:9}", compute.tags)

    # TODO: leave alone what has the tag always_on with the value yes

    # TODO: a cluster that keeps nodes gets the minimum 0

    # TODO: an instance that is running is stopped
