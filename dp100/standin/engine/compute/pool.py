"""Nodes and queue of a compute target, in one file that changes under a lock. There is no daemon.

A node that a job has left stays idle until its time is over; nobody takes it away then, it is just not counted
any more when somebody looks. Jobs take nodes in the order in which they were submitted.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dp100.standin.engine import store
from dp100.standin.engine.jobs import processes

if TYPE_CHECKING:
    from dp100.standin.engine.compute.compute import Compute


@dataclass(frozen=True, slots=True)
class Node:
    """A node.

    Attributes:
        id: in the form of the service's (Azure Batch's) ids.
        state: ``idle`` or ``running``.
        run: id of the job on it, or None.
        ip, port: where one could log in, if it were a VM.
    """

    id: str
    state: str
    run: str | None
    ip: str
    port: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """A job's place in the queue."""

    run: str
    nodes: int


def enqueue(path: Path, run: str, *, nodes: int, pid: int) -> None:
    """Put a job at the end of the queue, on behalf of the process that waits for its turn."""
    with _Changing(path) as held:
        held["queue"] = [each for each in held["queue"] if each["run"] != run]
        held["queue"].append({"run": run, "nodes": nodes, "pid": pid, "start": processes.started(pid)})


def claim(path: Path, run: str, pid: int) -> None:
    """Say that another process now waits, or runs, for the job."""
    with _Changing(path) as held:
        for each in (*held["queue"], *held["jobs"]):
            if each["run"] == run:
                each |= {"pid": pid, "start": processes.started(pid)}


def rejoin(path: Path, run: str, *, nodes: int, pid: int) -> None:
    """:func:`enqueue`, unless the job is there: what a killed process had queued, others may have dropped."""
    with _Changing(path) as held:
        if all(each["run"] != run for each in (*held["queue"], *held["jobs"])):
            held["queue"].append({"run": run, "nodes": nodes, "pid": pid, "start": processes.started(pid)})


def acquire(path: Path, compute: Compute, run: str) -> list[str] | None:
    """Take nodes if it is the job's turn and there are enough.

    Returns:
        The ids of the nodes, or None: wait and ask again.
    """
    with _Changing(path) as held:
        for job in held["jobs"]:
            if job["run"] == run:
                return [node["id"] for node in held["nodes"] if node["run"] == run]
        _settle(held, compute)
        if not held["queue"] or held["queue"][0]["run"] != run or compute.state == "Stopped":
            return None
        ticket = held["queue"][0]
        wanted = ticket["nodes"]
        free = [node for node in held["nodes"] if node["run"] is None]
        slots = compute.slots or 0
        if len(free) + max(0, slots - len(held["nodes"])) < wanted:
            return None
        while len(free) < wanted:
            node = _new_node(held, compute)
            held["nodes"].append(node)
            free.append(node)
        for node in free[:wanted]:
            node["run"] = run
        held["jobs"].append(held["queue"].pop(0))
        return [node["id"] for node in free[:wanted]]


def release(path: Path, run: str) -> None:
    """Give back what the job has, or its place in the queue."""
    if not _file(path).is_file():
        return
    with _Changing(path) as held:
        _drop(held, {run})


def nodes(path: Path, compute: Compute) -> list[Node]:
    """The nodes there are now."""
    return look(path, compute)[0]


def look(path: Path, compute: Compute) -> tuple[list[Node], list[Ticket], str]:
    """Nodes, waiting jobs in order, and when the number of nodes last changed (ISO 8601, or empty)."""
    if compute.type in ("local", "serverless") or compute.slots is None:
        return [], [], ""
    if not _file(path).is_file() and not compute.min_nodes:
        return [], [], ""
    with _Changing(path) as held:
        _settle(held, compute)
        found = [
            Node(each["id"], "running" if each["run"] else "idle", each["run"], each["ip"], each["port"])
            for each in held["nodes"]
        ]
        return found, [Ticket(each["run"], each["nodes"]) for each in held["queue"]], held["changed"]


def running(path: Path) -> list[str]:
    """The jobs that have nodes."""
    held = _read(_file(path))
    return [each["run"] for each in held["jobs"] if processes.alive(each["pid"], each["start"])]


def forget(path: Path) -> None:
    """Take the file away, with its target."""
    _file(path).unlink(missing_ok=True)


# --- inside ----------------------------------------------------------------------------------------------


class _Changing:
    """The state under its lock; written at the end when it has changed."""

    def __init__(self, path: Path) -> None:
        self.file = _file(path)
        self.lock: contextlib.AbstractContextManager[None] = store.locked(self.file)

    def __enter__(self) -> dict[str, Any]:
        self.lock.__enter__()
        self.held = _read(self.file)
        self.before = repr(self.held)
        self.count = len(self.held["nodes"])
        return self.held

    def __exit__(self, kind: object, *rest: object) -> None:
        try:
            if kind is None and repr(self.held) != self.before:
                if len(self.held["nodes"]) != self.count:
                    self.held["changed"] = store.now()
                store.write_json(self.file, self.held)
        finally:
            self.lock.__exit__(None, None, None)


def _file(path: Path) -> Path:
    return path.with_suffix(".pool.json")


def _read(file: Path) -> dict[str, Any]:
    try:
        held = store.read_json(file)
    except FileNotFoundError:
        held = {}
    return {"nodes": [], "queue": [], "jobs": [], "changed": "", "made": 0, **held}


def _settle(held: dict[str, Any], compute: Compute) -> None:
    """Bring the state up to now: dead jobs go, idle nodes whose time is over go, missing minimum nodes come."""
    dead = {
        each["run"]
        for each in (*held["queue"], *held["jobs"])
        if not processes.alive(each["pid"], each["start"])
    }
    if dead:
        _drop(held, dead)
    now = time.time()
    most = compute.slots or 0
    # An instance is one machine that is always there; a cluster's nodes come and go.
    stays = 1 if compute.type != "AmlCompute" else compute.min_nodes
    for node in sorted(
        (each for each in held["nodes"] if each["run"] is None), key=lambda each: each["used"]
    ):
        over = len(held["nodes"]) > most
        if over or (len(held["nodes"]) > stays and now - node["used"] > compute.idle_seconds):
            held["nodes"].remove(node)
    while len(held["nodes"]) < min(stays, most):
        held["nodes"].append(_new_node(held, compute))


def _drop(held: dict[str, Any], runs: set[str]) -> None:
    for key in ("queue", "jobs"):
        held[key] = [each for each in held[key] if each["run"] not in runs]
    for node in held["nodes"]:
        if node["run"] in runs:
            node |= {"run": None, "used": time.time()}


def _new_node(held: dict[str, Any], compute: Compute) -> dict[str, Any]:
    held["made"] += 1
    number = held["made"]
    key = hashlib.sha256(f"{compute.name}/{compute.created}/{number}".encode()).hexdigest()
    return {
        "id": f"tvmps_{key[:64]}_{'p' if compute.tier == 'LowPriority' else 'd'}",
        "ip": f"10.0.0.{4 + number % 250}",
        "port": 50000 + (number - 1) % 1000,
        "since": datetime.now(UTC).isoformat(),
        "used": time.time(),
        "run": None,
    }
