"""A model that a job's script logs with MLflow is among the job's files, whether or not the script started a run."""

from __future__ import annotations

import pytest

from dp100.standin.engine.data import uris
from dp100.standin.engine.models import registry
from tests.standin.engine.jobs.conftest import Ended, Jobs

LOG = """
    import mlflow, os
    class Model(mlflow.pyfunc.PythonModel):
        def predict(self, model_input: list[str]) -> list[str]:
            return model_input
    {start}
    mlflow.pyfunc.log_model(name="model", python_model=Model(), pip_requirements=[])
"""

pytest.importorskip("mlflow")


@pytest.mark.parametrize("start", ["", "mlflow.start_run()", "mlflow.log_metric('a', 1)"])
def test_a_logged_model_is_the_job_s(jobs: Jobs, start: str) -> None:
    ended = jobs.run(LOG.format(start=start))
    assert ended.state.status == "Completed", ended.log
    assert "model/MLmodel" in jobs.tracking.artifacts.names(ended.run_id)
    place = uris.locate(jobs.ws, f"azureml://jobs/{ended.run_id}/outputs/artifacts/paths/model/")
    assert (place / "MLmodel").is_file()
    assert registry.register(jobs.ws, "m", place, run_id=ended.run_id).type == "mlflow_model"
    _check_client(jobs, ended)


def _check_client(jobs: Jobs, ended: Ended) -> None:
    from mlflow.tracking import MlflowClient

    client = MlflowClient(tracking_uri=jobs.tracking.uri, registry_uri=jobs.tracking.uri)
    [output] = client.get_run(ended.run_id).outputs.model_outputs
    assert client.get_logged_model(output.model_id).source_run_id == ended.run_id


def test_two_jobs_of_an_experiment_keep_their_models_apart(jobs: Jobs) -> None:
    first, second = (jobs.run(LOG.format(start="")) for _ in range(2))
    for ended in (first, second):
        _check_client(jobs, ended)


def test_a_model_of_a_nested_run_stays_there(jobs: Jobs) -> None:
    ended = jobs.run(
        LOG.format(
            start="mlflow.start_run(); child = mlflow.start_run(nested=True); print(child.info.run_id)"
        )
    )
    child = next(run for run in jobs.tracking.runs(parent=ended.run_id))
    assert "model/MLmodel" in jobs.tracking.artifacts.names(child.id)
    assert "model/MLmodel" not in jobs.tracking.artifacts.names(ended.run_id)
    assert child.user_tags == {}


def test_the_learner_s_own_tags_stay(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLFLOW_RUN_CONTEXT", '{"team": "blue"}')
    ended = jobs.run("import mlflow; mlflow.start_run(); print(mlflow.start_run(nested=True).info.run_id)")
    [child] = jobs.tracking.runs(parent=ended.run_id)
    assert child.user_tags == {"team": "blue"}
