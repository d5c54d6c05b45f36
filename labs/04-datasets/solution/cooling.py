"""The tests of the days on which a cooler failed."""

from datetime import datetime

from azureml.core import Dataset, Workspace

ws = Workspace.from_config()

tests = Dataset.get_by_name(ws, "milk-tests")

frame = tests.to_pandas_dataframe()
print(frame[frame["temperature"] > 6])

# The last day is in it as a whole: midnight at its start would leave out the test of 06:30.
failure = tests.with_timestamp_columns(timestamp="taken").time_between(
    datetime(2025, 5, 12), datetime(2025, 5, 17, 23, 59)
)

failure.register(
    ws,
    name="cooling-failure",
    description="All tests from 12 to 17 May 2025, when the cooler of T3 failed",
    create_new_version=True,
)
