"""Fetches what the jobs have left, and finds the best (SDK v2)."""

import json
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

EXPERIMENT = "rides-degrees"

ml_client = MLClient.from_config(DefaultAzureCredential())

best = None
for job in ml_client.jobs.list():
    # TODO: skip what is not of the experiment, or not completed

    folder = Path("fetched") / job.name
    # TODO: download the job's output model into the folder

    # TODO: read its metrics.json

    # TODO: if its rmse is the smallest yet: best = {"job": ..., "degree": ..., "rmse": ...}

print(best)
Path("best.json").write_text(json.dumps(best), encoding="utf-8")
