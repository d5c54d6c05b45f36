"""Put the versions away that are not in production (SDK v2)."""

import json

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

with open("best.json", encoding="utf-8") as file:  # written by history.py
    best = json.load(file)["version"]

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO archive every version of `runs-empty` but the best
