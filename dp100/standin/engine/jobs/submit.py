"""Submitting: a job is checked, written down, and handed to a process of its own that follows it to its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import dp100
from dp100.standin.engine import store
from dp100.standin.engine.compute import compute as computes
from dp100.standin.engine.compute import pool
from dp100.standin.engine.compute.compute import Compute
from dp100.standin.engine.data import uris
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import AlreadyExists, Invalid, NotOffline
from dp100.standin.engine.jobs import (
    bindings,
    distribution,
    expressions,
    names,
    processes,
    records,
    snapshot,
    variables,
)
from dp100.standin.engine.jobs import spec as specs
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.principals import VARIABLE
from dp100.standin.engine.workspace.workspace import Workspace

_ACTIONS = {"v1": ("experiments/runs/submit/action", "experiments/runs/write")}
_started: list[subprocess.Popen[bytes]] = []  # supervisors of this process, to be reaped when they have ended


def submit(ws: Workspace, spec: JobSpec) -> str:
    """Submit a job. Returns at once, or with ``DP100_JOBS=wait`` in the environment when the job has ended.

    Args:
        spec: the job; it is not changed.

    Returns:
        The run id.

    Raises:
        Invalid: what the service would refuse: an expression that names nothing, a stopped instance ...
        NotFound: the compute target or environment is missing.
        AlreadyExists: there is a run of that name.
        TooLarge: the snapshot is over 300 MB.
        Forbidden: the principal may not submit jobs.
    """
    # What the table "Common scenarios" of the service's documentation asks for, of either SDK.
    for action in _ACTIONS.get(spec.sdk, ("jobs/write",)):
        access.check(ws, action)
    specs.check(spec)
    distribution.check(spec)
    target = _compute(ws, spec)
    spec = JobSpec.from_dict(
        spec.to_dict()
        | {
            "name": spec.name or (names.v1(spec.experiment) if spec.sdk == "v1" else names.friendly()),
            "compute": target.name,
            "environment": _environment(ws, spec.environment),
            "python": spec.python or os.environ.get("DP100_PYTHON") or sys.executable,
        }
    )
    run_id = spec.name or ""
    if len(run_id) > records.LONGEST_NAME:
        raise Invalid(
            f"'{run_id}' is no run id: it has more than {records.LONGEST_NAME} characters.", target="job"
        )
    if records.exists(ws, run_id):
        raise AlreadyExists(
            "Job", run_id, message=f"A run with the id {run_id} already exists.", target="job"
        )
    values = bindings.placeholders(spec)
    if isinstance(spec.command, str):
        expressions.check(spec.command, values)
    for word in (*(spec.command if isinstance(spec.command, list) else ()), *spec.arguments):
        expressions.resolve_word(str(word), values)
    properties = dict(spec.properties)
    if spec.code is not None:
        code = _code(ws, spec)
        spec.extra["snapshot"] = code
        properties.setdefault("ContentSnapshotId", code)
    spec.extra["principal"] = _principal(ws, spec)
    properties.setdefault("_azureml.ComputeTargetType", _target_type(target))
    spec.properties = properties
    tags: dict[str, str] = dict(spec.tags)
    if spec.description:
        tags["mlflow.note.content"] = spec.description
    principal = ws.principal or access.current()
    me = os.getpid()
    first = State("Starting", submitted=store.now(), pid=me, pid_start=processes.started(me))
    with records.making(ws, run_id, spec, first), access.as_service(ws) as service:
        Tracking(service).create_run(
            spec.experiment,
            run_id,
            spec.display_name or run_id,
            parent=spec.parent,
            tags=tags,
            properties=properties,
            user=(principal or access.user()).name,
            state="Starting",
        )
    try:
        _start(ws, run_id, spec, target)
    except BaseException as problem:
        error = {"code": "SystemError", "message": f"The job could not be started: {problem}."}
        failed = records.change(ws, run_id, status="Failed", ended=store.now(), error=error)
        records.tell(ws, run_id, failed)
        raise
    if os.environ.get("DP100_JOBS", "").casefold() == "wait":
        from dp100.standin.engine.jobs.control import wait

        wait(ws, run_id)
    return run_id


def reap() -> None:
    """Let ended supervisors of this process go, which would otherwise stay as zombies."""
    _started[:] = [each for each in _started if each.poll() is None]


# --- inside ----------------------------------------------------------------------------------------------


def _principal(ws: Workspace, spec: JobSpec) -> str | None:
    """The application id of the service principal that the job's processes stand for; None is the signed-in user.

    That is whoever submits, unless the job asks for the managed identity of its compute. One that is registered here
    is meant by its ``client_id``; any other is that of this machine, whose user owns everything.
    """
    identity = spec.extra.get("identity") or {}
    if str(identity.get("type", "")).replace("_", "").casefold() in ("managed", "managedidentity"):
        client = identity.get("client_id")
        named = access.find_principal(str(client)) if client else None
        return named.client_id if named else None
    principal = ws.principal or access.current()
    return principal.client_id if principal else None


def _compute(ws: Workspace, spec: JobSpec) -> Compute:
    name = spec.compute.removeprefix("azureml:").rstrip("/").rpartition("/")[2] or "serverless"
    target = computes.get(ws, name)
    if target.type in computes.WITHOUT_JOBS:
        raise Invalid(
            f"Compute '{target.name}' is of type {target.type}, on which command jobs cannot run.",
            code="UserError",
            target="compute",
        )
    if target.state == "Stopped":
        raise Invalid(
            f"Compute instance '{target.name}' is stopped. Start it before you submit a job to it.",
            code="UserError",
            target="compute",
        )
    if target.slots is not None and spec.instance_count > target.slots:
        raise Invalid(
            f"The job asks for {spec.instance_count} node{'s' if spec.instance_count > 1 else ''}, but compute "
            f"'{target.name}' has at most {target.slots}.",
            code="UserError",
            target="compute",
        )
    return target


def _environment(ws: Workspace, given: str | dict[str, Any] | None) -> str | dict[str, Any] | None:
    """The environment with its version settled, so that the job shows what it ran in."""
    if not isinstance(given, str):
        return given
    if given.startswith(("azureml://registries/", "//registries/")):
        raise NotOffline(given, "Registries are shared between workspaces in the cloud.")
    reference = given if given.startswith(("azureml:", "/")) else f"azureml:{given}"
    found = uris.parse(reference)
    if found.form != "asset" or found.name is None:
        raise Invalid(
            f"'{given}' names no environment. Write name:version or name@latest.", target="environment"
        )
    held = AssetStore(ws, "environments").get(
        found.name, found.version, label=found.label if found.version is None and found.label else None
    )
    return f"{held.name}:{held.version}"


def _code(ws: Workspace, spec: JobSpec) -> str:
    code = str(spec.code)
    if code.startswith(("git+", "git:", "http://", "https://")):
        raise NotOffline(code, "Clone the repository and name the folder.")
    kept = code.removeprefix("azureml:").partition(":")[0].rpartition("/")[2]
    if (ws.folder / "code" / kept).is_dir() and len(kept) == 32:
        return kept  # a snapshot that is there already
    place = uris.locate(ws, code) if code.startswith("azureml://") else Path(code).expanduser()
    return snapshot.take(ws, place, max_files=snapshot.FILES if spec.sdk == "v1" else None)


def _target_type(target: Compute) -> str:
    return {"AmlCompute": "amlctrain", "ComputeInstance": "amlctrain", "VirtualMachine": "remote"}.get(
        target.type, target.type.lower()
    )


def _start(ws: Workspace, run_id: str, spec: JobSpec, target: Compute) -> None:
    """Queue the job and start its supervisor, which stays when this process goes."""
    queued = target.slots is not None
    if queued:
        pool.enqueue(computes.pool_file(ws, target.name), run_id, nodes=spec.instance_count, pid=os.getpid())
    folder = records.folder(ws, run_id)
    log = folder / "system_logs" / "lifecycler" / "execution-wrapper.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = _spawn(
            [sys.executable, "-P", "-m", "dp100.standin.engine.jobs.supervisor", str(ws.folder), run_id],
            _supervisor_environment(run_id),
            folder,
            output.fileno(),
        )
    reap()
    _started.append(process)
    # A reader that comes now has to find the supervisor, not this process, which may end at once.
    records.change(ws, run_id, pid=process.pid, pid_start=processes.started(process.pid))
    if queued:
        pool.claim(computes.pool_file(ws, target.name), run_id, process.pid)


def _supervisor_environment(run_id: str) -> dict[str, str]:
    """The submitter's environment, in which the supervisor finds its own modules and none of the learner's.

    Its PYTHONPATH names only the folders of this package and of what it imports: without the stand-in's own folders
    (which replace modules) it starts faster, and a ``yaml.py`` of the learner does not break it.
    """
    import filelock
    import psutil
    import yaml

    own = (processes.RUN_ID, "PYTHONPATH", VARIABLE)  # the supervisor is the service, whoever submits
    found = {key: value for key, value in os.environ.items() if key not in own}
    if processes.RUN_ID in os.environ:
        found = variables.submitted(os.environ)
        found.pop("PYTHONPATH", None)
        found.pop(VARIABLE, None)
    if given := os.environ.get("PYTHONPATH"):
        found[variables.PYTHONPATH] = given
    folders = [Path(each.__file__ or "").parent.parent for each in (dp100, psutil, yaml, filelock)]
    found["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(str(each) for each in folders))
    found[processes.SUPERVISES] = run_id
    return found


def _spawn(
    command: list[str], environment: dict[str, str], folder: Path, output: int
) -> subprocess.Popen[bytes]:
    def start(flags: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=folder,
            env=environment,
            close_fds=True,
            start_new_session=os.name == "posix",
            creationflags=flags,
        )

    if sys.platform != "win32":
        return start(0)
    flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    try:
        return start(flags | subprocess.CREATE_BREAKAWAY_FROM_JOB)
    except PermissionError:  # the terminal's job does not let processes leave
        return start(flags)
