"""The raw rides out of use, the clean ones in their place."""

from azure.ai.ml import MLClient
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Data
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

ml_client.data.create_or_update(
    Data(
        name="rides",
        version="2",
        type=AssetTypes.URI_FOLDER,
        path="azureml://datastores/workspaceblobstore/paths/rides/clean/",
        description="Rides of customers, without notes",
    )
)

# With its version: the name alone would archive the asset as a whole.
ml_client.data.archive(name="rides", version="1")

if "rides" in [data.name for data in ml_client.data.list()]:
    latest = ml_client.data.get("rides", label="latest")
    print(f"The latest version of rides is {latest.version}, at {latest.path}")
    print("Listed:", [data.version for data in ml_client.data.list("rides")])
