"""Fits a curve to rides by temperature. Nothing to do in this file."""

import argparse
import csv
import json
from pathlib import Path

import numpy as np

parser = argparse.ArgumentParser()
parser.add_argument("--rides", required=True, help="CSV file, or the folder that has it")
parser.add_argument("--degree", type=int, required=True, help="degree of the curve")
parser.add_argument("--out", required=True, help="folder for the model and its metrics")
arguments = parser.parse_args()

path = Path(arguments.rides)
if path.is_dir():  # which is what a dataset of SDK v1 becomes
    path = next(path.rglob("*.csv"))
with path.open(newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
known = [row for row in rows if row["temperature"]]
print(f"{len(rows)} days, {len(rows) - len(known)} without a temperature are left out")

temperature = np.array([float(row["temperature"]) for row in known])
rides = np.array([float(row["rides"]) for row in known])
seen = np.array([row["date"] < "2025-01-01" for row in known])

curve = np.polynomial.Polynomial.fit(temperature[seen], rides[seen], arguments.degree)


def rmse(days):
    return float(np.sqrt(np.mean((curve(temperature[days]) - rides[days]) ** 2)))


print(f"degree {arguments.degree}: rmse {rmse(seen):.1f} in the months it was trained with")
print(f"degree {arguments.degree}: rmse {rmse(~seen):.1f} in the two months after")

out = Path(arguments.out)
out.mkdir(parents=True, exist_ok=True)
coefficients = curve.convert().coef.tolist()
(out / "model.json").write_text(json.dumps({"coefficients": coefficients}))
metrics = {"degree": arguments.degree, "rmse": rmse(~seen)}
(out / "metrics.json").write_text(json.dumps(metrics))
