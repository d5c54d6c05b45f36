"""The raw rides, where they are, as a data asset."""

from azure.ai.ml import MLClient
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Data
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

rides = ml_client.data.create_or_update(
    Data(
        name="rides",
        version="1",
        type=AssetTypes.URI_FOLDER,
        # The files are in storage already: a URI points to them, and nothing is uploaded.
        path="azureml://datastores/workspaceblobstore/paths/rides/raw/",
        description="All rides as the docks write them, a file a month",
    )
)

print(f"{rides.name}:{rides.version} is at {rides.path}")
