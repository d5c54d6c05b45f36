"""Plain MLflow inside `dp100 offline`: the service's names of states in filters, and the roles of who calls."""

from __future__ import annotations

import json

import pytest

from dp100.standin.engine.workspace import access, account, workspace
from tests.standin.activate.running import python

RUNS = """
import mlflow
mlflow.set_experiment('baking')
for state in ('FINISHED', 'FAILED', 'KILLED', 'SCHEDULED', 'RUNNING'):
    with mlflow.start_run(run_name=state.lower()):
        pass
    mlflow.MlflowClient().set_terminated(mlflow.last_active_run().info.run_id, state)
def found(filter):
    return sorted(run.info.run_name for run in mlflow.search_runs(
        experiment_names=['baking'], filter_string=filter, output_format='list'))
"""


@pytest.fixture
def bakery(home, tmp_path, monkeypatch):
    """A workspace, and a working folder whose config.json names it."""
    account.create_group("bakery", "eastus")
    made = workspace.create("bakery", "bread", location="eastus")
    named = {"subscription_id": made.subscription_id, "resource_group": "bakery", "workspace_name": "bread"}
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.json").write_text(json.dumps(named))
    return made


def test_runs_are_found_by_the_service_s_names_of_states(home) -> None:
    code = (
        RUNS
        + """
for filter in ("attributes.status = 'Failed'", "attributes.status = 'FAILED'", "status = 'failed'",
               "attributes.status = 'Completed'", "attributes.status != 'Completed'",
               "attributes.status = 'Queued'", "attributes.status ILIKE 'kill%'",
               "attributes.status = 'Baked'", "attributes.run_name = 'failed'", "tags.status = 'Failed'", None):
    print(*found(filter))
"""
    )
    assert python(code).splitlines() == [
        "failed",
        "failed",
        "failed",
        "finished",
        "failed killed running scheduled",
        "scheduled",
        "killed",
        "",
        "failed",
        "",
        "failed finished killed running scheduled",
    ]


def test_the_roles_of_the_service_principal_in_the_environment_hold_for_plain_mlflow(bakery) -> None:
    """MLflow signs in with these variables, as azureml-mlflow does."""
    python(
        "import mlflow, pathlib\npathlib.Path('loaf.txt').write_text('rye')\nmlflow.set_experiment('baking')\n"
        "with mlflow.start_run():\n    mlflow.log_metric('n', 1)\n    mlflow.log_artifact('loaf.txt')\n"
        "mlflow.MlflowClient().create_registered_model('loaf')"
    )
    code = """
import mlflow
from mlflow.exceptions import MlflowException
client = mlflow.MlflowClient()
[run] = mlflow.search_runs(experiment_names=['baking'], output_format='list')
print('read', run.data.metrics, [each.path for each in client.list_artifacts(run.info.run_id)])
print('models', [each.name for each in client.search_registered_models()])
def tried(name, function, *arguments):
    try:
        function(*arguments)
        print(name, 'done')
    except MlflowException as error:
        print(name, error.error_code, 'does not have authorization' in str(error), error.message.split("'")[5])
tried('metric', client.log_metric, run.info.run_id, 'n', 2)
tried('run', client.create_run, run.info.experiment_id)
tried('experiment', client.create_experiment, 'other')
tried('artifact', client.log_text, run.info.run_id, 'x', 'x.txt')
tried('model', client.create_registered_model, 'other')
tried('delete', client.delete_registered_model, 'loaf')
"""

    def said(role: str) -> list[str]:
        given = access.register_principal(role.casefold(), role, [bakery.id])
        return python(
            code,
            AZURE_TENANT_ID=given.tenant_id,
            AZURE_CLIENT_ID=str(given.principal.client_id),
            AZURE_CLIENT_SECRET=given.secret,
        ).splitlines()

    ml = "Microsoft.MachineLearningServices/workspaces"
    assert said("Reader") == [
        "read {'n': 1.0} ['loaf.txt']",
        "models ['loaf']",
        f"metric PERMISSION_DENIED True {ml}/experiments/runs/write",
        f"run PERMISSION_DENIED True {ml}/experiments/runs/write",
        f"experiment PERMISSION_DENIED True {ml}/experiments/write",
        f"artifact PERMISSION_DENIED True {ml}/metadata/artifacts/write",
        f"model PERMISSION_DENIED True {ml}/models/write",
        f"delete PERMISSION_DENIED True {ml}/models/delete",
    ]
    assert said("AzureML Data Scientist")[2:] == [
        f"{name} done" for name in ("metric", "run", "experiment", "artifact", "model", "delete")
    ]


def test_a_wrong_secret_in_the_environment_is_refused(bakery) -> None:
    given = access.register_principal("robot", "Reader", [bakery.id])
    code = (
        "import mlflow\ntry:\n    mlflow.search_experiments()\n"
        "except mlflow.MlflowException as error:\n    print(error.error_code, error)"
    )
    said = python(
        code,
        AZURE_TENANT_ID=given.tenant_id,
        AZURE_CLIENT_ID=str(given.principal.client_id),
        AZURE_CLIENT_SECRET="guessed",
    )
    assert said.startswith("UNAUTHENTICATED")
    assert "AADSTS7000215" in said
