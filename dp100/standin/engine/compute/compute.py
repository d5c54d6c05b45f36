"""Compute targets: records of what the learner made, mapped onto processes of this machine.

Nothing is provisioned, so a target is ready (``Succeeded``) as soon as it is made. What the service checks is
checked: names, sizes, node counts, and which operation a state allows.
"""

from __future__ import annotations

import builtins
import contextlib
import difflib
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.compute import checks, pool
from dp100.standin.engine.compute.checks import ATTACHED, BUILT_IN, MANAGED, WITHOUT_JOBS
from dp100.standin.engine.errors import AlreadyExists, Conflict, Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

__all__ = [
    "ATTACHED", "BUILT_IN", "MANAGED", "WITHOUT_JOBS", "Compute", "Status", "create", "delete", "get", "list",
    "list_all", "nodes", "pool_file", "resize", "restart", "start", "status", "stop", "update",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Compute:
    """A compute target.

    Attributes:
        name: its name; case does not matter when it is looked up.
        type: one of ``MANAGED``, ``ATTACHED`` and ``BUILT_IN``.
        size: VM size, or None for types without one.
        min_nodes, max_nodes: bounds of a cluster; an instance has one node.
        idle_seconds: how long an idle node above ``min_nodes`` stays.
        tier: ``Dedicated`` or ``LowPriority``.
        state: of an instance ``Running`` or ``Stopped``; of the others ``Succeeded``.
        provisioning_state: ``Succeeded``.
        location: region.
        created, modified: ISO 8601, UTC.
        last_operation: of an instance: ``Create``, ``Start``, ``Stop`` or ``Restart``.
        properties: whatever else it was made with, kept and shown again.
    """

    name: str
    type: str
    size: str | None = None
    min_nodes: int = 0
    max_nodes: int = 1
    idle_seconds: int = 1800
    tier: str = "Dedicated"
    state: str = "Succeeded"
    provisioning_state: str = "Succeeded"
    location: str = ""
    description: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    created: str = ""
    created_by: str = ""
    modified: str = ""
    last_operation: str = "Create"
    properties: dict[str, Any] = field(default_factory=dict)

    @property
    def attached(self) -> bool:
        """Whether it is kept outside the workspace."""
        return self.type in ATTACHED

    @property
    def slots(self) -> int | None:
        """How many nodes there are for jobs at most; None when nothing limits them."""
        if self.type == "AmlCompute":
            return self.max_nodes
        if self.type in ("ComputeInstance", "VirtualMachine"):
            return 1
        return None


@dataclass(frozen=True, slots=True)
class Status:
    """What a cluster's nodes are doing.

    Attributes:
        allocation_state: ``Steady``, or ``Resizing`` while fewer nodes are there than are wanted.
        allocation_state_transition_time: ISO 8601 of when the number of nodes last changed.
        current_node_count, target_node_count: nodes there, and nodes wanted by running and queued jobs.
        idle, running, preparing, unusable, leaving, preempted: counts of nodes by state.
        queued: jobs that wait.
        errors: none can happen here.
    """

    allocation_state: str = "Steady"
    allocation_state_transition_time: str = ""
    current_node_count: int = 0
    target_node_count: int = 0
    idle: int = 0
    running: int = 0
    preparing: int = 0
    unusable: int = 0
    leaving: int = 0
    preempted: int = 0
    queued: int = 0
    errors: tuple[Any, ...] = ()


def create(
    ws: Workspace,
    name: str,
    type: str,
    *,
    size: str | None = None,
    min_nodes: int | None = None,
    max_nodes: int | None = None,
    idle_seconds: int | None = None,
    tier: str | None = None,
    location: str | None = None,
    description: str | None = None,
    tags: dict[str, str] | None = None,
    exist_ok: bool = False,
    **properties: Any,
) -> Compute:
    """Make or attach a compute target.

    Args:
        type: one of ``MANAGED`` and ``ATTACHED``; case does not matter.
        size: VM size; the SDK's default for managed types.
        min_nodes: 0 by default.
        max_nodes: of a cluster; 4 by default in SDK v1's documentation, 1 in v2: here 1.
        idle_seconds: 1800 by default, as in v1; v2 passes 120.
        tier: ``dedicated`` or ``lowpriority`` in any spelling of the SDKs.
        exist_ok: change the target that is there (as v2's ``begin_create_or_update`` does) instead of refusing.
        properties: kept and shown again.

    Raises:
        Invalid: a name, type, size or number that the service does not take.
        AlreadyExists: the name is taken, and ``exist_ok`` is off or the other is of another type or size.
        Forbidden: the principal may not create compute.
    """
    access.check(ws, "computes/write")
    kind = checks.type_of(type)
    checks.check_name(name)
    known = checks.size_of(kind, size)
    nodes = checks.node_bounds(kind, min_nodes, max_nodes)
    now = store.now()
    by = ws.principal.name if ws.principal else access.user().name
    made = Compute(
        name=name,
        type=kind,
        size=known,
        min_nodes=nodes[0],
        max_nodes=nodes[1],
        idle_seconds=1800 if idle_seconds is None else checks.not_negative("idle time", idle_seconds),
        tier=checks.tier_of(tier),
        state="Running" if kind == "ComputeInstance" else "Succeeded",
        location=location or str(ws.record["location"]),
        description=description,
        tags=dict(tags or {}),
        created=now,
        created_by=by,
        modified=now,
        properties=store.plain(properties),
    )
    path = _path(ws, name)
    with store.locked(path):
        if path.is_file():
            there = _read(path)
            if not exist_ok or there.type != kind:
                raise AlreadyExists(
                    "Compute",
                    name,
                    message=f"Compute with name '{there.name}' of type '{there.type}' already exists in workspace "
                    f"'{ws.name}'.",
                    target="compute",
                )
            if known and there.size and there.size.casefold() != known.casefold():
                raise Invalid(
                    f"The VM size of '{there.name}' cannot be changed from {there.size} to {known}. "
                    "Delete the compute and create it again.",
                    target="compute",
                )
            made = replace(
                made, name=there.name, created=there.created, created_by=there.created_by, state=there.state
            )
        store.write_yaml(path, asdict(made))
    return made


def get(ws: Workspace, name: str) -> Compute:
    """The compute target of that name; ``local`` and ``serverless`` are always there.

    Raises:
        NotFound: with SDK v1's sentence and close names.
    """
    access.check(ws, "computes/read")
    return _got(ws, name)


def _got(ws: Workspace, name: str) -> Compute:
    """The target of that name; who asks is not looked at."""
    if name.casefold() in BUILT_IN:
        return Compute(name.casefold(), name.casefold())
    try:
        return _read(_path(ws, name))
    except FileNotFoundError:
        names = {each.stem.casefold(): each.stem for each in _files(ws)}
        near = difflib.get_close_matches(name.casefold(), names, 2, 0.7)
        raise NotFound(
            "Compute",
            name,
            message=f"Compute Target with name {name} not found in provided workspace",
            code="ComputeTargetNotFound",
            target="compute",
            close=tuple(names[each] for each in near),
        ) from None


def list_all(ws: Workspace, type: str | None = None) -> builtins.list[Compute]:
    """The compute targets by name, all or of one type."""
    access.check(ws, "computes/read")
    found = []
    for path in _files(ws):
        with contextlib.suppress(FileNotFoundError):  # deleted meanwhile
            found.append(_read(path))
    wanted = None if type is None else checks.type_of(type)
    return sorted(
        (each for each in found if wanted in (None, each.type)), key=lambda each: each.name.casefold()
    )


def update(ws: Workspace, name: str, **changes: Any) -> Compute:
    """Change node counts, idle time, tier, tags, description or anything that is only kept.

    Raises:
        NotFound, Forbidden: as ever.
        Invalid: the change is not possible: the type, the size, more minimum than maximum nodes.
    """
    access.check(ws, "computes/write")
    path = _path(ws, _got(ws, name).name)
    with store.locked(path):
        there = _read(path)
        for fixed in ("name", "type", "size"):
            if changes.get(fixed) not in (None, getattr(there, fixed)):
                raise Invalid(f"The {fixed} of compute '{there.name}' cannot be changed.", target="compute")
            changes.pop(fixed, None)
        if {"min_nodes", "max_nodes"} & changes.keys():
            low = changes.pop("min_nodes", None)
            high = changes.pop("max_nodes", None)
            nodes = checks.node_bounds(
                there.type, there.min_nodes if low is None else low, there.max_nodes if high is None else high
            )
            changes |= {"min_nodes": nodes[0], "max_nodes": nodes[1]}
        if changes.get("tier") is not None:
            changes["tier"] = checks.tier_of(changes["tier"])
        if changes.get("idle_seconds") is not None:
            changes["idle_seconds"] = checks.not_negative("idle time", changes["idle_seconds"])
        own = {each.name for each in fields(Compute)}
        direct = {key: value for key, value in changes.items() if key in own and value is not None}
        extra = {key: store.plain(value) for key, value in changes.items() if key not in own}
        made = replace(there, **direct, modified=store.now())
        made = replace(made, properties={**made.properties, **extra})
        store.write_yaml(path, asdict(made))
    return made


def resize(
    ws: Workspace, name: str, *, min_nodes: int | None = None, max_nodes: int | None = None
) -> Compute:
    """Change the bounds of a cluster.

    Raises:
        Invalid: it is no cluster, or the bounds are not in order.
    """
    there = get(ws, name)
    if there.type != "AmlCompute":
        raise Invalid(
            f"Compute '{there.name}' is of type {there.type}; only clusters can be resized.", target="compute"
        )
    return update(ws, name, min_nodes=min_nodes, max_nodes=max_nodes)


def delete(ws: Workspace, name: str, *, detach: bool = False) -> None:
    """Delete a managed target, or detach an attached one.

    Args:
        detach: the caller asked for detaching; without it attached types are detached, too.

    Raises:
        Invalid: a managed target cannot be detached.
        Conflict: jobs are running on it.
    """
    access.check(ws, "computes/delete")
    there = _got(ws, name)
    if there.type in BUILT_IN:
        raise Invalid(f"{there.name} is always there; it cannot be deleted.", target="compute")
    if detach and not there.attached:
        raise Invalid(
            f"Detach is not supported for {there.type} object. Try to use delete instead.", target="compute"
        )
    path = _path(ws, there.name)
    busy = pool.running(path)
    if busy:
        raise Conflict(
            f"Compute '{there.name}' is running {len(busy)} job{'s' if len(busy) > 1 else ''} ({', '.join(busy)}). "
            "Cancel them before you delete it.",
            target="compute",
        )
    with store.locked(path):
        path.unlink(missing_ok=True)
        pool.forget(path)


def start(ws: Workspace, name: str) -> Compute:
    """Start a stopped instance.

    Raises:
        Invalid: it runs already, or it is no instance.
    """
    return _move(ws, name, "Start", allowed=("Stopped",), to="Running")


def stop(ws: Workspace, name: str) -> Compute:
    """Stop a running instance; a job on it goes on to its end.

    Raises:
        Invalid: it is stopped already, or it is no instance.
    """
    return _move(ws, name, "Stop", allowed=("Running",), to="Stopped")


def restart(ws: Workspace, name: str) -> Compute:
    """Restart a running instance.

    Raises:
        Invalid: it is stopped, or it is no instance.
    """
    return _move(ws, name, "Restart", allowed=("Running",), to="Running")


def nodes(ws: Workspace, compute: Compute | str) -> builtins.list[pool.Node]:
    """The nodes that a cluster has now: those with jobs, and idle ones that have not gone away yet.

    Raises:
        Forbidden: the principal may not list nodes, which is an action of its own that Reader does not have.
    """
    access.check(ws, "computes/listNodes/action")
    there = _got(ws, compute) if isinstance(compute, str) else compute
    return pool.nodes(_path(ws, there.name), there)


def status(ws: Workspace, compute: Compute | str) -> Status:
    """Counts of nodes by state, and whether the cluster is steady."""
    there = get(ws, compute) if isinstance(compute, str) else compute
    found, waiting, changed = pool.look(_path(ws, there.name), there)
    running = sum(node.state == "running" for node in found)
    wanted = running + sum(ticket.nodes for ticket in waiting)
    target = max(there.min_nodes, min(wanted, there.max_nodes)) if there.type == "AmlCompute" else len(found)
    target = max(target, len(found))
    return Status(
        allocation_state="Resizing" if target > len(found) else "Steady",
        allocation_state_transition_time=changed or there.created,
        current_node_count=len(found),
        target_node_count=target,
        idle=len(found) - running,
        running=running,
        queued=len(waiting),
    )


def pool_file(ws: Workspace, name: str) -> Path:
    """The file beside which nodes and queue of a target are kept."""
    return _path(ws, name)


# --- inside ----------------------------------------------------------------------------------------------


def _folder(ws: Workspace) -> Path:
    return ws.folder / "compute"


def _path(ws: Workspace, name: str) -> Path:
    return store.entry(_folder(ws), name, ".yaml")


def _files(ws: Workspace) -> builtins.list[Path]:
    return [each for each in _folder(ws).glob("*.yaml") if not each.name.startswith(".")]


def _read(path: Path) -> Compute:
    held = store.read_yaml(path)
    known = {each.name for each in fields(Compute)}
    return Compute(**{key: value for key, value in held.items() if key in known})


def _move(ws: Workspace, name: str, operation: str, *, allowed: tuple[str, ...], to: str) -> Compute:
    access.check(ws, f"computes/{operation.lower()}/action")
    path = _path(ws, _got(ws, name).name)
    with store.locked(path):
        there = _read(path)
        if there.type != "ComputeInstance":
            raise Invalid(
                f"Compute '{there.name}' is of type {there.type}; only a compute instance can "
                f"{operation.lower()}.",
                target="compute",
            )
        if there.state not in allowed:
            raise Invalid(
                f"ComputeInstance current state ({there.state}) does not support {operation} operation.",
                target="compute",
            )
        made = replace(there, state=to, last_operation=operation, modified=store.now())
        store.write_yaml(path, asdict(made))
    return made


list = list_all  # the name that the contract gives it; below everything that means the built-in type
