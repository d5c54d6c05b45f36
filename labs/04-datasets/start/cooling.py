"""The tests of the days on which a cooler failed."""

from datetime import datetime

from azureml.core import Dataset, Workspace

ws = Workspace.from_config()

# TODO: the latest version of milk-tests.
tests = None

if tests is not None:
    frame = tests.to_pandas_dataframe()
    print(frame[frame["temperature"] > 6])

# TODO: say which column holds the time, and keep the days of the failure, with all tanks.

# TODO: register the result as cooling-failure, as a new version each time this runs.
