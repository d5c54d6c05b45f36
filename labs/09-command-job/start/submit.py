"""Tries several degrees, a job for each (SDK v2): legacy_v1.py, translated."""

from azure.ai.ml import Input, MLClient, Output, command
from azure.identity import DefaultAzureCredential

ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
DEGREES = (1, 2, 6)

ml_client = MLClient.from_config(DefaultAzureCredential())

jobs = []
for degree in DEGREES:
    # TODO: describe the job, with rides and degree as inputs and model as output,
    #       on cpu-cluster, in the experiment rides-degrees

    # TODO: submit it, and keep what comes back in jobs
    pass

# TODO: stream each of the jobs
