"""Waiting for a job and canceling it."""

from __future__ import annotations

import contextlib
import time

from dp100.standin.engine import store
from dp100.standin.engine.errors import EngineError, Invalid
from dp100.standin.engine.jobs import records
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

#: A file in a job's folder; the supervisor looks for it.
CANCEL = "cancel"


def wait(ws: Workspace, run_id: str, timeout: float | None = None) -> State:
    """Wait until a job has ended.

    Args:
        timeout: seconds after which the state is returned as it is.

    Raises:
        NotFound: there is no such job.
    """
    until = None if timeout is None else time.monotonic() + timeout
    pause = 0.01
    while True:
        from dp100.standin.engine.jobs.submit import reap

        reap()
        found = records.state(ws, run_id)
        if found.over or (until is not None and time.monotonic() >= until):
            return found
        time.sleep(pause)
        pause = min(0.1, pause * 1.3)


def cancel(ws: Workspace, run_id: str, *, timeout: float | None = None) -> State:
    """Ask for the end of a job with all its processes, and of the jobs it has submitted.

    Args:
        timeout: seconds to wait for the end; None returns at once, usually in ``CancelRequested``.

    Raises:
        NotFound: there is no such job.
        Invalid: it has ended already.
        Forbidden: the principal may not.
    """
    access.check(ws, "jobs/cancel/action")
    found = records.state(ws, run_id)
    if found.over:
        raise Invalid(
            f"Run {run_id} is in the state {found.status} and cannot be canceled.",
            code="UserError",
            target="job",
        )
    store.atomic_write(records.folder(ws, run_id) / CANCEL, store.now())
    found = records.change(ws, run_id, cancel=True, status="CancelRequested")
    records.tell(ws, run_id, found)
    with access.as_service(ws) as service:
        for child in Tracking(service).runs(parent=run_id):
            try:
                cancel(service, child.id)
            except EngineError:
                continue  # no job, or over by now
    return found if timeout is None else wait(ws, run_id, timeout)


def delete(ws: Workspace, run_id: str) -> None:
    """Delete a job that has ended, with its logs; its run goes to MLflow's bin.

    Raises:
        NotFound: there is no such job.
        Invalid: it has not ended.
        Forbidden: the principal may not.
    """
    access.check(ws, "jobs/delete")
    with access.as_service(ws) as service:
        found = records.state(service, run_id)
        if not found.over:
            raise Invalid(
                f"Job {run_id} is in the state {found.status}. Cancel it before you delete it.",
                code="UserError",
                target="job",
            )
        store.remove(records.folder(ws, run_id))
        with contextlib.suppress(EngineError):
            Tracking(service).delete_run(run_id)
