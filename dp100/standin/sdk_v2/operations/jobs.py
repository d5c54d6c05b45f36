"""ml_client.jobs."""

from __future__ import annotations

import builtins
import contextlib
import shutil
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from azure.ai.ml.constants import ListViewType
from azure.ai.ml.entities import Command, CommandJob, Job, ServiceInstance, ValidationResult
from azure.ai.ml.exceptions import ErrorTarget, JobException, UserErrorException
from azure.core.polling import LROPoller

from dp100.standin.engine.data import uris
from dp100.standin.engine.errors import EngineError, NotFound, NotOffline
from dp100.standin.engine.jobs import bindings, control, submit
from dp100.standin.engine.jobs import records as engine
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, job_entities, job_specs, streaming
from dp100.standin.sdk_v2.answers import done, paged
from dp100.standin.sdk_v2.errors import bad_request, refused, reporting
from dp100.standin.sdk_v2.operations.compute import found
from dp100.standin.sdk_v2.scope import Operations

_TERMINAL = ("Completed", "Failed", "Canceled")


class JobOperations(Operations):
    """Jobs of the workspace."""

    def list(
        self,
        *,
        parent_job_name: str | None = None,
        list_view_type: ListViewType = ListViewType.ACTIVE_ONLY,
        **kwargs: Any,
    ) -> Iterable[Job]:
        """The jobs, the latest first, or the children of one.

        Args:
            parent_job_name: the job; a run that is no job, such as one of `mlflow`, may have children too.
            list_view_type: a ListViewType or its text; archived children are listed whatever it says.
            kwargs: ``max_results``: at most so many; ``tag``: only those with this tag (``name`` or ``name=value``);
                ``properties``: only those with all of these, separated by commas; ``job_type``: ``Command`` ...

        Raises:
            ResourceNotFoundError: there is no parent of that name.
            HttpResponseError: while iterating: the view is none.
            NotOffline: jobs of schedules, which are not here.
        """
        for scheduled in ("schedule_defined", "scheduled_job_name"):
            if kwargs.get(scheduled) is not None:
                raise NotOffline(f"{scheduled} of ml_client.jobs.list", "No schedule starts jobs here.")
        most = kwargs.get("max_results")
        if parent_job_name:
            return self._children(_run_id(parent_job_name), most)

        def read() -> builtins.list[Job]:
            view = assets.view_of(list_view_type)
            with self._scope.opened() as ws:
                access.check(ws, "jobs/read")
                with access.as_service(ws) as service:
                    runs = {each.id: each for each in Tracking(service).runs(deleted=None)}
                held = []
                for run_id in engine.run_ids(ws):
                    with contextlib.suppress(EngineError):  # deleted meanwhile
                        spec = job_entities.as_run(engine.spec(ws, run_id), runs.get(run_id))
                        held.append((spec, engine.state(ws, run_id)))
                held.sort(key=lambda each: each[1].submitted, reverse=True)
                chosen = [
                    (spec, state)
                    for spec, state in held
                    if (view == "All" or bool(spec.extra.get("archived")) is (view == "ArchivedOnly"))
                    and str(kwargs.get("job_type") or spec.type).casefold() == spec.type.casefold()
                    and _has(spec.tags, kwargs.get("tag"))
                    and all(
                        _has(spec.properties, each) for each in str(kwargs.get("properties") or "").split(",")
                    )
                ]
                return [job_entities.entity(ws, spec, state) for spec, state in chosen[:most]]

        return paged(read)

    def get(self, name: str) -> Job:
        """The job of that name; its ARM id and the address of its page in the studio name it, too.

        Raises:
            ResourceNotFoundError: there is none.
            UserErrorException: the name is no text.
        """
        if not isinstance(name, str):
            raise UserErrorException(f"{name} is a invalid input for client.jobs.get().")
        with self._scope.opened() as ws:
            return _job(ws, _run_id(name))

    def show_services(self, name: str, node_index: int = 0) -> dict[str, ServiceInstance] | None:
        """The services of a running job's node: none, for no container runs here.

        Raises:
            ResourceNotFoundError: there is no such job.
        """
        with self._scope.opened() as ws:
            engine.spec(ws, _run_id(name))
        return None

    def begin_cancel(self, name: str, **kwargs: Any) -> Any:
        """Ask for the end of a job with all its processes.

        Args:
            kwargs: ``tag``: instead, of all jobs with this tag that have not ended.

        Returns:
            A poller; with ``tag`` a list of them.

        Raises:
            ResourceNotFoundError: there is no such job.
            HttpResponseError: it has ended already.
        """
        if kwargs.get("tag"):
            open_jobs = [each for each in self.list(tag=kwargs["tag"]) if each.status not in _TERMINAL]
            return [self.begin_cancel(str(each.name)) for each in open_jobs]
        with self._scope.opened() as ws:
            control.cancel(ws, _run_id(name))
        return done(None)

    def begin_delete(self, name: str, **kwargs: Any) -> LROPoller[None]:
        """Delete a job that has ended, with its logs and its run.

        Raises:
            ResourceNotFoundError: there is no such job.
            HttpResponseError: it has not ended.
        """
        with self._scope.opened() as ws:
            control.delete(ws, _run_id(name))
        return done(None)

    def validate(self, job: Job, *, raise_on_failure: bool = False, **kwargs: Any) -> ValidationResult:
        """Check a job without submitting it.

        Raises:
            ValidationException: something is wrong with it and ``raise_on_failure`` is true.
        """
        return job_specs.validated(job, raise_on_failure=raise_on_failure)

    def create_or_update(
        self,
        job: Job,
        *,
        description: str | None = None,
        compute: str | None = None,
        tags: dict[str, str] | None = None,
        experiment_name: str | None = None,
        skip_validation: bool = False,
        **kwargs: Any,
    ) -> Job:
        """Submit a command job; it runs on when this process ends. One that comes from here is updated instead.

        With ``DP100_JOBS=wait`` in the environment it returns when the job has ended.

        Raises:
            MlException: something is wrong with the job, as validation found.
            ValidationException: the command names an input that it does not have, or there is no environment.
            ResourceNotFoundError: the compute, environment or an input is missing.
            ResourceExistsError: there is a job of that name.
            NotOffline: a kind of job that is not here yet.
        """
        changes = {
            "description": description,
            "compute": compute,
            "tags": tags,
            "experiment_name": experiment_name,
        }
        for name, value in changes.items():
            if value is not None:
                setattr(job, name, value)
        if not isinstance(job, Command | CommandJob):
            raise NotOffline(f"A job of the type {job.type}")
        with self._scope.opened() as ws:
            access.check(ws, "jobs/write")
            if (
                job.id
                and job.name
                and compute is None
                and experiment_name is None
                and engine.exists(ws, job.name)
            ):
                return _changed(ws, job.name, job.display_name, job.description, job.tags, job.properties)
            with reporting():
                if not skip_validation:
                    job_specs.validated(job, raise_on_failure=True)
            plain = job_specs.plain_of(job)
            with reporting():
                spec = job_specs.spec_of(ws, job, plain)
                if spec.compute not in ("local", "serverless"):
                    found(ws, spec.compute)
            return _job(ws, submit.submit(ws, spec))

    def archive(self, name: str) -> None:
        """Hide a job from lists.

        Raises:
            ResourceNotFoundError: there is none of that name.
        """
        self._set_archived(name, True)

    def restore(self, name: str) -> None:
        """Undo :meth:`archive`."""
        self._set_archived(name, False)

    def update(
        self,
        name: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        tags: dict[str, str] | None = None,
        properties: dict[str, str] | None = None,
    ) -> Job:
        """Change what may change of a job; tags and properties are added to those it has.

        Raises:
            UserErrorException: nothing was given.
            ResourceNotFoundError: there is no such job.
        """
        if display_name is None and description is None and tags is None and properties is None:
            raise UserErrorException(
                "jobs.update() requires at least one of display_name, description, tags or properties to be specified."
            )
        with self._scope.opened() as ws:
            return _changed(ws, _run_id(name), display_name, description, tags, properties)

    def stream(self, name: str) -> None:
        """Print a job's log until it has ended.

        Raises:
            JobException: the job failed, or the learner interrupted the output.
            ResourceNotFoundError: there is no such job.
        """
        with self._scope.opened() as ws:
            streaming.stream(ws, _run_id(name))

    def download(
        self,
        name: str,
        *,
        download_path: PathLike[str] | str = ".",
        output_name: str | None = None,
        all: bool = False,
    ) -> None:
        """Copy a job's logs and artifacts to ``artifacts``, and named outputs to ``named-outputs/NAME``.

        Args:
            output_name: this output only.
            all: every output, and the logs and artifacts.

        Raises:
            JobException: the job has not ended.
            ResourceNotFoundError: there is no such job.
        """
        with self._scope.opened() as ws:
            run_id = _run_id(name)
            state = engine.state(ws, run_id)
            if state.status not in _TERMINAL:
                message = (
                    f"This job is in state {state.status}. Download is allowed only in states {[*_TERMINAL]}"
                )
                raise refused(JobException, message, ErrorTarget.JOB)
            target = Path(download_path)
            if output_name in (None, "default"):
                Tracking(ws).artifacts.download_all(run_id, target / "artifacts")
            spec = engine.spec(ws, run_id)
            for output in spec.outputs:
                if all or output == output_name:
                    place = uris.locate(ws, bindings.output_uri(ws, spec, output))
                    _copy(place, target / "named-outputs" / output)

    def _children(self, parent: str, most: int | None) -> Iterable[Job]:
        """Children come from run history, which asks for no view and knows runs that are no jobs."""
        with self._scope.opened() as ws:  # as the SDK does it, before anybody iterates
            _check_run(ws, parent)

        def read() -> builtins.list[Job]:
            with self._scope.opened() as ws:
                return [job_entities.child(ws, each) for each in Tracking(ws).runs(parent=parent, limit=most)]

        return paged(read)

    def _set_archived(self, name: str, archived: bool) -> None:
        with self._scope.opened() as ws:
            run_id = _run_id(name)
            engine.update_spec(ws, run_id, extra=engine.spec(ws, run_id).extra | {"archived": archived})


# --- inside ----------------------------------------------------------------------------------------------


def _check_run(ws: Workspace, run_id: str) -> None:
    """Refuse the name of nothing.

    Raises:
        NotFound: there is no job and no run of that name.
    """
    if not engine.exists(ws, run_id):
        with contextlib.suppress(NotFound):
            Tracking(ws).run(run_id)
            return
        engine.spec(ws, run_id)


def _job(ws: Workspace, run_id: str) -> Job:
    return job_entities.entity(ws, _spec(ws, run_id), engine.state(ws, run_id))


def _spec(ws: Workspace, run_id: str) -> JobSpec:
    """The job as it is now."""
    spec = engine.spec(ws, run_id)
    with access.as_service(ws) as service, contextlib.suppress(NotFound):
        return job_entities.as_run(spec, Tracking(service).run(run_id))
    return spec


def _run_id(name: str) -> str:
    """The run id in a job's name, ARM id or page in the studio."""
    if name.startswith(("https://", "http://")) and "/runs/" in name:
        return name.partition("?")[0].rpartition("/runs/")[2].strip("/")
    if name.startswith(("/subscriptions/", "azureml:/")) and "/jobs/" in name:
        return name.rpartition("/jobs/")[2].partition("/")[0]
    return name


def _has(held: dict[str, str], wanted: Any) -> bool:
    """Whether a tag or property, ``name`` or ``name=value``, is there; none is always."""
    name, sign, value = str(wanted or "").strip().partition("=")
    return not name or (name in held and (not sign or held[name] == value))


def _changed(
    ws: Workspace,
    run_id: str,
    display_name: str | None,
    description: str | None,
    tags: dict[str, Any] | None,
    properties: dict[str, Any] | None,
) -> Job:
    spec = _spec(ws, run_id)
    access.check(ws, "jobs/write")
    changes: dict[str, Any] = {}
    run_tags: dict[str, Any] = {}
    new: dict[str, str] = {}
    if display_name is not None and display_name != spec.display_name:
        changes["display_name"] = display_name
    if description is not None:
        changes["description"] = description
        run_tags["mlflow.note.content"] = description
    if tags:
        changes["tags"] = spec.tags | {key: str(value) for key, value in tags.items()}
        run_tags |= tags
    if properties:
        new = {key: str(value) for key, value in properties.items() if key not in spec.properties}
        changed = [
            key for key in properties if key not in new and spec.properties[key] != str(properties[key])
        ]
        if changed:
            raise bad_request(f"Property {changed[0]} cannot be changed.")
        changes["properties"] = spec.properties | new
    if changes:
        with access.as_service(ws) as service:  # the run is the job's: who may change one changes the other
            tracking = Tracking(service)
            if "display_name" in changes:
                tracking.rename_run(run_id, changes["display_name"])
            tracking.set_tags(run_id, run_tags)
            tracking.add_properties(run_id, new)
        engine.update_spec(ws, run_id, **changes)
    return _job(ws, run_id)


def _copy(place: Path, target: Path) -> None:
    if place.is_dir():
        shutil.copytree(place, target, dirs_exist_ok=True)
    elif place.is_file():
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(place, target / place.name)
