"""Makes the cluster on which the forecast is tried out (SDK v1)."""

import json

from azureml.core import Workspace
from azureml.core.compute import AmlCompute, ComputeTarget
from azureml.core.compute_target import ComputeTargetException

NAME = "cpu-cluster"

with open("plan.json", encoding="utf-8") as file:
    plan = json.load(file)

ws = Workspace.from_config()

# TODO: look for the cluster, and make it only if there is none:
#       size plan["forecast"], low priority, 0 to 4 nodes, idle nodes stay 10 minutes
