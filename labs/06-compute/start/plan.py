"""Chooses a VM size for each workload and writes plan.json. Nothing to do in this file."""

import csv
import json

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential
from sizing import choose, memory_needed

ml_client = MLClient.from_config(DefaultAzureCredential())

sizes = [
    {
        "name": size.name,
        "family": size.family,
        "cores": size.v_cp_us,
        "memory_gb": size.memory_gb,
        "gpus": size.gpus,
    }
    for size in ml_client.compute.list_sizes(compute_type="AmlCompute")
]

plan = {}
with open("data/workloads.csv", newline="", encoding="utf-8") as file:
    for workload in csv.DictReader(file):
        memory = memory_needed(float(workload["csv_gb"]))
        plan[workload["name"]] = choose(sizes, memory, int(workload["gpus"]))
        print(f"{workload['name']:10} {plan[workload['name']]}")

with open("plan.json", "w", encoding="utf-8") as file:
    json.dump(plan, file, indent=4)
