"""Keep the model in MLmodel format, with a signature, and register it."""

import shutil

import mlflow
from mlflow.models import infer_signature
from rides import load
from sklearn.ensemble import GradientBoostingRegressor

X_train, y_train, X_test, y_test = load()
model = GradientBoostingRegressor(n_estimators=60, random_state=0).fit(X_train, y_train)

mlflow.set_experiment("rides")
shutil.rmtree("model", ignore_errors=True)  # save_model refuses a folder that is there

# TODO infer the signature from the test features and what the model makes of them

with mlflow.start_run(run_name="to register") as run:
    # TODO save the model into the folder `model`, with its signature
    # TODO log that folder to the run, as `model`
    pass

# TODO register the run's model as `rides-hourly`
