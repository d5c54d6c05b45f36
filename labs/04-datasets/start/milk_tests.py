"""The milk tests of the first quarter as a tabular dataset."""

from azureml.core import Dataset, Workspace

ws = Workspace.from_config()
store = ws.get_default_datastore()

Dataset.File.upload_directory(
    "data/2025-q1", target=(store, "milk-tests/2025-q1"), overwrite=True, show_progress=False
)

# TODO: one tabular dataset of the files in the datastore; the column "cells" holds decimal numbers.
tests = None

# TODO: register it as milk-tests, as a new version each time this runs.

if tests is not None:
    frame = tests.to_pandas_dataframe()
    print(frame.dtypes)
    missing = frame["cells"].isna().groupby(frame["tank"]).mean()
    print("Share of tests without a count, by tank:", missing.round(2).to_dict())
