"""Writes azureml_v1_names.json.gz: the public names and signatures of Azure ML SDK v1, run by hand.

The SDK is out of support and cannot be installed beside v2, so its names are taken down once, in an
environment of its own (Python 3.11 or earlier)::

    python3.11 -m venv v1
    v1/bin/pip install -U pip
    v1/bin/pip install azureml-core azureml-pipeline azureml-train-core azureml-train-automl-client \\
        azureml-interpret azureml-datadrift azureml-mlflow azureml-widgets 'ipython<9'
    v1/bin/python -m tests.truth.snapshot_v1      # from the root of the repository

It serves the tests of what the notes and questions teach, and as the yardstick of dp100's own azureml.*.
Of azureml.dataprep, which azureml.data wraps, only the top module is described, and of the generated REST
clients below azureml.train.restclients nothing.
"""

from __future__ import annotations

from pathlib import Path

from tests.truth.snapshot import snapshot, write

if __name__ == "__main__":
    write(
        snapshot(
            ["azureml"],
            distributions=r"azureml-",
            without=["azureml.dataprep", "azureml.train.restclients"],
        ),
        Path(__file__).with_name("azureml_v1_names.json.gz"),
    )
