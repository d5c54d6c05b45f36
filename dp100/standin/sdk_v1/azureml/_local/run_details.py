"""What is told of a run: its state, its details, its log while it runs."""

from __future__ import annotations

import json
import time
import traceback

from azureml._local import lineage, run_files

from dp100.standin.engine import store
from dp100.standin.engine.jobs import logs, names, records
from dp100.standin.engine.tracking.entities import ENDED

_ERROR = "azureml.error"


def friendly_name():
    """A display name as the service makes them."""
    return names.friendly().rsplit("_", 1)[0] + "_" + store.guid()[:8]


def user(ws):
    """Who uses the workspace."""
    from dp100.standin.engine.workspace import access

    return (ws.principal or access.user()).name


def properties_of_interactive(ws, folder):
    """The properties of a run that is started in a process, with the snapshot of a folder if one is named."""
    found = {"azureml.runsource": "experiment"}
    if folder:
        from azureml.exceptions._azureml_exception import SnapshotException

        from dp100.standin.engine.errors import TooLarge
        from dp100.standin.engine.jobs import snapshot

        try:
            found["ContentSnapshotId"] = snapshot.take(ws, folder, max_files=snapshot.FILES)
        except TooLarge as error:
            raise SnapshotException(
                f"Failed to take a snapshot of {folder}. Pass snapshot_directory=None to start_logging to skip taking "
                "a snapshot of the given directory."
            ) from error
    return found


def kind(ws, run_id):
    """The type of a run, or None."""
    if not records.exists(ws, run_id):
        return None
    return records.spec(ws, run_id).extra.get("type") or "azureml.scriptrun"


def target(ws, run_id):
    """The name of a run's compute target; ``sdk`` for one that is started in a process."""
    return records.spec(ws, run_id).compute if records.exists(ws, run_id) else "sdk"


def definition(ws, run_id):
    """The run configuration that a run was submitted with."""
    return records.spec(ws, run_id).extra.get("definition") or {} if records.exists(ws, run_id) else {}


def state(ws, held):
    """The state of a run: the job's, if it is one."""
    return records.state(ws, held.id).status if records.exists(ws, held.id) else held.state


def keep_error(tracking, run_id, details, code):
    """Keep why a run has failed, for its details, as ``RunHistoryFacade`` words it."""
    found = {"code": code or "UserError"}
    if isinstance(details, BaseException):
        kind = type(details).__name__
        found["message"] = f"User program failed with {kind}: {details}"
        found["debug_type"] = kind
        found["debug_message"] = str(details)
        found["debug_stack_trace"] = "".join(traceback.format_tb(details.__traceback__))
    elif details is not None:
        found["message"] = details
    tracking.set_tag(run_id, f"mlflow.{_ERROR}", json.dumps(found))


def details(workspace, held):
    """Everything about a run, with the service's names."""
    ws = workspace._ws
    job = records.exists(ws, held.id)
    spec = records.spec(ws, held.id) if job else None
    now = records.state(ws, held.id) if job else None
    found = {"runId": held.id}
    if spec:
        found["target"] = spec.compute
    found["status"] = now.status if now else held.state
    started = now.started if now and now.started else _time(held.started)
    ended = now.ended if now else _time(held.ended)
    if started and found["status"] not in ("NotStarted", "Queued", "Preparing", "Starting"):
        found["startTimeUtc"] = started.replace("+00:00", "Z")
    if ended:
        found["endTimeUtc"] = ended.replace("+00:00", "Z")
    found["services"] = {}
    error = _error(held, now)
    if error:
        found["error"] = error
    if now and now.warnings:
        found["warnings"] = [{"source": "Environment", "message": text} for text in now.warnings]
    found["properties"] = dict(held.properties)
    read = (spec.extra.get("datasets") or {}) if spec else {}
    found["inputDatasets"] = lineage.InputDatasets(workspace, read)
    found["outputDatasets"] = lineage.outputs(workspace, spec, now) if spec else []
    if spec:
        found["runDefinition"] = spec.extra.get("definition") or {}
    files = run_files.logs(_tracking(ws), ws, held.id)
    found["logFiles"] = {name: path.as_uri() for name, path in files.items()}
    found["submittedBy"] = held.user
    return found


def _tracking(ws):
    from dp100.standin.engine.tracking.store import Tracking

    return Tracking(ws)


def _time(at):
    return at.isoformat().replace("+00:00", "Z") if at else None


def _error(held, now):
    if now and now.error:
        inner = {"code": now.error.get("code", "UserError"), "message": now.error.get("message", "")}
        return {"error": inner, "time": (now.ended or "").replace("+00:00", "Z") or None}
    if kept := held.tags.get(f"mlflow.{_ERROR}"):
        return {"error": json.loads(kept)}
    return None


# --- waiting ---------------------------------------------------------------------------------------------


def wait(run):
    """Wait until a run has ended."""
    if records.exists(run._ws, run.id):
        logs.wait(run._ws, run.id)
        return
    pause = 0.05
    while run.get_status() not in ENDED:
        time.sleep(pause)
        pause = min(pause * 1.5, 2.0)


def stream(run, file):
    """Print a run's log as it comes, as the SDK does, until the run has ended."""
    address = run.get_portal_url()
    file.write(f"RunId: {run.id}\nWeb View: {address}\n")
    if records.exists(run._ws, run.id):
        name = logs.main_log(run._ws, run.id)
        file.write(f"\nStreaming {name}\n{'=' * (len(name) + 10)}\n\n")
        for text in logs.stream(run._ws, run.id, name):
            file.write(text)
            file.flush()
    else:
        wait(run)
    file.write(f"\nExecution Summary\n=================\nRunId: {run.id}\nWeb View: {address}\n")
    found = run.get_details()
    if found.get("warnings"):
        file.write("\nWarnings:\n")
        for each in found["warnings"]:
            file.write(each["message"] + "\n")
        file.write("\n")
    file.write("\n")
    file.flush()
