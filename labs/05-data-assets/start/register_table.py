"""The table of rides as a data asset."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: register the folder rides as rides-table, version 1, of the type for tables.
table = None

if table is not None:
    print(f"{table.name}:{table.version} is at {table.path}")
