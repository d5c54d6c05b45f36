"""What is in a workspace, for a check to look at: a read-only view over the service offline.

Everything is returned as the service's own frozen values. What returns one thing raises an AssertionError that says
what is there instead, so that a check need not ask first; a check that fails so teaches as its own words would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dp100.standin.engine.compute import compute
from dp100.standin.engine.compute.compute import Compute
from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.data.datastores import Datastore
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs import logs, records
from dp100.standin.engine.jobs.records import State
from dp100.standin.engine.jobs.spec import JobSpec
from dp100.standin.engine.jobs.supervisor import workspace_at
from dp100.standin.engine.models import registry
from dp100.standin.engine.models.entities import Model
from dp100.standin.engine.tracking.artifacts import Artifacts
from dp100.standin.engine.tracking.entities import Run
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Assignment
from dp100.standin.engine.workspace.workspace import Workspace

_T = TypeVar("_T")
_MOST = 8  # names that a message lists


@dataclass(frozen=True, slots=True)
class Job:
    """A job that was submitted: what was asked for, and where it is."""

    ws: Workspace
    id: str
    spec: JobSpec
    state: State

    @property
    def status(self) -> str:
        """The state of the service: ``Queued``, ``Running``, ``Completed``, ``Failed`` ..."""
        return self.state.status

    def log(self) -> str:
        """What its script printed."""
        return logs.read(self.ws, self.id)


def workspaces(azure: Path) -> list[Seen]:
    """The workspaces kept under the account folder ``azure``, by name; ones that are damaged are left out."""
    found = []
    for record in sorted(azure.glob("workspaces/[!.]*/[!.]*/workspace.yaml")):
        try:
            found.append(Seen(workspace_at(record.parent)))
        except (EngineError, OSError, KeyError):
            continue
    return sorted(found, key=lambda seen: seen.name)


class Seen:
    """One workspace.

    Attributes:
        ws: the service's own handle, for what is not here.
    """

    def __init__(self, ws: Workspace) -> None:
        self.ws = ws

    @property
    def name(self) -> str:
        """The workspace's name."""
        return self.ws.name

    @property
    def group(self) -> str:
        """Its resource group's name."""
        return self.ws.group

    @property
    def record(self) -> dict[str, Any]:
        """What the service tells about it: location, description, friendly_name, tags and so on."""
        return self.ws.record

    def roles(self) -> list[Assignment]:
        """Who was given which role, here or in a scope above."""
        return access.assignments(self.ws)

    # Data

    def datastores(self) -> list[Datastore]:
        """All datastores, the built-in ones too."""
        return datastores.list(self.ws)

    def datastore(self, name: str) -> Datastore:
        """The datastore of this name."""
        return self._one("datastore", name, lambda: datastores.get(self.ws, name), _names(self.datastores))

    def default_datastore(self) -> Datastore:
        """The one that is used where none is named."""
        return datastores.default(self.ws)

    def credentials(self, name: str) -> dict[str, Any]:
        """The secrets that a datastore keeps; empty where it has none."""
        self.datastore(name)
        return datastores.credentials(self.ws, name)

    def folder(self, datastore: str) -> Path:
        """The folder that stands for a datastore's storage."""
        return datastores.folder(self.ws, self.datastore(datastore))

    def files(self, datastore: str, prefix: str = "") -> list[str]:
        """Paths of the files of a datastore that begin with ``prefix``, with forward slashes, sorted."""
        root = self.folder(datastore)
        found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
        return sorted(path for path in found if path.startswith(prefix))

    def assets(self, kind: str, name: str | None = None) -> list[Asset]:
        """Versions of one asset, or the latest of each; ``kind`` is data, environments or components."""
        try:
            return AssetStore(self.ws, kind).list(name, include_archived=True)
        except EngineError:
            return []

    def data(self, name: str, version: str | int | None = None) -> Asset:
        """A data asset (a dataset of SDK v1 too): this version, or the latest."""
        return self._asset("data", "data asset or dataset", name, version)

    def data_versions(self, name: str) -> list[Asset]:
        """All versions of a data asset, the latest first; archived ones too."""
        self.data(name)
        return self.assets("data", name)

    def environment(self, name: str, version: str | int | None = None) -> Asset:
        """An environment: this version, or the latest."""
        return self._asset("environments", "environment", name, version)

    def environments(self) -> list[Asset]:
        """The latest version of each environment that somebody registered."""
        return [found for found in self.assets("environments") if not found.curated]

    def component(self, name: str, version: str | int | None = None) -> Asset:
        """A component: this version, or the latest."""
        return self._asset("components", "component", name, version)

    # Compute

    def computes(self) -> list[Compute]:
        """All compute targets."""
        return compute.list_all(self.ws)

    def compute(self, name: str) -> Compute:
        """The compute target of this name."""
        return self._one("compute target", name, lambda: compute.get(self.ws, name), _names(self.computes))

    # Jobs and runs

    @property
    def tracking(self) -> Tracking:
        """The store of runs."""
        return Tracking(self.ws)

    def experiments(self) -> list[str]:
        """Names of the experiments that hold a run."""
        return sorted({run.experiment for run in self.runs()})

    def runs(self, experiment: str | None = None) -> list[Run]:
        """Runs, children too, the latest first; those of MLflow and of jobs are among them."""
        return self.tracking.runs(experiment)

    def run(self, id: str) -> Run:
        """The run of this id."""
        return self._one("run", id, lambda: self.tracking.run(id), lambda: [run.id for run in self.runs()])

    def logged(self, run_id: str) -> dict[str, Any]:
        """Everything logged to a run in the shapes of SDK v1's ``get_metrics``: lists, rows and tables too."""
        return self.tracking.get_metrics(run_id)

    def history(self, run_id: str, metric: str) -> list[float]:
        """Every value of a metric, in the order of its steps."""
        return [one.value for one in self.tracking.metric_history(run_id, metric)]

    def artifacts(self, run_id: str) -> list[str]:
        """Names of a run's files."""
        return Artifacts(self.ws).names(run_id)

    def artifact(self, run_id: str, name: str) -> Path:
        """A file of a run, on disk."""
        return self._one(
            "file in the run",
            name,
            lambda: Artifacts(self.ws).locate(run_id, name),
            lambda: self.artifacts(run_id),
        )

    def jobs(self, experiment: str | None = None) -> list[Job]:
        """Jobs that were submitted, the latest first."""
        found = []
        for id in records.run_ids(self.ws):
            spec = records.spec(self.ws, id)
            if experiment in (None, spec.experiment):
                found.append(Job(self.ws, id, spec, records.state(self.ws, id)))
        return sorted(found, key=lambda job: job.state.submitted, reverse=True)

    # Models

    def models(self, name: str | None = None) -> list[Model]:
        """Versions of registered models, the latest first; archived ones too."""
        try:
            return list(registry.list(self.ws, name, archived=None))
        except EngineError:
            return []

    def model(self, name: str, version: str | int | None = None) -> Model:
        """A registered model: this version, or the latest."""
        return self._one(
            "model",
            _versioned(name, version),
            lambda: registry.get(self.ws, name, version),
            _names(self.models),
        )

    def _asset(self, kind: str, word: str, name: str, version: str | int | None) -> Asset:
        return self._one(
            word,
            _versioned(name, version),
            lambda: AssetStore(self.ws, kind).get(name, version),
            lambda: [found.name for found in self.assets(kind) if not found.curated],
        )

    def _one(self, what: str, name: str, get: Callable[[], _T], others: Callable[[], Iterable[str]]) -> _T:
        try:
            return get()
        except EngineError as error:
            raise AssertionError(_missing(what, name, self.name, others)) from error


def _names(values: Callable[[], Sequence[Any]]) -> Callable[[], Iterable[str]]:
    return lambda: [value.name for value in values()]


def _versioned(name: str, version: str | int | None) -> str:
    return name if version is None else f"{name}:{version}"


def _missing(what: str, name: str, place: str, others: Callable[[], Iterable[str]]) -> str:
    try:
        known = sorted(set(others()))
    except EngineError:
        known = []
    listed = ", ".join(known[:_MOST]) + (f" and {len(known) - _MOST} more" if len(known) > _MOST else "")
    return f"There is no {what} `{name}` in the workspace {place}. " + (
        f"It has: {listed}." if known else "There is none at all yet."
    )
