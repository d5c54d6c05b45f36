"""Register a model from the output of a job (SDK v2)."""

from azure.ai.ml import Input, MLClient, command
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Model
from azure.identity import DefaultAzureCredential

ml_client = MLClient.from_config(DefaultAzureCredential())

job = ml_client.jobs.create_or_update(
    command(
        code="src",
        command="python train.py --data ${{inputs.data}}",
        inputs={"data": Input(type=AssetTypes.URI_FOLDER, path="data")},
        environment="azureml://registries/azureml/environments/sklearn-1.5/labels/latest",
        experiment_name="runs-empty",
    )
)
ml_client.jobs.stream(job.name)

model = Model(
    name="runs-empty",
    path=f"azureml://jobs/{job.name}/outputs/artifacts/paths/model/",
    type=AssetTypes.MLFLOW_MODEL,
    tags={"trained_on": "november"},
)

registered = ml_client.models.create_or_update(model)
print(registered.name, registered.version)
