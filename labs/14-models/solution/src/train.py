"""Trains on November alone, in a job. Nothing to do in this file."""

import argparse

import mlflow
import numpy as np
from mlflow.models import infer_signature
from stations import accuracy, read, train

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="the folder with a file for each month")
folder = parser.parse_args().data

model = train("november", folder=folder)
for month in ("may", "november"):
    mlflow.log_metric(f"accuracy_{month}", accuracy(model, month, folder))

days = np.array(read("november", folder)[0])
mlflow.sklearn.save_model(
    model,
    "model",
    signature=infer_signature(days, model.predict(days)),
    serialization_format="cloudpickle",
    pip_requirements=["mlflow", "scikit-learn"],
)
mlflow.log_artifacts("model", "model")
print("the model is in the run, in MLmodel format")
