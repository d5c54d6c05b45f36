"""Trains with a command job (SDK v2)."""

from azure.ai.ml import Input, MLClient, command
from azure.identity import DefaultAzureCredential

EXPERIMENT = "milk-command"
LINE = "python train_mlflow.py --data ${{inputs.milk}} --strength ${{inputs.strength}} --balanced"

ml_client = MLClient.from_config(DefaultAzureCredential())

job = command(
    code="src",
    command=LINE,
    inputs={"milk": Input(type="uri_file", path="data/milk.csv"), "strength": 0.5},
    environment="azureml:AzureML-sklearn-1.5@latest",
    compute="cpu-cluster",
    experiment_name=EXPERIMENT,
)
submitted = ml_client.jobs.create_or_update(job)
ml_client.jobs.stream(submitted.name)
