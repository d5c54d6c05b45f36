"""A second version of milk-tests, with the tests of April to June."""

from azureml.core import Dataset, Workspace
from azureml.data import DataType

ws = Workspace.from_config()
store = ws.get_default_datastore()

# A folder of its own: versions keep paths, so the first one must not find the new files in its folder.
Dataset.File.upload_directory(
    "data/2025-q2", target=(store, "milk-tests/2025-q2"), overwrite=True, show_progress=False
)

tests = Dataset.Tabular.from_delimited_files(
    path=[(store, "milk-tests/2025-q1/*.csv"), (store, "milk-tests/2025-q2/*.csv")],
    set_column_types={"cells": DataType.to_float()},
)

tests = tests.register(
    ws,
    name="milk-tests",
    description="Daily tests of the milk in tanks T1 to T4",
    tags={"until": "2025-06"},
    create_new_version=True,
)

print(f"{tests.name}, version {tests.version}: {len(tests.to_pandas_dataframe())} tests")
