"""Jobs that are being submitted: a job's folder and its run in MLflow's store come to be together, or not at all.

The folder is written beside the others, the run is made, and then the folder takes its place. Where the submitter was
killed in between, the next reader does the rest: with a run the job is there (and has failed, since nobody follows it),
without one it never was.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.jobs import processes
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace


@contextlib.contextmanager
def making(
    ws: Workspace, run_id: str, folder: Path, spec: Mapping[str, Any], state: Mapping[str, Any]
) -> Iterator[None]:
    """A block that makes the run of a job; afterwards the job is there too, unless the block raised.

    Args:
        folder: the job's place.
        spec: for job.yaml.
        state: for state.json; its ``pid`` and ``pid_start`` are the submitter's.
    """
    with _alone(ws):
        place = _place(ws, run_id)
        try:
            store.write_yaml(place / "job.yaml", spec)
            store.write_json(place / "state.json", state)
            yield
        except BaseException:
            store.remove(place)
            raise
        _put(place, folder)


def settle(ws: Workspace, run_id: str, folder: Path) -> bool:
    """Finish what a submitter that is gone has begun; whether the job is there now."""
    place = _place(ws, run_id)
    if not place.is_dir() or _in_work(place):
        return False
    with _alone(ws):
        if not place.is_dir() or _in_work(place):
            return (folder / "job.yaml").is_file()
        try:
            with access.as_service(ws) as service:
                Tracking(service).run(run_id)
        except NotFound:
            store.remove(place)
            return False
        _put(place, folder)
        return True


def run_ids(ws: Workspace) -> Iterator[str]:
    """The ids of jobs that are being submitted, or were to be."""
    for place in _all(ws).glob("*"):
        with contextlib.suppress(OSError, EngineError):  # settled meanwhile
            yield str(store.read_yaml(place / "job.yaml")["name"])


def _all(ws: Workspace) -> Path:
    return ws.folder / "jobs" / ".pending"


def _place(ws: Workspace, run_id: str) -> Path:
    return (
        _all(ws) / hashlib.sha256(run_id.encode()).hexdigest()[:32]
    )  # an id may be as long as a name can be


def _alone(ws: Workspace) -> contextlib.AbstractContextManager[None]:
    return store.locked(_all(ws))


def _in_work(place: Path) -> bool:
    try:
        state = store.read_json(place / "state.json")
    except (OSError, EngineError):  # killed while it wrote, or settled meanwhile
        return False
    return processes.alive(int(state["pid"]), state["pid_start"])


def _put(place: Path, folder: Path) -> None:
    if folder.exists():  # of a job whose run is gone
        store.remove(folder)
    store.replace(place, folder)
