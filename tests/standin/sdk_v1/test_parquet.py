"""Parquet files through SDK v1, and the times in them. What is expected is what azureml-core 1.61's own data engine
answered to the same files and calls."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest


@pytest.fixture
def weather(workspace):
    """A Parquet file for each of two months: hours with a time zone, the index of a data frame, small numbers."""
    for month in (1, 2):
        hours = pd.date_range(f"2019-{month:02}-01 01:00", periods=4, freq="10D", tz="Europe/Berlin")
        frame = pd.DataFrame({"at": hours, "wind": pd.array([1, 2, 3, 4], "uint8")}, index=[5, 6, 7, 8])
        file = Path(f"weather/2019/{month:02}/data.parquet")
        file.parent.mkdir(parents=True)
        frame.to_parquet(file)
    store = workspace.get_default_datastore()
    store.upload("weather", "weather", show_progress=False)
    return store


def _months(store):
    from azureml.core import Dataset

    return Dataset.Tabular.from_parquet_files(
        (store, "weather/*/*/data.parquet"), partition_format="weather/{month:yyyy/MM}/data.parquet"
    )


def _january(store):
    from azureml.core import Dataset

    return Dataset.Tabular.from_parquet_files((store, "weather/2019/01/data.parquet"))


def _days(dataset) -> list[str]:
    return dataset.to_pandas_dataframe()["at"].dt.strftime("%m-%d").tolist()


def test_a_whole_file_is_as_pandas_reads_it(weather) -> None:
    table = _january(weather).to_pandas_dataframe()
    assert list(table) == ["at", "wind"]
    assert str(table["at"].dt.tz) == "Europe/Berlin"
    assert table["wind"].dtype == "uint8"


@pytest.mark.parametrize(
    "step",
    [lambda d: d.take(2), lambda d: d.skip(2), lambda d: d.filter(d["wind"] > 2)],
    ids=["take", "skip", "filter"],
)
def test_row_by_row_times_have_no_zone_and_the_index_is_a_column(weather, step) -> None:
    table = step(_january(weather)).to_pandas_dataframe()
    assert list(table) == ["at", "wind", "__index_level_0__"]
    assert table["at"].dt.tz is None
    assert {each.hour for each in table["at"]} == {1}  # of the clock in Berlin
    assert table["wind"].dtype == "int64"
    assert len(table) == 2


def test_columns_of_the_path_come_last(weather) -> None:
    table = _months(weather).to_pandas_dataframe()
    assert list(table) == ["at", "wind", "__index_level_0__", "month"]
    assert table["at"].dt.tz is None


def test_times_of_a_zone_are_filtered_by_the_clock_there(weather) -> None:
    series = _january(weather).with_timestamp_columns("at")
    assert _days(series.time_before(datetime(2019, 1, 11, 1))) == ["01-01", "01-11"]
    assert _days(series.time_before(datetime(2019, 1, 11, 1), include_boundary=False)) == ["01-01"]
    assert len(series.time_recent(timedelta(days=365 * 100)).to_pandas_dataframe()) == 4
    january = _january(weather)
    assert _days(january.filter(january["at"] > datetime(2019, 1, 11, 1))) == ["01-21", "01-31"]


def test_a_time_with_a_zone_cannot_be_a_bound(weather) -> None:
    january = _january(weather)
    series = january.with_timestamp_columns("at")
    aware = datetime(2019, 1, 11, tzinfo=UTC)
    for call in (
        lambda: series.time_before(aware),
        lambda: series.time_after(aware),
        lambda: series.time_between(aware, aware),
        lambda: january.filter(january["at"] > aware),
    ):
        with pytest.raises(TypeError, match="can't subtract offset-naive and offset-aware datetimes"):
            call()


def test_the_partition_timestamp_is_filtered_too(weather) -> None:
    """So a bound within a month leaves out what the month's own time is beyond."""
    fine = _months(weather).with_timestamp_columns("at")
    both = fine.with_timestamp_columns("at", "month")
    since = datetime(2019, 1, 5)
    assert len(fine.time_after(since).to_pandas_dataframe()) == 7
    assert _days(both.time_after(since)) == ["02-01", "02-11", "02-21", "03-03"]
    assert _days(both.time_before(datetime(2019, 2, 12))) == _days(fine.time_before(datetime(2019, 2, 12)))


def test_bounds_are_whole_seconds(workspace) -> None:
    from azureml.core import Dataset

    moment = datetime(2020, 1, 1, 1, 2, 3, 456789)
    Path("in").mkdir()
    pd.DataFrame({"at": [moment]}).to_parquet("in/one.parquet")
    store = workspace.get_default_datastore()
    store.upload("in", "in", show_progress=False)
    series = Dataset.Tabular.from_parquet_files((store, "in/one.parquet")).with_timestamp_columns("at")

    def found(dataset):
        return len(dataset.to_pandas_dataframe())

    assert found(series.time_after(moment.replace(microsecond=999999))) == 1  # from second 3 on
    assert found(series.time_before(moment.replace(microsecond=460000))) == 0  # up to second 3
    assert found(series.time_before(moment.replace(microsecond=600000))) == 1  # up to second 4
