"""Checks of the lab "Datasets and their versions"."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dp100.labs.work import Work

if TYPE_CHECKING:
    import pandas as pd

TANKS = ("T1", "T2", "T3", "T4")
QUARTERS = {
    "2025-q1": (date(2025, 1, 1), date(2025, 3, 31)),
    "2025-q2": (date(2025, 4, 1), date(2025, 6, 30)),
}
FAILURE = (date(2025, 5, 12), date(2025, 5, 17))  # the cooler of T3


def prepare(work: Work) -> None:
    """Write the tests, a file a month, and a picture a week of each tank's filter."""
    for quarter in QUARTERS:
        folder = work.folder / "data" / quarter
        folder.mkdir(parents=True, exist_ok=True)
        months: dict[str, list[dict[str, Any]]] = {}
        for row in _tests(quarter):
            months.setdefault(row["taken"][:7], []).append(row)
        for month, rows in months.items():
            with (folder / f"{month}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, fieldnames=list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
    _write_pictures(work)


def milk_tests_is_a_table(work: Work) -> None:
    """A version of milk-tests reads the tests of the first quarter, with numbers in ``cells``."""
    versions = _versions(work, "milk-tests")
    wrong = []
    for version in versions:
        trouble = _trouble(work, version, _tests("2025-q1"))
        if trouble is None:
            return
        wrong.append(trouble)
    raise AssertionError(f"milk-tests, version {versions[0]}: {wrong[0]}")


def milk_filters_has_the_pictures(work: Work) -> None:
    """milk-filters is a file dataset of all pictures and of nothing else."""
    version = _versions(work, "milk-filters")[0]
    dataset = _dataset(work, "milk-filters", version)
    assert hasattr(dataset, "to_path"), (
        "milk-filters is a tabular dataset. Pictures are no rows and columns: make it with "
        "`Dataset.File.from_files`."
    )
    found = {"/".join(path.split("/")[-2:]) for path in dataset.to_path()}
    wanted = set(_pictures())
    other = sorted(name for name in found - wanted if not name.endswith(".pgm"))
    assert not other, (
        f"milk-filters, version {version}, has {len(other)} files that are no pictures, such as {other[0]}. "
        "End the path with a pattern that only pictures match: `*.pgm`."
    )
    missing = sorted(wanted - found)
    assert not missing, (
        f"milk-filters, version {version}, has {len(found)} of the {len(wanted)} pictures; {missing[0]} is "
        "not among them. `**` in a path stands for all folders below."
    )
    assert found == wanted, (
        f"milk-filters, version {version}, has pictures that are not in data/filters: {found - wanted}."
    )


def milk_tests_has_a_second_version(work: Work) -> None:
    """A version of milk-tests reads both quarters, and an older one still reads the first alone."""
    versions = _versions(work, "milk-tests")
    both = [*_tests("2025-q1"), *_tests("2025-q2")]
    troubles = {version: _trouble(work, version, both) for version in versions}
    whole = [version for version in versions if troubles[version] is None]
    if not whole:
        newest = versions[0]
        if len(_frame(work, "milk-tests", newest)) == len(_tests("2025-q1")):
            raise AssertionError(
                f"milk-tests, version {newest}, the latest, still holds January to March only. Register a "
                "dataset of both folders with `create_new_version=True`."
            )
        raise AssertionError(f"milk-tests, version {newest}, is to hold both quarters: {troubles[newest]}")
    older = [version for version in versions if version < whole[0]]
    assert any(_trouble(work, version, _tests("2025-q1")) is None for version in older), (
        f"milk-tests, version {whole[0]}, holds both quarters, but no older version reads January to March "
        "alone any more. A version keeps paths, not files: give the new files a folder that the path of the "
        "old version does not match. The path of a version cannot be mended: narrow it in milk_tests.py, run "
        "step 1, and after it this step again."
    )


def versions_are_compared(work: Work) -> None:
    """``added_rows`` tells how many rows one version has more than another."""
    function = work.load("compare.py").get("added_rows")
    assert callable(function), (
        "compare.py has no function `added_rows` any more. It takes ws, name, old and new."
    )
    workspace = _workspace(work)
    rows = {version: len(_frame(work, "milk-tests", version)) for version in _versions(work, "milk-tests")}
    small, large = min(rows, key=lambda each: rows[each]), max(rows, key=lambda each: rows[each])
    assert rows[small] < rows[large], (
        "All versions of milk-tests have the same number of rows, so there is nothing to compare. Finish the "
        "step before this one."
    )
    for old, new in ((small, large), (large, small), (large, large)):
        call = f'added_rows(ws, "milk-tests", {old}, {new})'
        try:
            found = function(workspace, "milk-tests", old, new)
        except Exception as error:
            raise AssertionError(f"{call} stops: {type(error).__name__}: {error}") from error
        assert found is not None, f"{call} returns nothing. Let it `return` the number of rows."
        assert found == rows[new] - rows[old], (
            f"{call} is {found}; version {old} has {rows[old]} rows, version {new} has {rows[new]}. "
            "`Dataset.get_by_name` takes a `version`; without it, you get the latest one twice."
        )


def cooling_failure_has_its_days(work: Work) -> None:
    """cooling-failure holds the tests of all tanks on the days of the failure, and knows its column of "
    "time."""
    version = _versions(work, "cooling-failure")[0]
    dataset = _tabular(work, "cooling-failure", version)
    where = f"cooling-failure, version {version},"
    assert dataset.timestamp_columns[0] == "taken", (
        f"{where} has no column of time. `with_timestamp_columns(timestamp=...)` returns a dataset that has "
        "one; go on with what it returns."
    )
    frame = _frame(work, "cooling-failure", version)
    assert len(frame), (
        f"{where} has no rows. Is it made of the latest version of milk-tests, with both quarters? Then look "
        "at the year and the order of the ends in `time_between`."
    )
    assert all(isinstance(each, datetime) for each in frame["taken"]), (
        f"{where} has text in `taken`. Start from milk-tests as it is registered; there it is a time."
    )
    found = sorted({moment.date() for moment in frame["taken"]})
    first, last = FAILURE
    assert found[0] == first, (
        f"{where} begins on {_day(found[0])}. Milk above 6 °C was first measured on another day: run "
        "cooling.py and look at `taken` in the first line that it prints."
    )
    assert found[-1] != last - timedelta(days=1), (
        f"{where} ends on {_day(found[-1])}, a day too early. `datetime` without a time is midnight at the "
        "start of the day, and the tests are taken at 06:30."
    )
    assert found[-1] == last, (
        f"{where} ends on {_day(found[-1])}. The last test above 6 °C was on another day: run cooling.py and "
        "look at the last line that it prints."
    )
    tanks = sorted(set(frame["tank"]))
    assert tanks == list(TANKS), (
        f"{where} holds {', '.join(tanks)} only. The inspector wants to compare all four tanks."
    )
    expected = ((last - first).days + 1) * len(TANKS)
    assert len(frame) == expected, (
        f"{where} has {len(frame)} rows; these days have {expected} tests. Start from the latest version of "
        "milk-tests, and filter by time alone."
    )


# What the data are


def _tests(quarter: str) -> list[dict[str, Any]]:
    """The tests of a quarter: a row a day for each tank."""
    source = random.Random(f"milk {quarter}")
    first, last = QUARTERS[quarter]
    rows = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        for tank in TANKS:
            cells = round(source.lognormvariate(5.2, 0.25), 1)
            # The counter at T4 is worn out: what is missing is not missing by chance.
            failed = source.random() < (0.45 if tank == "T4" else 0.03)
            warm = tank == "T3" and FAILURE[0] <= day <= FAILURE[1]
            rows.append(
                {
                    "taken": f"{day.isoformat()} 06:30:00",
                    "tank": tank,
                    "temperature": round(source.gauss(8.2, 0.5) if warm else source.uniform(3.2, 4.8), 1),
                    "fat": round(source.gauss(4.1, 0.15), 2),
                    "cells": "n/a" if failed else cells,
                }
            )
    return rows


def _pictures() -> list[str]:
    """The names of the pictures, below the folder of the filters: one a week for each tank."""
    monday = date(2025, 1, 6)
    return [f"{tank}/{monday + timedelta(weeks=week)}.pgm" for tank in TANKS for week in range(12)]


def _write_pictures(work: Work) -> None:
    source = random.Random("filters")
    top = work.folder / "data" / "filters"
    for name in _pictures():
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        specks = source.randint(0, 9)
        grey = [source.randint(225, 250) for _ in range(256)]
        for at in source.sample(range(256), specks):
            grey[at] = source.randint(20, 70)
        lines = [" ".join(str(value) for value in grey[row : row + 16]) for row in range(0, 256, 16)]
        file.write_text("\n".join(["P2", "16 16", "255", *lines, ""]), encoding="ascii")
    for tank in TANKS:
        (top / tank / "notes.txt").write_text(
            f"Filter of {tank}: seen by hand, no camera on 27 January.\n", encoding="utf-8"
        )
    (top / "T2" / "2025-02-10.pgm.part").write_text("P2\n16 16\n255\n241 238", encoding="ascii")
    (top / "T4" / "2025-03-03.pgm.part").write_text("P2\n16 16", encoding="ascii")


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


# What the learner has registered


def _workspace(work: Work) -> Any:
    from azureml.core import Workspace

    seen = work.workspace
    return Workspace.get(seen.name, subscription_id=seen.ws.subscription_id, resource_group=seen.group)


def _versions(work: Work, name: str) -> list[int]:
    """The versions of a dataset, the latest first."""
    held = work.workspace.assets("data", name)
    found = sorted(
        (int(each.version) for each in held if each.version.isdecimal() and each.spec.get("v1")), reverse=True
    )
    if not found:
        others = sorted({each.name for each in work.workspace.assets("data")})
        raise AssertionError(
            f"No dataset `{name}` is registered yet. A dataset gets its name by `.register(ws, "
            f'name="{name}")`.' + (f" Registered so far: {', '.join(others)}." if others else "")
        )
    return found


def _dataset(work: Work, name: str, version: int) -> Any:
    from azureml.core import Dataset

    return Dataset.get_by_name(_workspace(work), name, version=version)


def _tabular(work: Work, name: str, version: int) -> Any:
    dataset = _dataset(work, name, version)
    assert hasattr(dataset, "to_pandas_dataframe"), (
        f"{name}, version {version}, is a file dataset. Rows and columns are made with "
        "`Dataset.Tabular.from_delimited_files`."
    )
    return dataset


def _frame(work: Work, name: str, version: int) -> pd.DataFrame:
    """The rows of a version. What the files have no longer is no reason for a traceback."""
    dataset = _tabular(work, name, version)
    try:
        frame: pd.DataFrame = dataset.to_pandas_dataframe()
    except Exception as error:
        raise AssertionError(f"{name}, version {version}, cannot be read: {error}") from error
    columns = list(_tests("2025-q1")[0])
    lost = [column for column in columns if column not in frame.columns]
    assert not lost, (
        f"{name}, version {version}, has no column `{lost[0]}`. The files have a header and are separated by "
        "commas; leave `header` and `separator` at their defaults, and keep all columns."
    )
    return frame


def _trouble(work: Work, version: int, expected: list[dict[str, Any]]) -> str | None:
    """What keeps a version of milk-tests from holding the expected tests, as a sentence; or None."""
    import pandas as pd

    try:
        frame = _frame(work, "milk-tests", version)
    except AssertionError as error:
        return str(error).split(f"version {version}, ", 1)[-1]
    if len(frame) != len(expected):
        return (
            f"it has {len(frame)} rows; the files have {len(expected)}. Look at the path: which files does "
            "it match? `*.csv` stands for all of a folder."
        )
    if not pd.api.types.is_numeric_dtype(frame["cells"]):
        return (
            "`cells` is text, because of the `n/a` in it. Say that it holds decimal numbers, with "
            "`set_column_types` and `DataType.to_float()`."
        )
    counts = [row["cells"] for row in expected if row["cells"] != "n/a"]
    missing = len(expected) - len(counts)
    if int(frame["cells"].isna().sum()) != missing:
        return (
            f"`cells` has {int(frame['cells'].isna().sum())} missing values; the files say `n/a` {missing} "
            "times. Do not fill or drop them here: that is for whoever trains to decide."
        )
    if abs(float(frame["cells"].sum()) - sum(counts)) > 0.01 * len(counts):
        return "the counts in `cells` are not those of the files. `DataType.to_float()` keeps their decimals."
    if not all(isinstance(each, datetime) for each in frame["taken"]):
        return "`taken` is not a time. Leave its type to be inferred, or say `DataType.to_datetime()`."
    return None
