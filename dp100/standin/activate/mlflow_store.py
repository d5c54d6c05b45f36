"""What the workspace's own server does with MLflow's requests, and a database file alone would not do.

MLflow writes to the workspace's database by itself. On Azure its requests meet the service, which asks for the roles of
whoever sends them and understands its own names for the states of runs. The import hooks call :func:`teach_runs`,
:func:`teach_models` and :func:`teach_files` when MLflow's modules have been imported.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from dp100.standin.engine.errors import EngineError, Forbidden
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.artifacts import local_path
from dp100.standin.engine.tracking.entities import STATUS
from dp100.standin.engine.workspace import access, principals, workspace

_RUNS = {
    permission.READ_EXPERIMENTS: "search_experiments get_experiment get_experiment_by_name",
    permission.WRITE_EXPERIMENTS: (
        "create_experiment restore_experiment rename_experiment set_experiment_tag delete_experiment_tag"
    ),
    permission.DELETE_EXPERIMENTS: "delete_experiment",
    permission.READ_RUNS: (
        "get_run search_runs _search_runs get_metric_history get_metric_history_bulk search_logged_models "
        "get_logged_model"
    ),
    permission.WRITE_RUNS: (
        "create_run update_run_info delete_run restore_run log_metric log_param log_batch set_tag delete_tag "
        "log_inputs log_outputs record_logged_model create_logged_model log_logged_model_params finalize_logged_model "
        "set_logged_model_tags delete_logged_model delete_logged_model_tag"
    ),
}
_MODELS = {
    permission.READ_MODELS: (
        "search_registered_models get_registered_model get_latest_versions get_model_version search_model_versions "
        "get_model_version_download_uri get_model_version_by_alias"
    ),
    permission.WRITE_MODELS: (
        "create_registered_model update_registered_model rename_registered_model set_registered_model_tag "
        "delete_registered_model_tag create_model_version update_model_version transition_model_version_stage "
        "set_model_version_tag delete_model_version_tag set_registered_model_alias delete_registered_model_alias"
    ),
    permission.DELETE_MODELS: "delete_registered_model delete_model_version",
}
_FILES = {
    permission.READ_ARTIFACTS: "list_artifacts download_artifacts",
    permission.WRITE_ARTIFACTS: "log_artifact log_artifacts delete_artifacts",
}
_STATES = {state.casefold(): status for state, status in STATUS.items()}


def teach_runs(module: Any) -> None:
    """Have MLflow's store of runs ask for roles, and find runs by the service's names of states."""
    _ask(module.SqlAlchemyStore, _RUNS, lambda store: _folder_of_database(store.db_uri))

    class SearchUtils(module.SearchUtils):  # type: ignore[misc]  # it has no types
        """MLflow's, for filters such as ``attributes.status = 'Failed'``, which MLflow itself calls ``FAILED``."""

        @classmethod
        def parse_search_filter(cls, filter_string: str | None) -> list[dict[str, Any]]:
            return [_with_status(each) for each in super().parse_search_filter(filter_string)]

    module.SearchUtils = SearchUtils


def teach_models(module: Any) -> None:
    """Have MLflow's store of registered models ask for roles."""
    _ask(module.SqlAlchemyStore, _MODELS, lambda store: _folder_of_database(store.db_uri))


def teach_files(module: Any) -> None:
    """Have MLflow ask for roles before it reads or writes the artifacts of a workspace."""
    _ask(module.LocalArtifactRepository, _FILES, lambda store: _folder_above(store.artifact_dir))


def _with_status(comparison: dict[str, Any]) -> dict[str, Any]:
    """A comparison of a status with MLflow's names; see "Query runs" in
    https://learn.microsoft.com/azure/machine-learning/how-to-track-experiments-mlflow
    """
    if (comparison["type"], comparison["key"]) != ("attribute", "status"):
        return comparison
    value = str(comparison["value"])  # MLflow takes a list for run_id only
    return comparison | {"value": _STATES.get(value.casefold(), value)}


# --- roles -----------------------------------------------------------------------------------------------


def _ask(store: type, actions: dict[str, str], place: Callable[[Any], Path | None]) -> None:
    """Put a question for an action before every method that there is; ``place`` finds the workspace's folder."""
    for action, names in actions.items():
        for name in names.split():
            method = store.__dict__.get(name)
            if method is not None:  # versions of MLflow differ
                setattr(store, name, _asking(method, action, place))


def _asking(method: Any, action: str, place: Callable[[Any], Path | None]) -> Any:
    @functools.wraps(method)
    def asked(self: Any, *args: Any, **kwargs: Any) -> Any:
        if principals.current() is not None or _named() is not None:
            folder = place(self)
            if folder is not None:  # outside of any workspace there are no roles
                _check(folder, action)
        return method(self, *args, **kwargs)

    return asked


def _named() -> tuple[str, str, str] | None:
    """Client, secret and tenant of the service principal in the environment, as whom azureml-mlflow signs in."""
    client, secret, tenant = (
        os.environ.get(f"AZURE_{name}", "") for name in ("CLIENT_ID", "CLIENT_SECRET", "TENANT_ID")
    )
    return (client, secret, tenant) if client and secret and tenant else None


def _check(folder: Path, action: str) -> None:
    from mlflow.exceptions import MlflowException
    from mlflow.protos.databricks_pb2 import PERMISSION_DENIED, UNAUTHENTICATED

    named = _named()
    try:
        who = principals.current() or (_authenticated(*named) if named else None)
    except EngineError as error:
        raise cast("Exception", MlflowException(error.message, error_code=UNAUTHENTICATED)) from None
    try:
        with principals.acting_as(who):
            access.check(workspace.in_folder(folder), action)
    except Forbidden as error:
        raise cast("Exception", MlflowException(error.message, error_code=PERMISSION_DENIED)) from None


@functools.lru_cache(maxsize=4)  # a secret is hashed slowly on purpose
def _authenticated(client: str, secret: str, tenant: str) -> principals.Principal:
    return principals.authenticate(client, secret, tenant)


def _folder_of_database(uri: str) -> Path | None:
    found = re.fullmatch(r"sqlite:///(.+)", uri)
    return _folder_above(str(Path(found[1]).parent)) if found else None


def _folder_above(path: str) -> Path | None:
    """The folder of the workspace that a path is in."""
    start = local_path(path) if path.startswith("file:") else Path(path)
    return next((each for each in (start, *start.parents) if (each / "workspace.yaml").is_file()), None)
