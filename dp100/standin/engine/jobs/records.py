"""What is known of a job: its spec, its state, and where its files are.

The supervisor writes the state. When it is gone before the job has ended, the next reader says so.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.jobs import named_places, pending, processes
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.tracking.entities import ENDED
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

STANDARD_LOG = "user_logs/std_log.txt"
LONGEST_NAME = 255  # characters; a folder is named by it

_LOST = (
    "The process that followed this job ended before the job did: it was killed, or the machine was restarted. "
    "Submit the job again."
)


@dataclass(frozen=True, slots=True)
class State:
    """Where a job is.

    Attributes:
        status: a state of the service, ``Queued``, ``Running``, ``Completed`` ...
        submitted, started, ended: ISO 8601, UTC; empty while not yet.
        pid, pid_start: the supervisor (at first the submitter), and what tells it from a later process.
        child, child_start: the job's first process, in the same way.
        nodes: ids of the nodes that it has.
        exit_code: of the job's first process that failed, or of the first one.
        error: ``code``, ``message`` and, of a script that failed, ``exception`` and ``traceback``.
        warnings: sentences that the log shows too.
        outputs: URI by name of the named outputs.
        registered: by output: ``kind``, ``name`` and ``version`` of what it was registered as.
        cancel: somebody asked for cancelation.
    """

    status: str = "NotStarted"
    submitted: str = ""
    started: str = ""
    ended: str = ""
    pid: int = 0
    pid_start: float | None = None
    child: int = 0
    child_start: float | None = None
    nodes: list[str] = field(default_factory=list)
    exit_code: int | None = None
    error: dict[str, Any] | None = None
    warnings: list[str] = field(default_factory=list)
    outputs: dict[str, str] = field(default_factory=dict)
    registered: dict[str, dict[str, str]] = field(default_factory=dict)
    cancel: bool = False

    @property
    def over(self) -> bool:
        """Whether the job has ended."""
        return self.status in ENDED


def folder(ws: Workspace, run_id: str) -> Path:
    """The folder of a job. It need not be there: runs that are no jobs have none."""
    return store.inside(ws.folder / "jobs", run_id)


def exists(ws: Workspace, run_id: str) -> bool:
    """Whether a run is a job."""
    if not 0 < len(run_id) <= LONGEST_NAME:
        return False
    try:
        place = folder(ws, run_id)
    except Invalid:  # "..": no run has such an id
        return False
    return (place / "job.yaml").is_file() or pending.settle(ws, run_id, place)


def run_ids(ws: Workspace) -> Iterator[str]:
    """The ids of all jobs, in no order."""
    for name in pending.run_ids(ws):
        exists(ws, name)
    try:
        names = os.listdir(ws.folder / "jobs")  # noqa: PTH208 - names are all that is wanted
    except FileNotFoundError:
        return
    for name in names:
        if not name.startswith(".") and exists(ws, name):
            yield name


def spec(ws: Workspace, run_id: str) -> JobSpec:
    """The job as it was submitted.

    Raises:
        NotFound: there is no such job.
        Forbidden: the principal may not read jobs.
    """
    access.check(ws, "jobs/read")
    return _spec(ws, run_id)


def _spec(ws: Workspace, run_id: str) -> JobSpec:
    if not exists(ws, run_id):
        raise _missing(run_id)
    try:
        return JobSpec.from_dict(store.read_yaml(folder(ws, run_id) / "job.yaml"))
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(run_id) from None


def update_spec(ws: Workspace, run_id: str, **changes: Any) -> JobSpec:
    """Change what may change after submission: display_name, description, tags, properties, extra.

    Raises:
        NotFound: there is no such job.
        Forbidden: the principal may not change jobs.
    """
    access.check(ws, "jobs/write")
    if not exists(ws, run_id):
        raise _missing(run_id)
    path = folder(ws, run_id) / "job.yaml"
    with store.locked(path):
        changed = replace(_spec(ws, run_id), **changes)
        store.write_yaml(path, changed.to_dict())
    return changed


def state(ws: Workspace, run_id: str) -> State:
    """Where a job is now. A job whose supervisor is gone is ended here: ``Failed``, its processes with it.

    Raises:
        NotFound: there is no such job.
        Forbidden: the principal may not read jobs.
    """
    access.check(ws, "jobs/read")
    found = _read(ws, run_id)
    if found.over or processes.alive(found.pid, found.pid_start):
        return found
    with store.locked(_file(ws, run_id)):
        found = _read(ws, run_id)
        if found.over or processes.alive(found.pid, found.pid_start):
            return found
        status = "Canceled" if found.cancel else "Failed"
        found = replace(
            found,
            status=status,
            ended=store.now(),
            error=found.error or ({"code": "SystemError", "message": _LOST} if status == "Failed" else None),
        )
        store.write_json(_file(ws, run_id), asdict(found))
    # The pid may be another's by now; then only those that have the run in their environment are left of the job.
    same = processes.alive(found.child, found.child_start)
    processes.end_tree(found.child if same else None, run_id)
    named_places.release(run_id)
    tell(ws, run_id, found)
    return found


def change(ws: Workspace, run_id: str, **changes: Any) -> State:
    """Change the state; what has ended stays as it is, but for what is not its status."""
    with store.locked(_file(ws, run_id)):
        found = _read(ws, run_id)
        if found.over and "status" in changes:
            return found
        found = replace(found, **changes)
        store.write_json(_file(ws, run_id), asdict(found))
    return found


def making(
    ws: Workspace, run_id: str, spec: JobSpec, first: State
) -> contextlib.AbstractContextManager[None]:
    """A block that makes the run of a job; the job is there with it, or not at all."""
    return pending.making(ws, run_id, folder(ws, run_id), spec.to_dict(), asdict(first))


def tell(ws: Workspace, run_id: str, found: State) -> None:
    """Let the run in MLflow's store have the job's status. One that was deleted there is left alone."""
    from dp100.standin.engine.errors import EngineError
    from dp100.standin.engine.tracking.store import Tracking

    try:
        with access.as_service(ws) as service:
            Tracking(service).set_status(
                run_id,
                found.status,
                ended=store.moment(found.ended) if found.ended else None,
                started=store.moment(found.started) if found.started and found.status == "Running" else None,
            )
    except EngineError:
        return


def _file(ws: Workspace, run_id: str) -> Path:
    return folder(ws, run_id) / "state.json"


def _read(ws: Workspace, run_id: str) -> State:
    if not exists(ws, run_id):
        raise _missing(run_id)
    try:
        held = store.read_json(_file(ws, run_id))
    except (FileNotFoundError, NotADirectoryError):
        raise _missing(run_id) from None
    known = {each.name for each in fields(State)}
    return State(**{key: value for key, value in held.items() if key in known})


def _missing(run_id: str) -> NotFound:
    return NotFound("Job", run_id, message=f"Run {run_id} was not found.", target="job")
