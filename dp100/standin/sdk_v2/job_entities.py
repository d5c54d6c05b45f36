"""From the engine's record of a job to the entity of azure.ai.ml that the service's answer would become."""

from __future__ import annotations

import shlex
from dataclasses import replace
from typing import Any

from azure.ai.ml import Input, MpiDistribution, Output, PyTorchDistribution, TensorFlowDistribution, command
from azure.ai.ml.entities import (
    AmlTokenConfiguration,
    Command,
    CommandJobLimits,
    Job,
    JobResourceConfiguration,
    JobService,
    ManagedIdentityConfiguration,
    QueueSettings,
    UserIdentityConfiguration,
)
from azure.ai.ml.entities._job.base_job import _BaseJob

from dp100.standin.engine.data import uris
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs import bindings, records
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.jobs.spec import PATH_TYPES, JobSpec
from dp100.standin.engine.tracking.entities import Run
from dp100.standin.engine.tracking.template import tracking_uri
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.account import Account
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.records import created

_NOTE = "mlflow.note.content"
_DISTRIBUTIONS: dict[str, type[Any]] = {
    "mpi": MpiDistribution,
    "pytorch": PyTorchDistribution,
    "tensorflow": TensorFlowDistribution,
}
_IDENTITIES: dict[str, type[Any]] = {
    "managed": ManagedIdentityConfiguration,
    "managed_identity": ManagedIdentityConfiguration,
    "aml_token": AmlTokenConfiguration,
    "user_identity": UserIdentityConfiguration,
}


def studio_url(ws: Workspace, run_id: str, *, tenant: bool = True) -> str:
    """The address of a job's page in the studio, as the service writes it."""
    url = (
        f"https://ml.azure.com/runs/{run_id}?wsid=/subscriptions/{ws.subscription_id}/resourcegroups/{ws.group}"
        f"/workspaces/{ws.name}"
    )
    return f"{url}&tid={Account.load().tenant_id}" if tenant else url


def as_run(spec: JobSpec, run: Run | None) -> JobSpec:
    """The job with the name, description, tags and properties that its run has now.

    A job is a run: what its script or anybody else said of that, through MLflow or SDK v1, was said of the job.

    Args:
        run: None if it was deleted for good.
    """
    if run is None:
        return spec
    return replace(
        spec,
        display_name=run.name,
        description=run.tags.get(_NOTE),
        tags={key: value for key, value in spec.tags.items() if key.startswith("mlflow.")} | run.user_tags,
        properties=dict(run.properties),
    )


def entity(ws: Workspace, spec: JobSpec, state: State) -> Command:
    """The job as ``jobs.get`` gives it.

    Args:
        spec: from :func:`as_run`.
    """
    run_id = spec.name or ""
    code = spec.extra.get("snapshot")
    extra = spec.extra
    job: Command = command(
        name=run_id,
        display_name=spec.display_name or run_id,
        description=spec.description,
        tags=dict(spec.tags),
        properties=dict(spec.properties),
        command=_command(spec),
        experiment_name=spec.experiment,
        services=_services(ws, run_id),
        status=state.status,
        creation_context=created(
            state.submitted or None, extra.get("created_by") or (ws.principal or access.user()).name
        ),
        code=f"{code}:1" if code else None,
        compute=None if spec.compute == "serverless" else spec.compute,
        environment=_environment(spec),
        environment_variables=dict(spec.environment_variables),
        distribution=_distribution(spec.distribution),
        identity=_identity(extra.get("identity")),
        inputs={name: each for name, given in spec.inputs.items() if (each := _input(given)) is not None},
        outputs=_outputs(ws, spec),
        parent_job_name=spec.parent,
    )
    job._id = f"{ws.id}/jobs/{run_id}"
    job._name = run_id
    resources: dict[str, Any] = dict(extra.get("resources") or {})
    if resources or spec.instance_count > 1:
        job.resources = JobResourceConfiguration(**({"instance_count": spec.instance_count} | resources))
    if spec.timeout is not None:
        job.limits = CommandJobLimits(timeout=int(spec.timeout))
    if queue := extra.get("queue_settings"):
        job.queue_settings = QueueSettings(**queue)
    return job


def child(ws: Workspace, run: Run) -> Job:
    """A run as ``jobs.list`` gives the children of a job: what run history says of any run."""
    spec = records.spec(ws, run.id) if records.exists(ws, run.id) else None
    job = _BaseJob(
        name=run.id,
        display_name=run.name,
        description=run.tags.get(_NOTE),
        tags=run.user_tags,
        properties=dict(run.properties),
        experiment_name=run.experiment_id,
        services=_services(ws, run.id),
        status=run.state,
        creation_context=created(run.started, run.user),
        compute=spec.compute if spec else None,
    )
    job._id = f"{ws.id}/jobs/{run.id}"
    return job


# --- inside ----------------------------------------------------------------------------------------------


def _command(spec: JobSpec) -> str:
    """The command; of a job of SDK v1, what it would be typed as."""
    if isinstance(spec.command, str):
        return spec.command
    words = spec.command or ["python", spec.script or "", *spec.arguments]
    return shlex.join(str(word) for word in words)


def _environment(spec: JobSpec) -> str | None:
    if isinstance(spec.environment, dict):
        return f"{spec.environment.get('name') or 'environment'}:{spec.environment.get('version') or 1}"
    return spec.environment


def _services(ws: Workspace, run_id: str) -> dict[str, Any]:
    return {
        "Tracking": JobService(endpoint=tracking_uri(ws), type="Tracking"),  # type: ignore[arg-type]
        "Studio": JobService(endpoint=studio_url(ws, run_id), type="Studio"),  # type: ignore[arg-type]
    }


def _distribution(given: dict[str, Any] | None) -> Any:
    held = dict(given or {})
    kind = _DISTRIBUTIONS.get(str(held.pop("type", "")).lower())
    return kind(**held) if kind else None


def _identity(given: dict[str, Any] | None) -> Any:
    held = dict(given or {})
    kind = _IDENTITIES.get(str(held.pop("type", "")))
    return kind(**held) if kind else None


def _input(given: Any) -> Any:
    """An input: a literal comes back from the service as text."""
    if not isinstance(given, dict):
        return None if given is None else str(given)
    if given.get("type", "uri_folder" if given.get("path") else "string") not in PATH_TYPES:
        value = given.get("value", given.get("default"))
        return None if value is None else str(value)
    if not given.get("path"):
        return None
    return Input(
        type=given.get("type", "uri_folder"),
        path=given.get("asset") or _named(str(given["path"])),
        mode=given.get("mode") or "ro_mount",
    )


def _named(path: str) -> str:
    """An asset as ``name:version``, as the SDK shows those of its workspace; other paths as they are."""
    if path.startswith(("azureml:", "/subscriptions/")) and not path.startswith("azureml://"):
        found = uris.parse(path)
        if found.form == "asset":
            return f"{found.name}:{found.version}" if found.version else f"{found.name}@{found.label}"
    return path


def _outputs(ws: Workspace, spec: JobSpec) -> dict[str, Output]:
    outputs = {}
    path: str | None
    for name, given in spec.outputs.items():
        held = given or {}
        try:
            path = bindings.output_uri(ws, spec, name)
        except EngineError:
            path = held.get("path")
        outputs[name] = Output(
            type=held.get("type", "uri_folder"),
            path=path,
            mode=held.get("mode") or "rw_mount",
            name=held.get("name"),
            version=held.get("version"),
            description=held.get("description"),
        )
    outputs["default"] = Output(
        type="uri_folder",
        path=f"azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.{spec.name}",
        mode="rw_mount",
    )
    return outputs
