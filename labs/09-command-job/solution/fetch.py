"""Fetches what the jobs have left, and finds the best (SDK v2)."""

import json
from pathlib import Path

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

EXPERIMENT = "rides-degrees"

ml_client = MLClient.from_config(DefaultAzureCredential())

best = None
for job in ml_client.jobs.list():
    if job.experiment_name != EXPERIMENT or job.status != "Completed":
        continue

    folder = Path("fetched") / job.name
    ml_client.jobs.download(job.name, output_name="model", download_path=folder)

    metrics = json.loads((folder / "named-outputs" / "model" / "metrics.json").read_text())
    print(f"{job.name}: degree {metrics['degree']}, rmse {metrics['rmse']:.1f}")

    if best is None or metrics["rmse"] < best["rmse"]:
        best = {"job": job.name, **metrics}

print(best)
Path("best.json").write_text(json.dumps(best), encoding="utf-8")
