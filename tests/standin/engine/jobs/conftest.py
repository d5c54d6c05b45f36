"""A workspace in which real jobs run, and short ways to run one."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from dp100.standin.engine.jobs import control, logs, records
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.submit import submit
from dp100.standin.engine.tracking import database
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace.workspace import Workspace

PATIENCE = 60.0


@dataclass
class Jobs:
    """Submits scripts."""

    ws: Workspace
    folder: Path

    def submit(self, main: str = "print('done')", /, *, command: Any = "python main.py", **spec: Any) -> str:
        source = self.folder / "src"
        source.mkdir(exist_ok=True)
        (source / "main.py").write_text(textwrap.dedent(main), encoding="utf-8")
        spec.setdefault("code", str(source))
        if "script" not in spec:
            spec["command"] = command
        return submit(self.ws, JobSpec(**spec))

    def run(self, main: str = "print('done')", /, **spec: Any) -> Ended:
        run_id = self.submit(main, **spec)
        state = control.wait(self.ws, run_id, PATIENCE)
        assert state.over, state
        return Ended(run_id, state, logs.read(self.ws, run_id))

    def until(self, run_id: str, *statuses: str) -> State:
        found = until(lambda: self.state(run_id), lambda state: state.status in statuses)
        assert isinstance(found, State)
        return found

    def state(self, run_id: str) -> State:
        return records.state(self.ws, run_id)

    @property
    def tracking(self) -> Tracking:
        return Tracking(self.ws)


@dataclass
class Ended:
    run_id: str
    state: State
    log: str


def until(look: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    """What ``look`` gives once it is as wanted."""
    import time

    end = time.monotonic() + PATIENCE
    while not wanted(found := look()):
        assert time.monotonic() < end, found
        time.sleep(0.02)
    return found


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.getbasetemp()
    return (base.parent if base.name.startswith("popen-") else base) / "mlflow-templates"


@pytest.fixture
def jobs(ws: Workspace, tmp_path: Path, templates: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Jobs]:
    monkeypatch.setenv("DP100_MLFLOW_TEMPLATES", str(templates))
    monkeypatch.delenv("DP100_JOBS", raising=False)
    found = Jobs(ws, tmp_path)
    yield found
    for run_id in records.run_ids(ws):  # a test that failed leaves none behind
        if not records.state(ws, run_id).over:
            control.cancel(ws, run_id, timeout=20)
    database.close()


def running(mark: str) -> list[psutil.Process]:
    """Living processes whose command line has the mark in it."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and mark in " ".join(process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found
