"""`az ml run` and `az ml experiment`."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.session import Session
from dp100.standin.az.v1.retired import experiment, retired, whole, workspace
from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.jobs import control, records
from dp100.standin.engine.tracking.entities import ENDED, Run
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

_LAST = 10
_MINIMAL = {
    "RunId": "run_id",
    "RunType": "run_type",
    "Status": "status",
    "StartTime": "start_time_utc",
    "EndTime": "end_time_utc",
    "Target": "target",
    "Tags": "tags",
}


@retired("No command of v2 took its place; 'az ml job list' tells the experiment_name of each job.")
def list_experiments(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All experiments."""
    return [
        {
            "archivedTime": None,
            "createdUtc": each.created.isoformat() if each.created else None,
            "description": each.tags.get("mlflow.note.content"),
            "experimentId": each.id,
            "name": each.name,
            "tags": {key: value for key, value in each.tags.items() if not key.startswith("mlflow.")},
        }
        for each in Tracking(workspace(session, arguments)).experiments()
    ]


@retired("Use 'az ml job list' instead.")
def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """The latest runs of an experiment, without child runs; or those below a parent."""
    if arguments.pipeline_run_id:
        raise CliError("az ml run list --pipeline-run-id is not available offline.")
    last = whole("--last", arguments.last)
    ws = workspace(session, arguments)
    name = experiment(arguments)
    if name is None:
        raise CliError("One of ['--experiment-name', '--pipeline-run-id'] must be provided.", USAGE)
    tracking = Tracking(ws)
    tracking.experiment(name, create=False)  # there has to be one
    found = [
        _shown(ws, each)
        for each in tracking.runs(name, parent=arguments.parent_run_id, children=False)
        if _has_tags(each, arguments)
    ]
    for key, wanted in (("status", arguments.status), ("target", arguments.compute_target_name)):
        found = [each for each in found if wanted in (None, each.get(key))]
    found = found[: _LAST if last is None else last]
    if arguments.minimal:
        return [{shown: each.get(key) for shown, key in _MINIMAL.items()} for each in found]
    return found


@retired("Use 'az ml job show' instead.")
def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One run."""
    ws = workspace(session, arguments)
    return _shown(ws, _run(ws, arguments))


@retired("Use 'az ml job cancel' instead.")
def cancel(session: Session, arguments: argparse.Namespace) -> None:
    """Cancel a run."""
    ws = workspace(session, arguments)
    held = _run(ws, arguments)
    if records.exists(ws, held.id):
        control.cancel(ws, held.id)
    else:
        access.check(ws, "jobs/cancel/action")
        if held.state in ENDED:
            raise CliError(f"Run {held.id} is in the state {held.state} and cannot be canceled.")
        Tracking(ws).set_status(held.id, "Canceled")
    print("Experiment run canceled successfully.")


def _run(ws: Workspace, arguments: argparse.Namespace) -> Run:
    name = experiment(arguments)
    if name is None:
        raise CliError(
            "Error, default experiment not set and experiment name parameter not provided.\nPlease provide a value "
            "for the experiment name parameter.",
            USAGE,
        )
    held = Tracking(ws).run(arguments.run)
    if held.experiment != name:
        raise NotFound("Run", held.id, message=f"Run {held.id} was not found.", target="run")
    return held


def _has_tags(held: Run, arguments: argparse.Namespace) -> bool:
    for word in (word for group in arguments.tags or () for word in group):
        key, sign, value = word.partition("=")
        if key not in held.user_tags or (sign and held.user_tags[key] != value):
            return False
    return True


def _shown(ws: Workspace, held: Run) -> dict[str, Any]:
    """The run with the names that v1 gives; what is not known is left out, as it does."""
    job = records.exists(ws, held.id)
    spec = records.spec(ws, held.id) if job else None
    now = records.state(ws, held.id) if job else None
    shown = {
        "experiment_id": held.experiment_id,
        "created_utc": (now.submitted if now else "") or (held.started.isoformat() if held.started else None),
        "user_id": held.user,
        "run_id": held.id,
        "parent_run_id": held.parent,
        "status": now.status if now else held.state,
        "start_time_utc": now.started if now else held.started and held.started.isoformat(),
        "end_time_utc": now.ended if now else held.ended and held.ended.isoformat(),
        "display_name": held.name,
        "data_container_id": f"dcid.{held.id}",
        "description": spec.description if spec else held.tags.get("mlflow.note.content"),
        "hidden": held.deleted,
        "run_type": spec.extra.get("type") or "azureml.scriptrun" if spec else None,
        "properties": dict(held.properties),
        "script_name": spec.script if spec else None,
        "target": spec.compute if spec else "sdk",
        "tags": held.user_tags,
        "created_by": {"user_name": held.user},
        "error": {"error": now.error} if now and now.error else None,
        "_experiment_name": held.experiment,
    }
    return {key: value for key, value in shown.items() if value not in (None, "")}
