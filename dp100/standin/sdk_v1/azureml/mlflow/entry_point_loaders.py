"""What MLflow finds by the entry points of azureml-mlflow. Its stores are dp100/standin/activate/mlflow_plugin.py."""

from __future__ import annotations


def azureml_project_run_builder():
    """What would run an MLproject with ``mlflow.projects.run(backend="azureml")``."""
    from dp100.standin.engine.errors import NotOffline

    raise NotOffline(
        "mlflow.projects.run with backend='azureml'",
        "Submit the command of its MLproject with a ScriptRunConfig.",
    )
