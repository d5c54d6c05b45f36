"""Makes the cluster on which the forecast is tried out (SDK v1)."""

import json

from azureml.core import Workspace
from azureml.core.compute import AmlCompute, ComputeTarget
from azureml.core.compute_target import ComputeTargetException

NAME = "cpu-cluster"

with open("plan.json", encoding="utf-8") as file:
    plan = json.load(file)

ws = Workspace.from_config()

try:
    cluster = ComputeTarget(workspace=ws, name=NAME)
except ComputeTargetException:
    config = AmlCompute.provisioning_configuration(
        vm_size=plan["forecast"],
        vm_priority="lowpriority",
        min_nodes=0,
        max_nodes=4,
        idle_seconds_before_scaledown=600,
    )
    cluster = ComputeTarget.create(ws, NAME, config)
    cluster.wait_for_completion(show_output=True)

print(f"{cluster.name}: {cluster.vm_size}, {cluster.vm_priority}")
