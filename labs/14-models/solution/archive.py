"""Put the versions away that are not in production (SDK v2)."""

import json

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

with open("best.json", encoding="utf-8") as file:  # written by history.py
    best = json.load(file)["version"]

ml_client = MLClient.from_config(DefaultAzureCredential())

for model in list(ml_client.models.list("runs-empty")):
    if model.version != str(best):
        ml_client.models.archive("runs-empty", version=model.version)
        print(f"archived version {model.version}")
