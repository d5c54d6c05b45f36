"""Fetch what the counting job has left behind (SDK v2)."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO find the newest job of the experiment cold-rooms that is Completed

# TODO download its logs and files into the folder `got`
