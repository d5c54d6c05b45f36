"""Tabular datasets: rows and columns, read from files when they are asked for."""

from __future__ import annotations

import random as _random
import warnings as _warnings
from datetime import timedelta as _timedelta

from azureml._local.errors import raises as _raises
from azureml.data import _expressions
from azureml.data.abstract_dataset import AbstractDataset
from azureml.data.dataset_error_handling import DatasetValidationError as _DatasetValidationError
from azureml.exceptions._azureml_exception import DatasetTimestampMissingError, UserErrorException

from dp100.standin.engine.data import inference as _inference
from dp100.standin.engine.errors import NotOffline as _NotOffline


@_raises(UserErrorException)
class TabularDataset(AbstractDataset):
    """A table; nothing is read before its rows are asked for."""

    def __init__(self):
        super().__init__()

    # --- rows and columns ----------------------------------------------------------------------------------

    def take(self, count):
        """The first rows."""
        return self._then("take", _counted(count))

    def skip(self, count):
        """All rows but the first."""
        return self._then("skip", _whole(count, "skip"))

    def take_sample(self, probability, seed=None):
        """Rows that are each taken with a probability."""
        return self._then("sample", _share(probability), _seed(seed))

    def random_split(self, percentage, seed=None):
        """Two datasets: about that share of the rows, and the others."""
        share, chosen = _percentage(percentage), _seed(seed)
        return self._then("split", share, chosen), self._then("split", share, chosen, True)

    def filter(self, expression):
        """The rows for which a condition holds, such as ``dataset["age"] > 30``."""
        if not isinstance(expression, _expressions.Expression):
            raise UserErrorException(
                "expression has to be a condition on columns, such as dataset['age'] > 30."
            )
        return self._then("filter", expression.tree)

    def keep_columns(self, columns, validate=False):
        """Only these columns."""
        names = [columns] if isinstance(columns, str) else list(columns)
        made = self._then("keep", names)._with_times_among(lambda name: name in names)
        if validate:
            made.take(1).to_pandas_dataframe()
        return made

    def drop_columns(self, columns):
        """All columns but these."""
        names = [columns] if isinstance(columns, str) else list(columns)
        return self._then("drop", names)._with_times_among(lambda name: name not in names)

    # --- time series ---------------------------------------------------------------------------------------

    def with_timestamp_columns(self, timestamp=None, partition_timestamp=None, validate=False, **kwargs):
        """Say which columns hold the time, for the filters by time."""
        former = [kwargs.get("fine_grain_timestamp"), kwargs.get("coarse_grain_timestamp")]
        if any(former) and (timestamp or partition_timestamp):
            raise UserErrorException(
                "fine_grain_timestamp and coarse_grain_timestamp have been replaced by timestamp and "
                "partition_timestamp parameters and cannot be used together."
            )
        if any(former):
            _warnings.warn(
                "fine_grain_timestamp and coarse_grain_timestamp are deprecated, use timestamp and "
                "partition_timestamp.",
                DeprecationWarning,
                stacklevel=2,
            )
            timestamp, partition_timestamp = former
        if partition_timestamp and not timestamp:
            raise UserErrorException("partition_timestamp can be assigned only if timestamp is assigned.")
        if timestamp and timestamp == partition_timestamp:
            raise UserErrorException("partition_timestamp cannot be the same as timestamp.")
        definition = {**self._definition, "timestamp": [timestamp, partition_timestamp]}
        made = TabularDataset._make(self._workspace, definition)
        if validate:
            self._check_times(*(name for name in (timestamp, partition_timestamp) if name))
        return made

    @property
    def timestamp_columns(self):
        """The names of the timestamp column and the partition timestamp column."""
        return tuple(self._definition.get("timestamp") or (None, None))

    def _with_times_among(self, is_left):
        """The dataset, its timestamp columns forgotten where they are no more."""
        timestamp, partition = self.timestamp_columns
        if timestamp is None or (is_left(timestamp) and (partition is None or is_left(partition))):
            return self
        return self.with_timestamp_columns(timestamp if is_left(timestamp) else None)

    def time_after(self, start_time, include_boundary=True, validate=True):
        """The rows from a time on."""
        return self._within("time_after", start_time, None, include_boundary, validate)

    def time_before(self, end_time, include_boundary=True, validate=True):
        """The rows up to a time."""
        return self._within("time_before", None, end_time, include_boundary, validate)

    def time_between(self, start_time, end_time, include_boundary=True, validate=True):
        """The rows between two times."""
        return self._within("time_between", start_time, end_time, include_boundary, validate)

    def time_recent(self, time_delta, include_boundary=True, validate=True):
        """The rows of the last hours or days."""
        seconds, inclusive = time_delta.total_seconds(), bool(include_boundary)
        made = self
        for column in self._times("time_recent", validate):
            made = made._then("recent", column, seconds, inclusive)
        return made

    def _within(self, method, lower, upper, include_boundary, validate):
        """The rows whose times, that of their partition among them, are within bounds of whole seconds."""
        columns = self._times(method, validate)
        if lower:
            lower = lower.replace(microsecond=0)
        if upper:
            more = _timedelta(seconds=1 if upper.microsecond > 500_000 else 0)
            upper = upper.replace(microsecond=0) + more
        bounds = [_expressions.moment(bound)[1] if bound else None for bound in (lower, upper)]
        made = self
        for column in columns:
            made = made._then("time", column, *bounds, bool(include_boundary))
        return made

    def _times(self, method, validate):
        """The names of the timestamp columns, the partition's first."""
        timestamp, partition = self.timestamp_columns
        if timestamp is None:
            raise DatasetTimestampMissingError(
                f"Cannot perform time-series filter `{method}` on dataset without timestamp columns defined.\n"
                "Please use `with_timestamp_columns` to enable time-series capabilities"
            )
        columns = [name for name in (partition, timestamp) if name]
        if validate:
            self._check_times(*columns)
        return columns

    def _check_times(self, *columns):
        """Look whether columns hold times, in the first rows."""
        from azureml.data import _reading

        table = _reading.frame(self._workspace, self._definition, rows=_inference.ROWS)
        missing = [name for name in columns if name not in table.columns] if len(table) else []
        if missing:
            raise _DatasetValidationError(
                f"The specified columns {missing} do not exist in the current dataset."
            )
        others = [name for name in columns if len(table) and table[name].dtype.kind != "M"]
        if others:
            raise _DatasetValidationError(
                f"The specified columns {others} do not have the expected types {['DATE'] * len(others)}."
            )

    # --- out of it -----------------------------------------------------------------------------------------

    def to_pandas_dataframe(self, on_error="null", out_of_range_datetime="null"):
        """All rows as a data frame.

        Args:
            on_error: ``null`` makes a value that has not the type of its column empty, ``fail`` raises.
            out_of_range_datetime: the same for a time that pandas cannot hold.

        Raises:
            UserErrorException: there is such a value, and it is to fail.
        """
        from azureml.data import _reading

        for value in (on_error, out_of_range_datetime):
            if value not in ("null", "fail"):
                raise UserErrorException(f"'{value}' is neither 'null' nor 'fail'.")
        wrong = {"value": on_error, "time": out_of_range_datetime}
        strict = {name for name, way in wrong.items() if way == "fail"}
        table = _reading.frame(self._workspace, self._definition, strict)
        timestamp = self.timestamp_columns[0]
        if timestamp is not None and len(table):  # the real one makes it the index, too
            table = table.set_index(timestamp, drop=False).rename_axis(None)
        return table

    def to_csv_files(self, separator=","):
        """A file dataset of CSV files with the rows."""
        return self._exported("csv", lambda table, path: table.to_csv(path, index=False, sep=separator))

    def to_parquet_files(self):
        """A file dataset of Parquet files with the rows."""
        return self._exported("parquet", lambda table, path: table.to_parquet(path, index=False))

    def partition_by(
        self, partition_keys, target, name=None, show_progress=True, partition_as_file_dataset=False
    ):
        """Write the rows to a datastore, a folder for each value of the keys; returns a dataset on them."""
        from azureml.data import _writing

        return _writing.partitioned(self, partition_keys, target, name, partition_as_file_dataset)

    def download(self, stream_column, target_path=None, overwrite=False, ignore_not_found=True):
        """Copy the files that a column names."""
        raise _NotOffline("TabularDataset.download", "Columns of files are not read.")

    def mount(self, stream_column, mount_point=None):
        """Mount the files that a column names."""
        raise _NotOffline("TabularDataset.mount", "Columns of files are not read.")

    def to_spark_dataframe(self):
        """All rows as a Spark data frame."""
        raise _NotOffline("TabularDataset.to_spark_dataframe")

    def to_dask_dataframe(
        self, sample_size=10000, dtypes=None, on_error="null", out_of_range_datetime="null"
    ):
        """All rows as a Dask data frame."""
        raise _NotOffline("TabularDataset.to_dask_dataframe")

    def submit_profile_run(self, compute_target, experiment, cache_datastore_name=None):
        """Start a run that makes a profile."""
        raise _NotOffline("TabularDataset.submit_profile_run")

    def get_profile(self, workspace=None):
        """The last profile."""
        raise _NotOffline("TabularDataset.get_profile")

    def get_profile_runs(self, workspace=None):
        """The runs that made profiles."""
        raise _NotOffline("TabularDataset.get_profile_runs")

    def _then(self, *step):
        definition = {**self._definition, "steps": [*self._definition["steps"], list(step)]}
        return TabularDataset._make(self._workspace, definition)

    def _exported(self, kind, write):
        from azureml.data import _writing

        return _writing.exported(self, kind, write)


def _counted(count):
    """A count of rows or files to take.

    Raises:
        ValueError: it is none, as the real one has it.
    """
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise ValueError("count must be a positive integer")
    return count


def _percentage(number):
    if not 0 <= number <= 1:
        raise ValueError("percentage must be a number between 0.0 and 1.0.")
    return float(number)


def _whole(count, what):
    if not isinstance(count, int) or isinstance(count, bool) or count < 0:
        raise UserErrorException(f"The count of {what} has to be a whole number, not {count!r}.")
    return count


def _share(number):
    if not 0 <= number <= 1:
        raise UserErrorException(f"A share has to be between 0.0 and 1.0, not {number}.")
    return float(number)


def _seed(seed):
    return seed if seed is not None else _random.randrange(2**31)
