"""`az ml computetarget`."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.errors import CliError
from dp100.standin.az.session import Session
from dp100.standin.az.v1.retired import retired, tags, whole, workspace
from dp100.standin.engine.compute import compute as engine
from dp100.standin.engine.compute.compute import Compute
from dp100.standin.engine.workspace.workspace import Workspace


@retired("Use 'az ml compute list' instead.")
def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All targets."""
    ws = workspace(session, arguments)
    return [_shown(ws, each) for each in engine.list_all(ws)]


@retired("Use 'az ml compute show' instead.")
def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One target."""
    ws = workspace(session, arguments)
    return _shown(ws, engine.get(ws, arguments.name))


@retired("Use 'az ml compute delete' instead.")
def delete(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a target; v1 does not ask."""
    ws = workspace(session, arguments)
    held = engine.get(ws, arguments.name)
    if held.attached:
        raise CliError(f"Delete is not supported for {held.type} object. Try to use detach instead.")
    engine.delete(ws, held.name)


@retired("Use 'az ml compute create --type AmlCompute' instead.")
def create_cluster(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Make a cluster, or change the one of that name."""
    ws = workspace(session, arguments)
    identity = (arguments.assign_identity or "").split()
    ids = [each for each in identity if each.casefold() != "[system]"]
    made = engine.create(
        ws,
        arguments.name,
        "AmlCompute",
        size=arguments.vm_size,
        min_nodes=whole("--min-nodes", arguments.min_nodes),
        max_nodes=whole("--max-nodes", arguments.max_nodes),
        idle_seconds=whole("--idle-seconds-before-scaledown", arguments.idle_seconds_before_scaledown),
        tier=arguments.vm_priority or "dedicated",
        location=arguments.location,
        description=arguments.description,
        tags=tags(arguments.tag),
        exist_ok=True,
        **_kept(
            arguments,
            "admin_username",
            "admin_user_ssh_key",
            "enable_node_public_ip",
            "remote_login_port_public_access",
        ),
        **({"identity_type": "UserAssigned" if ids else "SystemAssigned"} if identity else {}),
        **({"identity_id": ids} if ids else {}),
    )
    return _shown(ws, made)


@retired("Use 'az ml compute create --type ComputeInstance' instead.")
def create_instance(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Make an instance, or change the one of that name."""
    ws = workspace(session, arguments)
    kept = _kept(arguments, "admin_user_ssh_public_key")
    kept |= {
        "assigned_user_object_id": arguments.user_object_id,
        "assigned_user_tenant_id": arguments.user_tenant_id,
    }
    kept["ssh_public_access"] = str(arguments.ssh_public_access or "").casefold() in ("true", "enabled")
    made = engine.create(
        ws,
        arguments.name,
        "ComputeInstance",
        size=arguments.vm_size,
        description=arguments.description,
        tags=tags(arguments.tag),
        exist_ok=True,
        **kept,
    )
    return _shown(ws, made)


def _kept(arguments: argparse.Namespace, *names: str) -> dict[str, Any]:
    names = (*names, "subnet_name", "vnet_name", "vnet_resourcegroup_name")
    given = {name: getattr(arguments, name) for name in names}
    return {name: value for name, value in given.items() if value is not None}


def _shown(ws: Workspace, held: Compute) -> dict[str, Any]:
    """The target as v1's ``serialize`` has it."""
    more = {"AmlCompute": _cluster, "ComputeInstance": _instance}.get(held.type)
    own, status = more(ws, held) if more else ({}, None)
    properties = {
        "description": held.description,
        "resourceId": held.properties.get("resource_id"),
        "computeType": held.type,
        "computeLocation": held.location,
        "provisioningState": held.provisioning_state,
        "provisioningErrors": None,
        "properties": own,
    }
    kind = held.properties.get("identity_type")
    return {
        "id": f"{ws.id}/computes/{held.name}",
        "name": held.name,
        "location": held.location,
        "tags": dict(held.tags),
        "identity": {"type": kind, "userAssignedIdentities": held.properties.get("identity_id")}
        if kind
        else None,
        "properties": properties | ({"status": status} if status else {}),
    }


def _cluster(ws: Workspace, held: Compute) -> tuple[dict[str, Any], dict[str, Any]]:
    scale = {
        "minNodeCount": held.min_nodes,
        "maxNodeCount": held.max_nodes,
        "nodeIdleTimeBeforeScaleDown": f"PT{held.idle_seconds}S" if held.idle_seconds else "",
    }
    now = engine.status(ws, held)
    own = {
        "vmSize": held.size,
        "vmPriority": held.tier,
        "scaleSettings": scale,
        "userAccountCredentials": {
            "adminUserName": held.properties.get("admin_username"),
            "adminUserPassword": None,
            "adminUserSshPublicKey": held.properties.get("admin_user_ssh_key"),
        },
        "subnet": {"id": _subnet(ws, held)},
        "remoteLoginPortPublicAccess": held.properties.get("remote_login_port_public_access"),
    }
    status = {
        "currentNodeCount": now.current_node_count,
        "targetNodeCount": now.target_node_count,
        "nodeStateCounts": {
            "preparingNodeCount": now.preparing,
            "runningNodeCount": now.running,
            "idleNodeCount": now.idle,
            "unusableNodeCount": now.unusable,
            "leavingNodeCount": now.leaving,
            "preemptedNodeCount": now.preempted,
        },
        "allocationState": now.allocation_state,
        "allocationStateTransitionTime": now.allocation_state_transition_time,
        "errors": None,
        "creationTime": held.created,
        "modifiedTime": held.modified,
        "provisioningState": held.provisioning_state,
        "provisioningStateTransitionTime": None,
        "scaleSettings": scale,
        "vmPriority": held.tier,
        "vmSize": held.size,
    }
    return own, status


def _instance(ws: Workspace, held: Compute) -> tuple[dict[str, Any], dict[str, Any]]:
    own = {
        "vmSize": held.size,
        "sshSettings": {
            "sshPublicAccess": "Enabled" if held.properties.get("ssh_public_access") else "Disabled",
            "adminPublicKey": held.properties.get("admin_user_ssh_public_key"),
        },
        "subnet": {"id": _subnet(ws, held)},
    }
    status = {
        "errors": None,
        "creationTime": held.created,
        "createdBy": {"userName": held.created_by},
        "modifiedTime": held.modified,
        "state": held.state,
        "vmSize": held.size,
    }
    return own, status


def _subnet(ws: Workspace, held: Compute) -> str | None:
    names = [held.properties.get(key) for key in ("vnet_resourcegroup_name", "vnet_name", "subnet_name")]
    if not all(names):
        return None
    group, network, subnet = names
    return (
        f"/subscriptions/{ws.subscription_id}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/"
        f"{network}/subnets/{subnet}"
    )
