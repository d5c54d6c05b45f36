"""Registers the results of the partner's laboratory with SDK v2, with a shared access signature."""

from __future__ import annotations

import os

import env_file
from azure.ai.ml import MLClient
from azure.ai.ml.entities import AzureBlobDatastore, SasTokenConfiguration
from azure.identity import DefaultAzureCredential

NAME = "lab_results"
ACCOUNT = "stpartnerlab"
CONTAINER = "results"
VARIABLE = "LAB_RESULTS_SAS"


def main() -> None:
    """Register the datastore, or change it when it is there."""
    env_file.load("partner.env")
    print(VARIABLE, "is set" if os.environ.get(VARIABLE) else "is not set")
    client = MLClient.from_config(DefaultAzureCredential())
    store = AzureBlobDatastore(
        name=NAME,
        account_name=ACCOUNT,
        container_name=CONTAINER,
        credentials=SasTokenConfiguration(sas_token=os.environ[VARIABLE]),
    )
    client.datastores.create_or_update(store)
    print("datastores:", ", ".join(store.name for store in client.datastores.list()))


if __name__ == "__main__":
    main()
