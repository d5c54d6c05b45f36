"""The link to MLflow: the workspace's runs and models are MLflow's own."""

from __future__ import annotations

VERSION = "1.62.0.post6"
__version__ = VERSION


def get_mlflow_tracking_uri(workspace):
    """The workspace's tracking URI."""
    return workspace.get_mlflow_tracking_uri()


def get_portal_url(run):
    """The address of the page of a run of MLflow's."""
    from azureml.core.run import Run

    return Run.get(_workspace(), run.info.run_id).get_portal_url()


def register_model(run, name, path, tags=None, **kwargs):
    """Register a file or folder of a run of MLflow's as a model."""
    from azureml.core.run import Run

    found = Run.get(_workspace(), run.info.run_id)
    return found.register_model(name, path, tags=tags, **kwargs)


def _workspace():
    """The workspace of the run that this process belongs to, or of the config.json near by."""
    import os

    from azureml.core.run import Run
    from azureml.core.workspace import Workspace

    if os.environ.get("AZUREML_RUN_ID"):
        return Run.get_context(allow_offline=False).experiment.workspace
    return Workspace.from_config()
