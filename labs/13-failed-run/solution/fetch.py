"""Fetch what the counting job has left behind (SDK v2)."""

from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

jobs = [
    job
    for job in ml_client.jobs.list()
    if job.experiment_name == "cold-rooms" and job.status == "Completed"
]
newest = max(jobs, key=lambda job: job.creation_context.created_at)

ml_client.jobs.download(newest.name, download_path="got")
