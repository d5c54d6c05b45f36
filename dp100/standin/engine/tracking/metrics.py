"""Metrics in MLflow's tables: numbers with a step and a time."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime

from dp100.standin.engine.errors import Invalid
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.entities import Measurement, milliseconds
from dp100.standin.engine.tracking.runs import Runs
from dp100.standin.engine.tracking.texts import name_of

#: What MLflow keeps in place of infinity.
LARGEST = 1.7976931348623157e308


class Metrics(Runs):
    """Logs numbers and reads their history."""

    def log_metric(
        self,
        run_id: str,
        key: str,
        value: float,
        step: int | None = None,
        timestamp: datetime | int | None = None,
    ) -> None:
        """Log one value of a metric.

        Args:
            value: any number; NaN and the infinities are kept as MLflow keeps them.
            step: where in the metric's order the value stands; after the last one if not given.
            timestamp: when it was measured, as a time or in milliseconds since the epoch; now if not given.
        """
        self.log_metrics(run_id, {key: value}, step=step, timestamp=timestamp)

    def log_metrics(
        self,
        run_id: str,
        metrics: Mapping[str, float],
        step: int | None = None,
        timestamp: datetime | int | None = None,
    ) -> None:
        """Log one value of each of several metrics, all or none."""
        at = milliseconds(timestamp)
        with self._changing(permission.WRITE_RUNS) as connection:
            self._require(connection, run_id)
            for key, value in metrics.items():
                measure(connection, run_id, name_of("metric", key), [value], step, at)

    def metric_history(self, run_id: str, key: str) -> list[Measurement]:
        """Every logged value of a metric, by step and time; empty if there is none."""
        with self._looking(permission.READ_RUNS) as connection:
            rows = connection.execute(
                # The plus keeps SQLite from the index on key, which holds the metric's values of all runs.
                "SELECT value, is_nan, step, timestamp FROM metrics WHERE run_uuid = ? AND +key = ?"
                " ORDER BY step, timestamp, rowid",
                (run_id, key),
            ).fetchall()
        return [Measurement(key, math.nan if nan else value, step, at) for value, nan, step, at in rows]


def measure(
    connection: sqlite3.Connection,
    run_id: str,
    key: str,
    values: Sequence[float],
    step: int | None,
    timestamp: int,
) -> list[tuple[int, int, float]]:
    """Write values of one metric in an open transaction.

    Args:
        step: of the first value, the others follow it by one each; None for after the last value there is.

    Returns:
        step, timestamp and number of each value as MLflow's table holds it.
    """
    latest = connection.execute(
        "SELECT step, timestamp, value FROM latest_metrics WHERE run_uuid = ? AND key = ?", (run_id, key)
    ).fetchone()
    if step is None:
        step = latest[0] + 1 if latest else 0
    elif not -(2**63) <= step < 2**63 - len(values):
        raise Invalid(f"The step of {key} must be a whole number of 64 bits.", target="metric")
    written = []
    newest = tuple(latest) if latest else None
    new_row: tuple[float, bool] | None = None
    for offset, value in enumerate(values):
        number, nan = _stored(key, value)
        at = timestamp
        # The key of the table holds all columns: the same number twice in one millisecond at one step would be
        # one row. The second is a real value too, so it is written a millisecond later.
        while not connection.execute(
            "INSERT OR IGNORE INTO metrics (key, value, timestamp, run_uuid, step, is_nan)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (key, number, at, run_id, step + offset, nan),
        ).rowcount:
            at += 1
        written.append((step + offset, at, number))
        if newest is None or (step + offset, at, number) > newest:
            newest, new_row = (step + offset, at, number), (number, nan)
    if new_row is not None and newest is not None:
        connection.execute(
            "INSERT OR REPLACE INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (key, new_row[0], newest[1], newest[0], new_row[1], run_id),
        )
    return written


def _stored(key: str, value: float) -> tuple[float, bool]:
    """The number that MLflow's table holds for ``value``, and whether it stands for NaN."""
    try:
        number = float(value)
    except OverflowError:
        number = math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        raise Invalid(
            f"The value of the metric {key} must be a number, not {value!r}.", target="metric"
        ) from None
    if math.isnan(number):
        return 0.0, True
    if math.isinf(number):
        return math.copysign(LARGEST, number), False
    return number, False
