"""What SDK v1 logs beside numbers, and the shapes in which ``Run.get_metrics()`` gives everything back.

Numbers, alone or in lists, are MLflow's metrics, a list being a metric with a value for each step; so every
MLflow client sees them, as it does in the cloud. Text, rows and tables have no place in MLflow's tables; they are
kept beside them. Images, confusion matrices and the other charts are artifacts of the run, and what is logged is
their place.

The shapes are those of azureml-core's ``InlineMetric.get_cells_from_metric_v2_dto``: one value alone is itself,
several are a list; a table of one row has plain cells, one of several rows has a list for each column.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from dp100.standin.engine.errors import Conflict, Invalid
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.entities import milliseconds
from dp100.standin.engine.tracking.metrics import LARGEST, Metrics, measure
from dp100.standin.engine.tracking.texts import name_of

SCALAR = "azureml.v1.scalar"
LIST = "azureml.v1.list"
TABLE = "azureml.v1.table"
#: Kinds whose value is an artifact, by the name that the ``log_*`` method has.
ARTIFACT_KINDS = {
    "image": "azureml.v2.image",
    "confusion_matrix": "azureml.v2.confusion_matrix",
    "accuracy_table": "azureml.v2.accuracy_table",
    "residuals": "azureml.v2.residuals",
    "predictions": "azureml.v2.predictions",
    "forecast_table": "azureml.v2.forecast_table",
}
_SERIES = {SCALAR, LIST}

Value = float | int | str | bool | None


class Logged(Metrics):
    """The logging methods of SDK v1, below their argument checks."""

    def log_scalar(
        self,
        run_id: str,
        name: str,
        value: object,
        step: int | None = None,
        timestamp: datetime | int | None = None,
    ) -> None:
        """Log one value: a number, text, True, False or None; anything else is logged as its ``repr``."""
        self._log_series(run_id, name, SCALAR, [plain(value)], step, timestamp)

    def log_list(self, run_id: str, name: str, values: Iterable[object]) -> None:
        """Log values one after the other; an empty list logs nothing."""
        self._log_series(run_id, name, LIST, [plain(value) for value in values], None, None)

    def log_row(self, run_id: str, name: str, row: Mapping[str, object]) -> None:
        """Add one row to the table ``name``.

        Raises:
            Invalid: a cell is a list.
        """
        for column, value in row.items():
            if isinstance(value, list):
                raise Invalid(
                    f"Invalid column data: column {column} of a row cannot be a list.", target="metric"
                )
        self._log_rows(run_id, name, [{str(column): plain(value) for column, value in row.items()}])

    def log_table(self, run_id: str, name: str, columns: Mapping[str, object]) -> None:
        """Add rows to the table ``name``, given by columns; a cell alone is a column of one.

        Raises:
            Invalid: it is no mapping, or its columns differ in length.
        """
        if not isinstance(columns, Mapping):
            raise Invalid("Table must be of type dict[string]: column.", target="metric")
        lists = {
            str(column): list(cells) if isinstance(cells, list | tuple) else [cells]
            for column, cells in columns.items()
        }
        lengths = {column: len(cells) for column, cells in lists.items()}
        if len(set(lengths.values())) > 1:
            first, length = next(iter(lengths.items()))
            other = next(column for column in lengths if lengths[column] != length)
            raise Invalid(
                f"Invalid column length: reference column {first} has length {length}, but column {other} has"
                f" length {lengths[other]}.",
                target="metric",
            )
        names = list(lists)
        rows = [
            dict(zip(names, (plain(cell) for cell in cells), strict=True))
            for cells in zip(*lists.values(), strict=True)
        ]
        self._log_rows(run_id, name, rows)

    def log_artifact_metric(self, run_id: str, name: str, kind: str, path: str) -> str:
        """Log that the artifact at ``path`` is the chart ``name``; returns the address that it goes by.

        Args:
            kind: a key of :data:`ARTIFACT_KINDS`.
            path: the artifact's name in the run.
        """
        if kind not in ARTIFACT_KINDS:
            raise Invalid(f"'{kind}' is no kind of chart: {', '.join(ARTIFACT_KINDS)}.", target="metric")
        location = artifact_id(run_id, path)
        name = name_of("metric", name)
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            at = milliseconds(None)
            _define(connection, run_id, name, ARTIFACT_KINDS[kind], {name: "Artifact"}, at)
            _keep(connection, run_id, name, _after_last(connection, run_id, name), at, location)
        return location

    # --- reading -------------------------------------------------------------------------------------------

    def get_metrics(self, run_id: str, name: str | None = None) -> dict[str, Any]:
        """Everything logged to a run in the shapes of SDK v1, in the order in which the names were first used.

        Args:
            name: only this one.

        Returns:
            scalars and lists: the value, or a list if there are several; tables: a dict of cells or of lists;
            charts and images: ``aml://artifactId/ExperimentRun/dcid.<run>/<path>``.
        """
        return self.get_metrics_of([run_id], name).get(run_id, {})

    def get_metrics_of(self, run_ids: Sequence[str], name: str | None = None) -> dict[str, dict[str, Any]]:
        """:meth:`get_metrics` of several runs at once; runs that logged nothing are left out."""
        found: dict[str, dict[str, Any]] = {}
        with self._looking(permission.READ_RUNS) as connection:
            for run_id in run_ids:
                if metrics := _read(connection, run_id, name):
                    found[run_id] = metrics
        return found

    def metric_kinds(self, run_id: str) -> dict[str, str]:
        """The kind of every name: ``azureml.v1.scalar``, ``.list``, ``.table``, ``azureml.v2.image`` ..."""
        with self._looking(permission.READ_RUNS) as connection:
            names = connection.execute("SELECT key FROM latest_metrics WHERE run_uuid = ?", (run_id,))
            kinds = {name: SCALAR for (name,) in names}
            kinds.update(
                connection.execute(
                    "SELECT name, kind FROM azureml_metrics WHERE run_uuid = ?", (run_id,)
                ).fetchall()
            )
        return kinds

    # --- writing -------------------------------------------------------------------------------------------

    def _log_series(
        self,
        run_id: str,
        name: str,
        kind: str,
        values: Sequence[Value],
        step: int | None,
        timestamp: datetime | int | None,
    ) -> None:
        if not values:
            return
        name = name_of("metric", name)
        at = milliseconds(timestamp)
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            column = _define(connection, run_id, name, kind, {name: _type_of(values)}, at)[name]
            for value in values:
                place = _after_last(connection, run_id, name) if step is None else step
                if value is None or isinstance(value, str):
                    _keep(connection, run_id, name, place, at, value)
                    continue
                [(_, time, number)] = measure(connection, run_id, name, [value], place, at)
                if not _gives_back(column, number, value):
                    _keep(connection, run_id, name, place, time, value, number)

    def _log_rows(self, run_id: str, name: str, rows: Sequence[Mapping[str, Value]]) -> None:
        if not rows or not rows[0]:
            return
        name = name_of("metric", name)
        at = milliseconds(None)
        types = {column: _type_of([row[column] for row in rows]) for column in rows[0]}
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            _define(connection, run_id, name, TABLE, types, at)
            first = _after_last(connection, run_id, name)
            for place, row in enumerate(rows, first):
                _keep(connection, run_id, name, place, at, row)


# --- values ----------------------------------------------------------------------------------------------


def plain(value: object) -> Value:
    """A logged value as JSON can hold it: NumPy's numbers become Python's, what is no value its ``repr``."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, str):
        return str(value)
    item = getattr(value, "item", None)  # NumPy's and PyTorch's scalars
    if callable(item) and getattr(value, "ndim", None) == 0:
        return plain(item())
    return repr(value)


def artifact_id(run_id: str, path: str) -> str:
    """The address that the service gives to the artifact at ``path`` of a run."""
    return f"aml://artifactId/ExperimentRun/dcid.{run_id}/{path}"


_TYPES: dict[type, str] = {float: "double", int: "int", bool: "bool", str: "string", type(None): "none"}


def _type_of(values: Sequence[Value]) -> str:
    """The type of a column: that of its first value, but ``double`` if a whole number is followed by others."""
    first = _TYPES[type(values[0])]
    return "double" if first == "int" and any(isinstance(value, float) for value in values) else first


def _number(column: str, number: float, nan: bool) -> Value:
    """A number of MLflow's table as a value of the column's type."""
    if nan:
        return math.nan
    if abs(number) == LARGEST:
        return math.copysign(math.inf, number)
    # MLflow may have logged a fraction under a name that SDK v1 used for whole numbers.
    if column == "int" and number.is_integer():
        return int(number)
    return bool(number) if column == "bool" and number in (0, 1) else number


def _gives_back(column: str, number: float, value: float) -> bool:
    """Whether :func:`_number` makes ``value`` of what MLflow's table holds for it."""
    if value != value:
        return True
    back = _number(column, number, False)
    if column == "double":  # everything in it is one, as in the service
        return not isinstance(value, float) or back == value
    return type(back) is type(value) and back == value


# --- rows ------------------------------------------------------------------------------------------------


def _define(
    connection: sqlite3.Connection, run_id: str, name: str, kind: str, columns: Mapping[str, str], at: int
) -> dict[str, str]:
    """Record a name with its kind and columns; returns all of its columns, widened where these need it.

    Raises:
        Conflict: the name is used for something else.
    """
    row = connection.execute(
        "SELECT kind, columns FROM azureml_metrics WHERE run_uuid = ? AND name = ?", (run_id, name)
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO azureml_metrics (run_uuid, name, kind, columns, timestamp) VALUES (?, ?, ?, ?, ?)",
            (run_id, name, kind, json.dumps(columns), at),
        )
        return dict(columns)
    if row[0] != kind and not {row[0], kind} <= _SERIES:
        raise Conflict(
            f"Conflicting metric types, logged metric of type: {kind} to name: {name}, expected metric type is"
            f" {row[0]}",
            target="metric",
        )
    known: dict[str, str] = json.loads(row[1])
    widened = dict(known)
    for column, type_ in columns.items():
        if column not in known or (known[column] == "int" and type_ == "double"):
            widened[column] = type_
    if widened != known:
        connection.execute(
            "UPDATE azureml_metrics SET columns = ? WHERE run_uuid = ? AND name = ?",
            (json.dumps(widened), run_id, name),
        )
    return widened


def _keep(
    connection: sqlite3.Connection,
    run_id: str,
    name: str,
    step: int,
    timestamp: int,
    data: object,
    number: float | None = None,
) -> None:
    try:
        text = json.dumps(data, ensure_ascii=True)
    except (TypeError, ValueError) as error:
        raise Invalid(f"The value of {name} cannot be stored: {error}.", target="metric") from error
    connection.execute(
        "INSERT INTO azureml_metric_values (run_uuid, name, step, timestamp, data, number) VALUES (?, ?, ?, ?, ?, ?)",
        (run_id, name, step, timestamp, text, number),
    )


def _after_last(connection: sqlite3.Connection, run_id: str, name: str) -> int:
    """The step after the last value of a name, in either table."""
    [(numbers, others)] = connection.execute(
        "SELECT (SELECT step FROM latest_metrics WHERE key = ? AND run_uuid = ?),"
        " (SELECT max(step) FROM azureml_metric_values WHERE run_uuid = ? AND name = ?)",
        (name, run_id, run_id, name),
    )
    return max(-1 if numbers is None else int(numbers), -1 if others is None else int(others)) + 1


def _read(connection: sqlite3.Connection, run_id: str, only: str | None) -> dict[str, Any]:
    """The metrics of one run in the shapes of SDK v1."""
    chosen = [run_id] if only is None else [run_id, only]
    named = {True: "", False: " AND +{} = ?"}[only is None]
    kinds: dict[str, tuple[str, dict[str, str]]] = {}
    first: dict[str, tuple[int, int]] = {}
    for name, kind, columns, at, number in connection.execute(
        "SELECT name, kind, columns, timestamp, id FROM azureml_metrics WHERE run_uuid = ?"
        + named.format("name"),
        chosen,
    ):
        kinds[name] = (kind, json.loads(columns))
        first[name] = (at, number)
    kept: dict[str, list[tuple[int, int, Any]]] = {}
    replaced: dict[str, set[tuple[int, int, float]]] = {}
    for name, step, at, data, number in connection.execute(
        "SELECT name, step, timestamp, data, number FROM azureml_metric_values WHERE run_uuid = ?"
        + named.format("name")
        + " ORDER BY id",
        chosen,
    ):
        kept.setdefault(name, []).append((step, at, json.loads(data)))
        if number is not None:
            replaced.setdefault(name, set()).add((step, at, number))
    for name, value, nan, step, at, row in connection.execute(
        "SELECT key, value, is_nan, step, timestamp, rowid FROM metrics WHERE run_uuid = ?"
        + named.format("key")
        + " ORDER BY rowid",
        chosen,
    ):
        kind, columns = kinds.setdefault(name, (SCALAR, {name: "double"}))
        first.setdefault(name, (at, row))
        if kind in _SERIES and (step, at, value) not in replaced.get(name, ()):
            kept.setdefault(name, []).append(
                (step, at, _number(columns.get(name, "double"), value, bool(nan)))
            )
    return {
        name: _shape(*kinds[name], [value for *_, value in sorted(kept[name], key=lambda one: one[:2])])
        for name in sorted(kept, key=lambda name: first[name])
    }


def _shape(kind: str, columns: Mapping[str, str], values: list[Any]) -> Any:
    if kind == TABLE:
        table = {
            column: [float(cell) if type_ == "double" and _is_number(cell) else cell for cell in cells]
            for column, type_ in columns.items()
            for cells in [[row.get(column) for row in values]]
        }
        return {column: cells[0] for column, cells in table.items()} if len(values) == 1 else table
    if kind not in _SERIES:
        return values[0]  # "Artifact backed metrics are defined by the first value"
    return values[0] if len(values) == 1 else values


def _is_number(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
