"""Register a model from a file on this machine (SDK v1)."""

from pathlib import Path

import joblib
from azureml.core import Model, Workspace
from src.stations import accuracy, train

model = train("may")
on_may = round(accuracy(model, "may"), 3)
print(f"trained on May, right on {on_may:.1%} of May's last days")

Path("outputs").mkdir(exist_ok=True)
joblib.dump(model, "outputs/model.pkl")

ws = Workspace.from_config()

# TODO register outputs/model.pkl as `runs-empty`, with the framework and with two tags:
#      trained_on = may, accuracy_may = what was measured
