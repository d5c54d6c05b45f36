"""The table of rides as a data asset."""

from azure.ai.ml import MLClient
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Data
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

table = ml_client.data.create_or_update(
    Data(
        name="rides-table",
        version="1",
        type=AssetTypes.MLTABLE,
        path="rides",  # the folder that holds the MLTable file
        description="Rides of customers, with types, without notes",
    )
)

print(f"{table.name}:{table.version} is at {table.path}")
