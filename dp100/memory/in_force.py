"""The scheduler in force: FSRS with the learner's own weights, where there are any."""

from __future__ import annotations

import json
import sqlite3

from dp100.memory.scheduler import Scheduler
from dp100.memory.settings import retention_in_force


def scheduler_in_force(db: sqlite3.Connection) -> Scheduler:
    """The scheduler with the learner's own weights, where there are any, and the retention aimed at."""
    row = db.execute(
        "SELECT parameters FROM weights WHERE parameters IS NOT NULL ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Scheduler(None if row is None else json.loads(row[0]), retention_in_force(db))
