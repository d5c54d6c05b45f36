"""Experiments, runs and logged values as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

#: States of the service, with the status that MLflow shows for each.
STATUS = {
    "NotStarted": "SCHEDULED",
    "Queued": "SCHEDULED",
    "Preparing": "SCHEDULED",
    "Provisioning": "SCHEDULED",
    "Starting": "SCHEDULED",
    "Running": "RUNNING",
    "Paused": "RUNNING",
    "NotResponding": "RUNNING",
    "CancelRequested": "RUNNING",
    "Finalizing": "RUNNING",
    "Completed": "FINISHED",
    "Failed": "FAILED",
    "Canceled": "KILLED",
}
#: MLflow's statuses, with the state that the service shows for a run that only MLflow has touched.
STATE = {
    "SCHEDULED": "NotStarted",
    "RUNNING": "Running",
    "FINISHED": "Completed",
    "FAILED": "Failed",
    "KILLED": "Canceled",
}
#: States in which a run stays.
ENDED = frozenset({"Completed", "Failed", "Canceled"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Experiment:
    """A named group of runs.

    Attributes:
        id: MLflow's number, as text.
        artifact_location: URI of the folder of its runs' artifacts.
        archived: hidden from lists, with its runs (MLflow says deleted).
    """

    id: str
    name: str
    artifact_location: str
    archived: bool = False
    created: datetime | None = None
    updated: datetime | None = None
    tags: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was when it was read.

    Attributes:
        id: its id, ``experiment_1700000000_1a2b3c4d`` or ``silly_name_x1y2z3`` or MLflow's hex digits.
        experiment_id: id of its experiment;  experiment: that one's name.
        name: the display name.
        state: the state of the service, such as ``Completed``;  status: MLflow's, such as ``FINISHED``.
        user: who started it.
        parent: id of the run it is a child of.
        started, ended: UTC.
        deleted: in MLflow's bin.
        artifact_uri: URI of the folder of its artifacts.
        metrics: the last value of each (of the highest step), as MLflow shows them.
        params, tags: text by name; MLflow's own ``mlflow.*`` tags are among them.
        properties: text by name; cannot be changed once set.
    """

    id: str
    experiment_id: str
    experiment: str
    name: str
    state: str
    status: str
    user: str
    parent: str | None
    started: datetime | None
    ended: datetime | None
    deleted: bool
    artifact_uri: str
    metrics: Mapping[str, float]
    params: Mapping[str, str]
    tags: Mapping[str, str]
    properties: Mapping[str, str]

    @property
    def user_tags(self) -> dict[str, str]:
        """The tags without MLflow's own."""
        return {key: value for key, value in self.tags.items() if not key.startswith("mlflow.")}


@dataclass(frozen=True, slots=True)
class Measurement:
    """One logged value of a metric.

    Attributes:
        timestamp: milliseconds since the epoch, as MLflow keeps it.
    """

    key: str
    value: float
    step: int
    timestamp: int


def moment(milliseconds: int | None) -> datetime | None:
    """The UTC time of a number of milliseconds since the epoch."""
    # fromtimestamp() takes no times before 1970 on Windows.
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)


def milliseconds(at: datetime | int | float | None) -> int:
    """Milliseconds since the epoch of a time, of such a number itself, or of now."""
    if at is None:
        at = datetime.now(UTC)
    if isinstance(at, datetime):
        return (at - _EPOCH) // timedelta(milliseconds=1) if at.tzinfo else int(at.timestamp() * 1000)
    return int(at)
