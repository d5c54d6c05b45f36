"""Tracking URIs of the cloud's form, ``azureml://...``, as MLflow's plug-in azureml-mlflow understands them.

MLflow finds these functions by the entry points in python/azureml_mlflow-*.dist-info.
"""

from __future__ import annotations

import re
from typing import Any

from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.tracking.template import artifact_root, tracking_uri
from dp100.standin.engine.workspace.workspace import Workspace, open_workspace

_URI = re.compile(
    r"azureml://.*/subscriptions/(?P<subscription>[^/?]+)/resourcegroups/(?P<group>[^/?]+)"
    r"/providers/Microsoft\.MachineLearningServices/workspaces/(?P<workspace>[^/?]+)",
    re.IGNORECASE,
)


def tracking_store(store_uri: str, artifact_uri: str | None = None) -> Any:
    """The store of runs of the workspace that the URI names."""
    from mlflow.store.tracking import sqlalchemy_store

    store: Any = sqlalchemy_store.SqlAlchemyStore  # it has no types
    ws = _workspace(store_uri)
    return store(tracking_uri(ws), artifact_uri or artifact_root(ws))


def registry_store(store_uri: str) -> Any:
    """The registered models of the workspace that the URI names."""
    from mlflow.store.model_registry import sqlalchemy_store

    store: Any = sqlalchemy_store.SqlAlchemyStore
    return store(tracking_uri(_workspace(store_uri)))


def _workspace(uri: str) -> Workspace:
    found = _URI.match(uri)
    if found is None:
        raise Invalid(f"The tracking URI {uri} names no workspace.", target="tracking")
    return open_workspace(found["workspace"], found["group"], found["subscription"])
