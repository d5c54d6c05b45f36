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
# TODO give MLflow the tracking URI of the workspace

# TODO choose the experiment `rides`

# %%
X_train, y_train, X_test, y_test = load()

# TODO turn on autologging for scikit-learn, without the model

# %%
# TODO put the two lines below into a run named `first try`, and log `mae` in it
model = GradientBoostingRegressor(n_estimators=60, random_state=0).fit(X_train, y_train)
mae = mean_absolute_error(y_test, model.predict(X_test))

# %%
print(f"off by {mae:.1f} rides an hour on average, in a week that the model has not seen")
