"""The milk tests of the first quarter as a tabular dataset."""

from azureml.core import Dataset, Workspace
from azureml.data import DataType

ws = Workspace.from_config()
store = ws.get_default_datastore()

Dataset.File.upload_directory(
    "data/2025-q1", target=(store, "milk-tests/2025-q1"), overwrite=True, show_progress=False
)

tests = Dataset.Tabular.from_delimited_files(
    path=(store, "milk-tests/2025-q1/*.csv"),
    # "n/a" stands where the counter failed: no number, so it becomes a missing value.
    set_column_types={"cells": DataType.to_float()},
)

tests.register(
    ws,
    name="milk-tests",
    description="Daily tests of the milk in tanks T1 to T4",
    tags={"until": "2025-03"},
    create_new_version=True,
)

frame = tests.to_pandas_dataframe()
print(frame.dtypes)
missing = frame["cells"].isna().groupby(frame["tank"]).mean()
print("Share of tests without a count, by tank:", missing.round(2).to_dict())
