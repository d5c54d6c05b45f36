"""Learns which milk will spoil, and logs to its run (SDK v1). Nothing to do in this file."""

import argparse
import csv
from pathlib import Path

from azureml.core import Run
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, recall_score

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True, help="CSV file, or the folder that has it")
parser.add_argument("--strength", type=float, default=1.0, help="inverse of the regularization")
parser.add_argument("--balanced", action="store_true", help="let the rare cases count more")
arguments = parser.parse_args()

path = Path(arguments.data)
if path.is_dir():
    path = next(path.rglob("*.csv"))
with path.open(newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
known = [(row["temperature"], row["hours"], row["cells"]) for row in rows]
features = [[float(warmth), float(hours), float(cells) / 100] for warmth, hours, cells in known]
spoiled = [int(row["spoiled"]) for row in rows]

# The last third came later, as what is predicted will.
weight = "balanced" if arguments.balanced else None
model = LogisticRegression(C=arguments.strength, class_weight=weight)
model.fit(features[:400], spoiled[:400])
predicted = model.predict(features[400:])

run = Run.get_context()
run.log("accuracy", accuracy_score(spoiled[400:], predicted))
run.log("recall", recall_score(spoiled[400:], predicted))
print(f"recall {recall_score(spoiled[400:], predicted):.2f}")
