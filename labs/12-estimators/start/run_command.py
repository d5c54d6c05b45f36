"""Trains with a command job (SDK v2)."""

from azure.ai.ml import Input, MLClient, command
from azure.identity import DefaultAzureCredential

EXPERIMENT = "milk-command"

ml_client = MLClient.from_config(DefaultAzureCredential())

# TODO: describe the job: code, command, inputs, environment, compute, experiment

# TODO: submit it, and stream it to its end
