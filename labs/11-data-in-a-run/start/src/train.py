"""Train a model that says who will not come, and score it. Nothing to do here."""

import argparse
import json
from pathlib import Path

import mlflow
import pandas as pd
from sklearn.tree import DecisionTreeClassifier
from split import split

FEATURES = ["age", "distance_km", "lead_days", "reminder"]

parser = argparse.ArgumentParser()
parser.add_argument("--visits", required=True, help="a folder of CSV files")
parser.add_argument("--patients", required=True, help="a CSV file")
parser.add_argument("--scores", required=True, help="the folder for the scores")
args = parser.parse_args()

visits = pd.concat(pd.read_csv(file) for file in sorted(Path(args.visits).glob("*.csv")))
visits = visits.merge(pd.read_csv(args.patients), on="patient")
train, test = split(visits)

model = DecisionTreeClassifier(min_samples_leaf=3, random_state=0)
model.fit(train[FEATURES], train["no_show"])

scores = {
    "accuracy": round(float(model.score(test[FEATURES], test["no_show"])), 3),
    "accuracy_of_everybody_comes": round(float((test["no_show"] == 0).mean()), 3),
    "test_visits": len(test),
    "patients_in_both": len(set(train["patient"]) & set(test["patient"])),
}
for name, value in scores.items():
    print(f"{name}: {value}")
mlflow.log_metric("accuracy", scores["accuracy"])
Path(args.scores, "scores.json").write_text(json.dumps(scores))
