"""Budgets that scripts and lists rely on, measured in this process's own time."""

from __future__ import annotations

import subprocess
import sys
import time

from dp100.standin.engine.tracking.store import Tracking

_HEAVY = {
    "mlflow",
    "sqlalchemy",
    "alembic",
    "numpy",
    "pandas",
    "sklearn",
    "azure",
    "pydantic",
    "yaml",
    "psutil",
}
_IMPORT = """
import sys, time
import dataclasses, datetime, hashlib, json, pathlib, re, shutil, sqlite3, threading
before = time.process_time()
import dp100.standin.engine.tracking.store, dp100.standin.engine.models.registry
print(time.process_time() - before, *{name.partition(".")[0] for name in sys.modules})
"""


def test_importing_costs_little_and_brings_nothing_heavy() -> None:
    times = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", _IMPORT], capture_output=True, text=True, check=True)
        seconds, *modules = done.stdout.split()
        assert _HEAVY.isdisjoint(modules)
        times.append(float(seconds))
    assert min(times) < 0.02


def test_a_metric_takes_less_than_three_milliseconds(tracking: Tracking) -> None:
    tracking.create_run("e", "r")
    for i in range(2000):  # a long history must not slow down what follows
        tracking.log_scalar("r", "loss", float(i))
    begun = time.process_time()
    for i in range(200):
        tracking.log_scalar("r", "loss", float(i))
        tracking.log_metric("r", "accuracy", float(i))
    assert (time.process_time() - begun) / 400 < 0.003


def test_a_thousand_runs_are_listed_in_less_than_a_third_of_a_second(tracking: Tracking) -> None:
    with tracking.database.writing():  # one transaction, for the sake of the test's own time
        for i in range(1000):
            tracking.create_run("e", f"r{i}", tags={"i": i})
            tracking.log_metrics(f"r{i}", {f"m{j}": j for j in range(5)})
            tracking.log_params(f"r{i}", {f"p{j}": j for j in range(5)})
    begun = time.process_time()
    runs = tracking.runs("e")
    assert time.process_time() - begun < 0.3
    assert len(runs) == 1000
    assert runs[0].metrics == {f"m{j}": float(j) for j in range(5)}
