"""Makes Lena's compute instance (SDK v2)."""

import json

from azure.ai.ml import MLClient
from azure.ai.ml.entities import ComputeInstance
from azure.identity import DefaultAzureCredential

NAME = "ci-lena"

with open("plan.json", encoding="utf-8") as file:
    plan = json.load(file)

ml_client = MLClient.from_config(DefaultAzureCredential())

instance = ComputeInstance(
    name=NAME,
    size=plan["features"],
    idle_time_before_shutdown_minutes=60,
)
made = ml_client.compute.begin_create_or_update(instance).result()
print(f"{made.name}: {made.size}, {made.state}")
