"""A first model, tracked as one would in a notebook. Each `# %%` begins a cell."""

# %%
import mlflow
from azure.ai.ml import MLClient
from azure.identity import DefaultAzureCredential
from rides import load
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import mean_absolute_error

ml_client = MLClient.from_config(DefaultAzureCredential())

# %%
workspace = ml_client.workspaces.get(ml_client.workspace_name)
mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)

mlflow.set_experiment("rides")

# %%
X_train, y_train, X_test, y_test = load()

mlflow.sklearn.autolog(log_models=False)

# %%
with mlflow.start_run(run_name="first try"):
    model = GradientBoostingRegressor(n_estimators=60, random_state=0).fit(X_train, y_train)
    mae = mean_absolute_error(y_test, model.predict(X_test))
    mlflow.log_metric("mae", mae)  # autologging knows the training data only

# %%
print(f"off by {mae:.1f} rides an hour on average, in a week that the model has not seen")
