"""Models that a job logs without having started a run.

``mlflow.<flavor>.log_model`` of MLflow 3 puts a model into the run that was started, and into none where a job's
script has started none: it does not look at MLFLOW_RUN_ID. In the service such a model is an artifact of the job.
Every model that is logged in a job gets a tag by way of MLFLOW_RUN_CONTEXT; when the script has ended, those without
a run become the job's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping

from dp100.standin.engine.tracking.database import Database
from dp100.standin.engine.tracking.template import Place

#: MLflow's variable with the tags of whatever is made in a process.
VARIABLE = "MLFLOW_RUN_CONTEXT"
TAG = "mlflow.azureml.job"


def context(run_id: str, base: Mapping[str, str]) -> str:
    """The value of :data:`VARIABLE` for a job's processes.

    Args:
        base: variables that may hold tags of the learner's own already.
    """
    try:
        given = json.loads(base.get(VARIABLE) or "{}")
    except ValueError:
        given = {}
    return json.dumps((given if isinstance(given, dict) else {}) | {TAG: run_id})


def adopt(ws: Place, run_id: str) -> None:
    """Make the models that a job has logged to no run its own, for this engine and for MLflow's clients."""
    database = Database(ws)
    with database.writing() as connection:
        found = connection.execute(
            "SELECT model_id FROM logged_models WHERE coalesce(source_run_id, '') = '' AND model_id IN"
            " (SELECT model_id FROM logged_model_tags WHERE tag_key = ? AND tag_value = ?)",
            (TAG, run_id),
        ).fetchall()
        for (model_id,) in found:
            connection.execute(
                "UPDATE logged_models SET source_run_id = ? WHERE model_id = ?", (run_id, model_id)
            )
            # What MLflow's log_outputs writes, by which it finds runs:/<run id>/<name>.
            connection.execute(
                "INSERT OR IGNORE INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id)"
                " VALUES (?, 'RUN_OUTPUT', ?, 'MODEL_OUTPUT', ?)",
                (os.urandom(16).hex(), run_id, model_id),
            )
