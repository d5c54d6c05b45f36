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

signature = infer_signature(X_test, model.predict(X_test))

with mlflow.start_run(run_name="to register") as run:
    mlflow.sklearn.save_model(
        model,
        "model",
        signature=signature,
        serialization_format="cloudpickle",
        pip_requirements=["mlflow", "scikit-learn", "pandas"],  # else MLflow searches for them
    )
    mlflow.log_artifacts("model", "model")

mlflow.register_model(f"runs:/{run.info.run_id}/model", "rides-hourly")
