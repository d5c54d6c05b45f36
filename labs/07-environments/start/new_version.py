"""Registers the next version of the environment dairy, with pyarrow (SDK v2)."""

from azure.ai.ml import MLClient
from azure.ai.ml.entities import Environment
from azure.identity import DefaultAzureCredential

NAME = "dairy"
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: describe the next version, with the packages of conda-parquet.yml

# TODO: register it

# TODO: print all versions of the environment
