"""ml_client.compute."""

from __future__ import annotations

import builtins
import copy
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar, cast

from azure.ai.ml import load_compute
from azure.ai.ml.entities import (
    AmlCompute,
    AmlComputeNodeInfo,
    Compute,
    ComputeInstance,
    ImageMetadata,
    KubernetesCompute,
    NetworkSettings,
    SynapseSparkCompute,
    UnsupportedCompute,
    Usage,
    VirtualMachineCompute,
    VmSize,
)
from azure.core.polling import LROPoller

from dp100.standin.engine import store
from dp100.standin.engine.compute import compute as engine
from dp100.standin.engine.compute import sizes
from dp100.standin.engine.errors import NotFound, NotOffline
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import records
from dp100.standin.sdk_v2.answers import done, paged
from dp100.standin.sdk_v2.errors import bad_request, not_found
from dp100.standin.sdk_v2.scope import Operations

T = TypeVar("T")

_DEFAULT_SIZE = "STANDARD_DS3_V2"  # azure.ai.ml.constants ComputeDefaults
_TYPES = {
    "amlcompute": "AmlCompute",
    "computeinstance": "ComputeInstance",
    "virtualmachine": "VirtualMachine",
    "kubernetes": "Kubernetes",
    "synapsespark": "SynapseSpark",
}
# What the engine knows by itself; everything else in an entity's YAML form is kept as it is.
_NATIVE = {
    "$schema", "name", "type", "size", "location", "description", "tags", "tier", "min_instances", "max_instances",
    "idle_time_before_scale_down", "id", "state", "last_operation", "services", "provisioning_state",
    "provisioning_errors", "created_on", "creation_context", "os_image_metadata",
}  # fmt: skip
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_IDLE = (15, 3 * 24 * 60)  # minutes
_APPLICATIONS = (("Jupyter", "/tree/"), ("Jupyter Lab", "/lab"), ("VS Code", ""), ("RStudio", ""))


class ComputeOperations(Operations):
    """Compute targets of the workspace."""

    def list(self, *, compute_type: str | None = None) -> Iterable[Compute]:
        """The compute targets, all or those of one type (in any case)."""

        def read() -> Iterable[Compute]:
            with self._scope.opened(readable=False) as ws:
                return [
                    _entity(ws, each)
                    for each in engine.list_all(ws)
                    if compute_type is None or each.type.casefold() == compute_type.casefold()
                ]

        return paged(read)

    def get(self, name: str) -> Compute:
        """The compute target of that name.

        Raises:
            ResourceNotFoundError: there is none.
        """
        with self._scope.opened(readable=False) as ws:
            return _entity(ws, found(ws, name))

    def list_nodes(self, name: str) -> Iterable[AmlComputeNodeInfo]:
        """The nodes that a cluster has now."""

        def read() -> Iterable[AmlComputeNodeInfo]:
            with self._scope.opened(readable=False) as ws:
                return [_node(each) for each in _done_to(engine.nodes, ws, name)]

        return paged(read)

    def begin_create_or_update(self, compute: Compute) -> LROPoller[Compute]:
        """Make a compute target or attach one, or change the one of that name.

        Raises:
            HttpResponseError: a name, size or number of nodes that the service does not take.
            ResourceExistsError: the name is taken by a target of another type.
        """
        with self._scope.opened(readable=_asks_for_the_region(compute)) as ws:
            kind = _TYPES.get(str(compute.type).lower())
            if kind is None:
                raise NotOffline(f"Compute of the type {compute.type}")
            resource = getattr(compute, "resource_id", None)
            if kind in engine.ATTACHED and not str(resource or "").startswith("/subscriptions/"):
                raise bad_request(
                    f"'{resource or ''}' is no resource id of Azure. Compute of the type {kind} is attached by one: "
                    "/subscriptions/<id>/resourceGroups/<group>/providers/..."
                )
            try:
                there = engine.get(ws, compute.name or "")
            except NotFound:
                there = None
            given: dict[str, Any] = {}
            size = getattr(compute, "size", None)
            if kind in engine.MANAGED:
                given["size"] = size or (there.size if there else _DEFAULT_SIZE)
            if isinstance(compute, AmlCompute):
                idle = compute.idle_time_before_scale_down
                given |= {
                    "min_nodes": compute.min_instances,
                    "max_nodes": compute.max_instances,
                    "idle_seconds": None if idle is None else int(idle),
                    "tier": compute.tier,
                }
            made = engine.create(
                ws,
                compute.name or "",
                kind,
                location=compute.location if kind == "AmlCompute" else None,
                description=compute.description,
                tags=compute.tags,
                exist_ok=True,
                sdk_v2=_kept(compute),
                **given,
            )
            return done(_entity(ws, made))

    def begin_attach(self, compute: Compute, **kwargs: Any) -> LROPoller[Compute]:
        """Attach a compute target that is kept elsewhere; see :meth:`begin_create_or_update`."""
        return self.begin_create_or_update(compute)

    def begin_update(self, compute: Compute) -> LROPoller[Compute]:
        """Change a compute target.

        Raises:
            ResourceNotFoundError: there is none of that name.
        """
        with self._scope.opened(readable=False) as ws:
            found(ws, compute.name or "")
        return self.begin_create_or_update(compute)

    def begin_delete(self, name: str, *, action: str = "Delete") -> LROPoller[None]:
        """Delete a compute target, or with ``action="Detach"`` detach it.

        Raises:
            ResourceNotFoundError: there is none of that name.
            ResourceExistsError: jobs are running on it.
            HttpResponseError: another action.
        """
        if action.casefold() not in ("delete", "detach"):
            raise bad_request(f"The action '{action}' is not valid. It is one of Delete, Detach.")
        with self._scope.opened(readable=False) as ws:
            _done_to(partial(engine.delete, detach=action.lower() == "detach"), ws, name)
        return done(None)

    def begin_start(self, name: str) -> LROPoller[None]:
        """Start a compute instance.

        Raises:
            HttpResponseError: it runs, or it is no instance.
        """
        with self._scope.opened(readable=False) as ws:
            _done_to(engine.start, ws, name)
        return done(None)

    def begin_stop(self, name: str) -> LROPoller[None]:
        """Stop a compute instance.

        Raises:
            HttpResponseError: it is stopped, or it is no instance.
        """
        with self._scope.opened(readable=False) as ws:
            _done_to(engine.stop, ws, name)
        return done(None)

    def begin_restart(self, name: str) -> LROPoller[None]:
        """Restart a compute instance.

        Raises:
            HttpResponseError: it is stopped, or it is no instance.
        """
        with self._scope.opened(readable=False) as ws:
            _done_to(engine.restart, ws, name)
        return done(None)

    def list_usage(self, *, location: str | None = None) -> Iterable[Usage]:
        """Not offline: there is no quota."""
        raise NotOffline("ml_client.compute.list_usage", "This machine has no quota of cores.")

    def list_sizes(self, *, location: str | None = None, compute_type: str | None = None) -> Iterable[VmSize]:
        """The VM sizes that compute can have, all or those for one type of compute.

        Args:
            location: a region; every region has the same sizes here.
            compute_type: ``AmlCompute`` or ``ComputeInstance``, in any case.
        """
        with self._scope.opened():
            if compute_type is not None and compute_type.casefold() not in (
                each.casefold() for each in engine.MANAGED
            ):
                return []
            return [
                _size(
                    name=each.name,
                    family=each.family,
                    v_cp_us=each.cores,
                    gpus=each.gpus,
                    os_vhd_size_mb=1047552,
                    max_resource_volume_mb=each.disk_gb * 1024,
                    memory_gb=each.memory_gb,
                    low_priority_capable=True,
                    premium_io="s" in each.name.rpartition("_")[0].lower().removeprefix("standard"),
                    supported_compute_types=builtins.list(engine.MANAGED),
                )
                for each in sizes.table()
            ]

    def enable_sso(self, *, name: str, enable_sso: bool = True, **kwargs: Any) -> None:
        """Keep whether a compute instance signs its user in.

        Raises:
            ResourceNotFoundError: there is none of that name.
        """
        with self._scope.opened(readable=False) as ws:
            there = found(ws, name)
            kept = dict(there.properties.get("sdk_v2") or {}) | {"enable_sso": enable_sso}
            engine.update(ws, there.name, sdk_v2=kept)


# --- inside ----------------------------------------------------------------------------------------------


def found(ws: Workspace, name: str) -> engine.Compute:
    """The target of that name; those without a record are none for the service.

    Args:
        name: or an ARM id.

    Raises:
        ResourceNotFoundError: there is none.
    """
    return _done_to(engine.get, ws, name)


def _done_to(act: Callable[[Workspace, str], T], ws: Workspace, name: str) -> T:
    """What the engine does with a target, with v2's sentence if there is none of that name."""
    name = name.removeprefix("azureml:").rstrip("/").rpartition("/")[2]
    if name.casefold() not in engine.BUILT_IN:
        try:
            return act(ws, name)
        except NotFound as error:
            close = error.message.partition(" Did you mean ")[2]
            raise not_found(
                f"Not found compute with name {name}." + (f" Did you mean {close}" if close else "")
            ) from error
    raise not_found(f"Not found compute with name {name}.")


def _asks_for_the_region(compute: Compute) -> bool:
    """Whether the real client looks the workspace's region up first, for which it has to be readable."""
    return not isinstance(compute, AmlCompute) or not compute.location


def _kept(compute: Compute) -> dict[str, Any]:
    """What of a target is only kept: its YAML form without what the engine knows, and without passwords."""
    if isinstance(compute, UnsupportedCompute):
        return {}
    shown = copy.copy(compute)
    if isinstance(shown, AmlCompute):
        shown.tier = None  # which the YAML has in one spelling only; the engine keeps it
    form = {key: value for key, value in records.yaml_form(shown).items() if key not in _NATIVE}
    if isinstance(compute, ComputeInstance):
        form.pop("idle_time_before_shutdown_minutes", None)
        if idle := _idle(compute):
            form["idle_time_before_shutdown"] = idle
    if isinstance(ssh := form.get("ssh_settings"), dict):
        form["ssh_settings"] = {key: value for key, value in ssh.items() if key != "admin_password"}
    return form


def _idle(compute: ComputeInstance) -> str | None:
    """The idle time as the SDK sends it: the minutes, if they are given, in ISO 8601.

    Raises:
        HttpResponseError: it is outside of what the service's reference allows.
    """
    minutes = compute.idle_time_before_shutdown_minutes
    text = f"PT{minutes}M" if minutes else compute.idle_time_before_shutdown
    if text is None:
        return None
    found = _DURATION.fullmatch(text)
    days, hours, left = (int(each or 0) for each in found.groups()) if found else (0, 0, 0)
    if not _IDLE[0] <= (days * 24 + hours) * 60 + left <= _IDLE[1]:
        raise bad_request(
            f"The idle time before shutdown {text} is not valid. It is at least 15 minutes and at most 3 days, in the "
            "format of ISO 8601: PT30M."
        )
    return text


def _rich(kind: str, name: str, kept: dict[str, Any]) -> dict[str, Any]:
    """The constructor's arguments that the kept YAML form stands for."""
    nested = {key: value for key, value in kept.items() if isinstance(value, dict | builtins.list)}
    plain = {key: value for key, value in kept.items() if key not in nested}
    if not nested:
        return plain
    needed = {"resource_id": kept["resource_id"]} if "resource_id" in kept else {}
    loaded = load_compute(records.stream({"name": name, "type": kind.lower()} | needed | nested))
    return records.with_identity(plain | {key: getattr(loaded, key) for key in nested})


def _entity(ws: Workspace, found: engine.Compute) -> Compute:
    kept = dict(found.properties.get("sdk_v2") or {})
    common: dict[str, Any] = {
        "name": found.name,
        "id": f"{ws.id}/computes/{found.name}",
        "description": found.description,
        "tags": found.tags or None,
        "location": found.location,
        "provisioning_state": found.provisioning_state,
        "created_on": _time(found.created),
    }
    rich = {key: value for key, value in _rich(found.type, found.name, kept).items() if key not in common}
    if found.type == "AmlCompute":
        rich.setdefault("network_settings", NetworkSettings())
        rich["ssh_public_access_enabled"] = bool(rich.get("ssh_public_access_enabled"))
        return AmlCompute(
            size=found.size,
            min_instances=found.min_nodes,
            max_instances=found.max_nodes,
            idle_time_before_scale_down=cast(int, float(found.idle_seconds)),  # as it comes from the service
            tier="low_priority" if found.tier == "LowPriority" else "dedicated",
            **common,
            **rich,
        )
    if found.type == "ComputeInstance":
        if minutes := re.match(r"PT([0-9]+)M", str(rich.get("idle_time_before_shutdown") or "")):
            rich["idle_time_before_shutdown_minutes"] = int(minutes[1])
        return ComputeInstance(
            size=found.size,
            state=found.state,
            last_operation={
                "operation_name": found.last_operation,
                "operation_time": _time(found.modified),
                "operation_status": "Succeeded",
                "operation_trigger": "User",
            },
            services=[
                {
                    "display_name": label,
                    "endpoint_uri": f"https://{found.name}.{found.location}.instances.azureml.ms{path}",
                }
                for label, path in _APPLICATIONS
            ],
            os_image_metadata=ImageMetadata(
                is_latest_os_image_version=True, current_image_version=None, latest_image_version=None
            ),
            **common,
            **rich,
        )
    if found.type == "VirtualMachine":
        rich.setdefault("resource_id", found.properties.get("resource_id"))
        return VirtualMachineCompute(**common, **rich)
    if found.type == "Kubernetes":
        return KubernetesCompute(**common, **rich)
    if found.type == "SynapseSpark":
        rich.setdefault("resource_id", found.properties.get("resource_id"))
        return SynapseSparkCompute(**common, **rich)
    return UnsupportedCompute(resource_id=found.properties.get("resource_id"), **common)


def _size(**values: Any) -> VmSize:
    kind: Any = VmSize  # which says that it is abstract, and is not
    made: VmSize = kind(**values)
    return made


def _time(text: str) -> str | None:
    return store.moment(text).strftime("%Y-%m-%dT%H:%M:%S.%f%z") if text else None


def _node(found: Any) -> AmlComputeNodeInfo:
    node = AmlComputeNodeInfo()
    values = {
        "node_id": found.id,
        "private_ip_address": found.ip,
        "port": found.port,
        "node_state": found.state,
        "run_id": found.run,
    }
    for name, value in values.items():
        setattr(node, name, value)
    return node
