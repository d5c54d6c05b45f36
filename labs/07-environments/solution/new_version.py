"""Registers the next version of the environment dairy, with pyarrow (SDK v2)."""

from azure.ai.ml import MLClient
from azure.ai.ml.entities import Environment
from azure.identity import DefaultAzureCredential

NAME = "dairy"
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"

ml_client = MLClient.from_config(DefaultAzureCredential())

environment = Environment(
    name=NAME,
    version="2",
    description="Trains the model that tells spoiled milk from good; reads Parquet.",
    image=IMAGE,
    conda_file="conda-parquet.yml",
)
ml_client.environments.create_or_update(environment)

for each in ml_client.environments.list(name=NAME):
    print(f"{each.name}:{each.version}  {each.description}")
