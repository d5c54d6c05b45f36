"""The environment that a lab's code runs in: ``dp100 offline``, on a store of the lab's own."""

from __future__ import annotations

import os
from pathlib import Path

from dp100.standin.activate import environment, gate

TEMPLATES = "templates"

_FOREIGN = (
    "AZUREML_",
    "MLFLOW_RUN",
    "MLFLOW_EXPERIMENT",
    # The learner's own account: in a lab everybody is its owner, until the lab says otherwise.
    "AZURE_CLIENT_",
    "AZURE_TENANT_ID",
    "AZURE_USERNAME",
    "AZURE_PASSWORD",
    "AZURE_SUBSCRIPTION_ID",
    "AZURE_AUTHORITY_HOST",
    "AZURE_FEDERATED_TOKEN_FILE",
    "AZURE_DEFAULTS_",
)


def lab_environment(home: Path, azure: Path, folder: Path) -> dict[str, str]:
    """Environment variables for a command.

    Args:
        home: the learner's data.
        azure: the store of the lab's account and workspaces.
        folder: where the command will run.
    """
    env = dict(os.environ)
    # A workspace that the learner's own shell points at is not the lab's.
    for name in list(env):
        if name.startswith(_FOREIGN) or name in (
            "MLFLOW_TRACKING_URI",
            "MLFLOW_REGISTRY_URI",
            "DP100_JOBS",
            "PYTHONOPTIMIZE",  # would take the asserts out of every check
        ):
            del env[name]
    env["DP100_HOME"] = str(home.absolute())
    env["DP100_AZURE"] = str(azure.absolute())
    # MLflow's empty database takes seconds to make: once for all labs.
    env.setdefault("DP100_MLFLOW_TEMPLATES", str(home.absolute() / TEMPLATES))
    env["PYTHONUNBUFFERED"] = "1"
    env["PYTHONIOENCODING"] = "utf-8"
    # A module that was saved twice within a second would be taken from the cache.
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    return gate.through(environment(env, folder))
