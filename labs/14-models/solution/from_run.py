"""Register a model from the run that made it (SDK v1)."""

from pathlib import Path

import joblib
from azureml.core import Experiment, Workspace
from src.stations import accuracy, read, train

for month in ("may", "november"):
    days, empty = read(month)
    mean = sum(day[0] for day in days) / len(days)
    print(f"{month}: {mean:.1f} degrees on average, {sum(empty)} of {len(empty)} ran empty")
print(f"May's model in November: right on {accuracy(train('may'), 'november'):.1%}")

model = train("may", "november")
Path("outputs").mkdir(exist_ok=True)
joblib.dump(model, "outputs/model.pkl")

ws = Workspace.from_config()
run = Experiment(ws, "runs-empty").start_logging()
run.log("accuracy_may", accuracy(model, "may"))
run.log("accuracy_november", accuracy(model, "november"))

run.upload_file("outputs/model.pkl", "outputs/model.pkl")

registered = run.register_model(
    model_name="runs-empty",
    model_path="outputs/model.pkl",  # a path in the run, not on this machine
    tags={"trained_on": "may and november"},
)

run.complete()
print(registered.name, registered.version, "of run", registered.run_id)
