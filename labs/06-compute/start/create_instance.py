"""Makes Lena's compute instance (SDK v2)."""

import json

from azure.ai.ml import MLClient
from azure.ai.ml.entities import ComputeInstance
from azure.identity import DefaultAzureCredential

NAME = "ci-lena"

with open("plan.json", encoding="utf-8") as file:
    plan = json.load(file)

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: describe the instance, with the size in plan["features"] and a shutdown after an idle hour

# TODO: have it made, and wait for the result
