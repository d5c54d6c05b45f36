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

# TODO upload the file to the run, as outputs/model.pkl

# TODO register it as `runs-empty` from the run, with the tag trained_on = may and november

run.complete()
