"""Whether the principal that uses a workspace may read or change its runs, models and files.

The actions are those that the service's documentation gives for MLflow's operations:
https://learn.microsoft.com/azure/machine-learning/how-to-assign-roles#mlflow-operations-in-azure-machine-learning

MLflow's own client writes to the database past this module; inside `dp100 offline`, activate/mlflow_store.py has it ask
for the same actions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dp100.standin.engine.tracking.template import Place

if TYPE_CHECKING:
    from dp100.standin.engine.workspace.workspace import Workspace

READ_EXPERIMENTS = "experiments/read"
WRITE_EXPERIMENTS = "experiments/write"
DELETE_EXPERIMENTS = "experiments/delete"
READ_RUNS = "experiments/runs/read"
WRITE_RUNS = "experiments/runs/write"
READ_ARTIFACTS = "metadata/artifacts/read"
WRITE_ARTIFACTS = "metadata/artifacts/write"
READ_MODELS = "models/read"
WRITE_MODELS = "models/write"
DELETE_MODELS = "models/delete"


def check(ws: Place, action: str) -> None:
    """Refuse what the principal may not do; for the signed-in user that costs one look at the workspace's folder.

    Args:
        ws: a workspace. Runs outside of any workspace have no roles.
        action: without ``Microsoft.MachineLearningServices/workspaces/``.

    Raises:
        Forbidden: with the service's message.
        NotFound: the workspace has been deleted.
    """
    if not hasattr(ws, "principal"):
        return
    from dp100.standin.engine.workspace import access

    access.check(cast("Workspace", ws), action)
