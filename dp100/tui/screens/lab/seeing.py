"""What the tab Runs shows, read from a lab's workspaces in a thread: plain values, ready to be drawn."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dp100.labs.seen import Job, Seen, workspaces
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.tracking.entities import ENDED, Run

_MOST = 60
"""Runs that are listed, the latest first."""
_TAIL = 200
"""Lines of a log that are shown."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in the list.

    Attributes:
        id: its id; ``workspace`` the workspace it is in.
        depth: 0, or 1 for the child of a run.
        state: of the service, such as ``Completed``.
        seconds: how long it ran, or has been running; None before it started.
        printed: the last line of a job that is running.
    """

    id: str
    workspace: str
    name: str
    experiment: str
    depth: int
    state: str
    seconds: float | None
    printed: str = ""

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class RunDetail:
    """All there is to show of one run.

    Attributes:
        line: the run as it stands in the list, without how long it has been running.
        series: metrics with a history, as points of step and value.
        values: single values, parameters and tags among them, as (kind, name, value).
        tables: by name, the header and the rows.
        files: names of its artifacts.
        log: the end of what a job's script printed.
        error: why it failed, where it is known.
    """

    line: RunLine
    series: dict[str, tuple[Point, ...]]
    values: tuple[tuple[str, str, str], ...]
    tables: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]
    files: tuple[str, ...]
    log: str
    error: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen at one moment."""

    runs: tuple[RunLine, ...]
    detail: RunDetail | None

    @property
    def busy(self) -> bool:
        """Whether a run has not ended yet."""
        return any(not run.over for run in self.runs)


def look(azure: Path, chosen: str | None = None) -> Sight | None:
    """The runs and jobs kept under ``azure``, and one of them whole; None where they cannot be read just now.

    Args:
        azure: the lab's account folder.
        chosen: id of the run to show whole; by default the first.
    """
    try:
        lines: list[RunLine] = []
        places: dict[str, Seen] = {}
        for seen in workspaces(azure):
            for line in _lines(seen):
                lines.append(line)
                places[line.id] = seen
        lines = lines[:_MOST]
        ids = [line.id for line in lines]
        wanted = chosen if chosen in ids else (ids[0] if ids else None)
        one = next((line for line in lines if line.id == wanted), None)
        return Sight(tuple(lines), _detail(places[one.id], one) if one is not None else None)
    except (EngineError, OSError, sqlite3.Error, ValueError, KeyError):
        return None  # it is being written, or was removed meanwhile


def _lines(seen: Seen) -> list[RunLine]:
    jobs = {job.id: job for job in seen.jobs()}
    runs = {run.id: run for run in seen.runs()}
    found = [_of_run(seen, run, jobs.get(run.id), 0) for run in runs.values() if run.parent not in runs]
    # A job is listed before it has a run.
    found = [_of_job(seen, job) for job in jobs.values() if job.id not in runs] + found
    children: dict[str, list[RunLine]] = {}
    oldest_first = list(reversed(runs.values()))  # those that began in the same millisecond stay in order
    oldest_first.sort(key=lambda run: run.started or datetime.min.replace(tzinfo=UTC))
    for run in oldest_first:
        if run.parent in runs:
            children.setdefault(_root(run, runs), []).append(_of_run(seen, run, jobs.get(run.id), 1))
    return [line for parent in found for line in (parent, *children.get(parent.id, ()))]


def _root(run: Run, runs: dict[str, Run]) -> str:
    seen = {run.id}
    while run.parent in runs and run.parent not in seen:
        seen.add(run.parent)
        run = runs[run.parent]
    return run.id


def _of_run(seen: Seen, run: Run, job: Job | None, depth: int) -> RunLine:
    state = job.status if job is not None else run.state
    seconds = _between(run.started, run.ended) if run.started else None
    printed = _last(job.log()) if job is not None and state not in ENDED else ""
    return RunLine(run.id, seen.name, run.name or run.id, run.experiment, depth, state, seconds, printed)


def _of_job(seen: Seen, job: Job) -> RunLine:
    return RunLine(
        job.id, seen.name, job.spec.display_name or job.id, job.spec.experiment, 0, job.status, None
    )


def _between(start: datetime, end: datetime | None) -> float:
    return max(0.0, ((end or datetime.now(UTC)) - start).total_seconds())


def _last(log: str) -> str:
    return next((line for line in reversed(log[-2000:].replace("\r", "\n").splitlines()) if line.strip()), "")


def _detail(seen: Seen, line: RunLine) -> RunDetail:
    id = line.id
    line = replace(line, seconds=None, printed="")  # the rest changes only when the run does
    job = next((job for job in seen.jobs() if job.id == id), None)
    log = "\n".join(job.log().splitlines()[-_TAIL:]) if job is not None else ""
    error = _short(str((job.state.error or {}).get("message", ""))) if job is not None else ""
    try:
        run = seen.tracking.run(id)
    except EngineError:
        return RunDetail(line, {}, (), {}, (), log, error)
    series: dict[str, tuple[Point, ...]] = {}
    tables: dict[str, tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]] = {}
    values: list[tuple[str, str, str]] = [("parameter", name, value) for name, value in run.params.items()]
    for name, logged in seen.logged(id).items():
        if isinstance(logged, dict):
            tables[name] = _table(logged)
        elif isinstance(logged, list) and logged and all(_is_number(one) for one in logged):
            series[name] = _points(seen, id, name, logged)
        elif isinstance(logged, str) and logged.startswith("aml://"):
            continue  # a chart or an image: it is among the files
        else:
            values.append(("metric", name, _text(logged)))
    values += [("tag", name, value) for name, value in run.user_tags.items()]
    return RunDetail(line, series, tuple(values), tables, tuple(seen.artifacts(id)), log, error)


def _short(error: str) -> str:
    """What the service says of a failure; of a traceback in it the last line: the log has the rest."""
    lines = [line.strip() for line in error.splitlines() if line.strip()]
    if len(lines) < 3:
        return " ".join(lines)
    return f"{lines[0].partition(' Error: Traceback')[0]} {lines[-1]}"


def _points(seen: Seen, id: str, name: str, logged: list[Any]) -> tuple[Point, ...]:
    history = seen.tracking.metric_history(id, name)
    steps = [one.step for one in history]
    if len(history) == len(logged) and len(set(steps)) == len(steps):
        return tuple((float(one.step), one.value) for one in history)
    return tuple((float(place), float(value)) for place, value in enumerate(logged))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _table(logged: dict[str, Any]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """A v1 table as header and rows: its cells are plain where it has one row, else a list for each column."""
    columns = [value if isinstance(value, list) else [value] for value in logged.values()]
    height = max((len(column) for column in columns), default=0)
    rows = [
        tuple(_text(column[place]) if place < len(column) else "" for column in columns)
        for place in range(height)
    ]
    return tuple(str(name) for name in logged), tuple(rows)


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return ", ".join(_text(one) for one in value[:20])
    return "" if value is None else str(value)
