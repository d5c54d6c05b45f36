"""MLflow's projects with the backend of azureml-mlflow, inside `dp100 offline`."""

from __future__ import annotations

from tests.standin.activate.running import python

PROJECT = """
from pathlib import Path
import mlflow
from dp100.standin import NotOffline
Path('MLproject').write_text('name: bread\\nentry_points:\\n  main:\\n    command: "python -V"\\n')
try:
    mlflow.projects.run(uri='.', backend='azureml', backend_config={'COMPUTE': 'oven'}, env_manager='local')
except NotOffline as error:
    print(error)
"""


def test_the_backend_azureml_says_what_to_do(home, tmp_path) -> None:
    said = python(PROJECT, cwd=tmp_path)
    assert "mlflow.projects.run with backend='azureml' is not available offline. Submit the command" in said
