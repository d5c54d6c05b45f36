"""Train in a job, and watch the error fall tree by tree."""

import argparse

import mlflow
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import mean_absolute_error

FEATURES = ["hour", "weekday", "temperature", "rain"]

parser = argparse.ArgumentParser()
parser.add_argument("--data", required=True)
parser.add_argument("--learning-rate", type=float, required=True)
args = parser.parse_args()

rides = pd.read_csv(args.data)
early = rides["date"] < "2025-05-26"
train, test = rides[early], rides[~early]

model = GradientBoostingRegressor(
    n_estimators=40, learning_rate=args.learning_rate, random_state=0
)
model.fit(train[FEATURES], train["rides"])

mlflow.log_param("learning_rate", args.learning_rate)

for trees, forecast in enumerate(model.staged_predict(test[FEATURES]), start=1):
    mae = mean_absolute_error(test["rides"], forecast)
    mlflow.log_metric("mae", mae, step=trees)

print(f"{trees} trees: off by {mae:.1f} rides an hour")
