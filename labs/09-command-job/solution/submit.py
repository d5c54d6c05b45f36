"""Tries several degrees, a job for each (SDK v2): legacy_v1.py, translated."""

from azure.ai.ml import Input, MLClient, Output, command
from azure.identity import DefaultAzureCredential

ENVIRONMENT = "azureml:AzureML-sklearn-1.5@latest"
COMMAND = """
python train.py --rides ${{inputs.rides}} --degree ${{inputs.degree}} --out ${{outputs.model}}
""".strip()
DEGREES = (1, 2, 6)

ml_client = MLClient.from_config(DefaultAzureCredential())

jobs = []
for degree in DEGREES:
    job = command(
        code="src",
        command=COMMAND,
        inputs={"rides": Input(type="uri_file", path="data/rides.csv"), "degree": degree},
        outputs={"model": Output(type="uri_folder")},
        environment=ENVIRONMENT,
        compute="cpu-cluster",
        experiment_name="rides-degrees",
        display_name=f"degree {degree}",
    )
    jobs.append(ml_client.jobs.create_or_update(job))

# Streamed only now, so that they run side by side.
for job in jobs:
    ml_client.jobs.stream(job.name)
