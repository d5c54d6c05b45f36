"""`az ml compute`."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az import entities
from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.options import pairs
from dp100.standin.az.session import Session, confirm


def create(session: Session, arguments: argparse.Namespace) -> Any:
    """Make a compute target, or change the one of that name."""
    from dp100.standin.az.commands import COMPUTE_TYPES

    if not arguments.file and not arguments.type:
        raise CliError("the following arguments are required: --type/-t", USAGE)
    given: dict[str, Any] = {
        name: getattr(arguments, name)
        for name in (
            "name",
            "size",
            "tier",
            "location",
            "description",
            "min_instances",
            "max_instances",
            "ssh_public_access_enabled",
            "enable_node_public_ip",
        )
    }
    given["type"] = next(
        (kind for kind in COMPUTE_TYPES if kind.casefold() == str(arguments.type).casefold()), arguments.type
    )
    given["idle_time_before_scale_down"] = arguments.idle_time_before_scale_down
    given["tags"] = pairs(arguments.tags)
    given["identity"] = _identity(arguments)
    given["network_settings"] = _some(vnet_name=arguments.vnet_name, subnet=arguments.subnet)
    given["ssh_settings"] = _some(
        admin_username=arguments.admin_username,
        admin_password=arguments.admin_password,
        ssh_key_value=arguments.ssh_key_value,
    )
    given["create_on_behalf_of"] = _some(
        user_object_id=arguments.user_object_id, user_tenant_id=arguments.user_tenant_id
    )
    made = entities.load("compute", arguments, **given)
    return entities.wait(session.client(arguments).compute.begin_create_or_update(made), arguments)


def attach(session: Session, arguments: argparse.Namespace) -> Any:
    """Attach what is kept elsewhere."""
    made = entities.load(
        "compute",
        arguments,
        name=arguments.name,
        type=arguments.type.lower() if arguments.type else None,
        resource_id=arguments.resource_id,
        namespace=arguments.namespace,
        identity=_identity(arguments),
        ssh_settings=_some(
            admin_username=arguments.admin_username,
            admin_password=arguments.admin_password,
            ssh_port=arguments.ssh_port,
            ssh_private_key_file=arguments.ssh_private_key_file,
        ),
    )
    return entities.wait(session.client(arguments).compute.begin_attach(made), arguments)


def show(session: Session, arguments: argparse.Namespace) -> Any:
    """One target."""
    return entities.shown(session.client(arguments).compute.get(arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> Any:
    """All targets, or those of a type."""
    return entities.first(session.client(arguments).compute.list(compute_type=arguments.type), arguments)


def start(session: Session, arguments: argparse.Namespace) -> None:
    """Start an instance."""
    session.client(arguments).compute.begin_start(arguments.name).result()


def stop(session: Session, arguments: argparse.Namespace) -> None:
    """Stop an instance."""
    session.client(arguments).compute.begin_stop(arguments.name).result()


def restart(session: Session, arguments: argparse.Namespace) -> None:
    """Restart an instance."""
    session.client(arguments).compute.begin_restart(arguments.name).result()


def delete(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a target."""
    _end(session, arguments, "Delete")


def detach(session: Session, arguments: argparse.Namespace) -> None:
    """Detach a target."""
    _end(session, arguments, "Detach")


def update(session: Session, arguments: argparse.Namespace) -> Any:
    """Change a target."""
    client = session.client(arguments)
    held: Any = client.compute.get(arguments.name)
    for name in ("min_instances", "max_instances", "idle_time_before_scale_down"):
        value = getattr(arguments, name)
        if value is not None:
            if not hasattr(held, name):
                raise CliError(f"A compute of the type {held.type} has no {name}.")
            setattr(held, name, _whole(name, value))
    if arguments.tags is not None:
        held.tags = pairs(arguments.tags)
    if arguments.identity_type:
        like = entities.load(
            "compute", argparse.Namespace(), type=held.type, name=held.name, identity=_identity(arguments)
        )
        held.identity = like.identity
    entities.change(held, arguments)
    return entities.wait(client.compute.begin_update(held), arguments)


def list_sizes(session: Session, arguments: argparse.Namespace) -> Any:
    """The sizes of machines."""
    found = session.client(arguments).compute.list_sizes(
        location=arguments.location, compute_type=arguments.type
    )
    return entities.first(found, arguments)


def list_nodes(session: Session, arguments: argparse.Namespace) -> Any:
    """The nodes of a cluster."""
    return entities.first(session.client(arguments).compute.list_nodes(arguments.name), arguments)


def _end(session: Session, arguments: argparse.Namespace, action: str) -> None:
    client = session.client(arguments)
    client.compute.get(arguments.name)
    confirm(arguments)
    client.compute.begin_delete(arguments.name, action=action).result()


def _identity(arguments: argparse.Namespace) -> dict[str, Any] | None:
    if not arguments.identity_type:
        return None
    kind = (
        arguments.identity_type.lower()
        .replace("systemassigned", "system_assigned")
        .replace("userassigned", "user_assigned")
    )
    ids = [each for each in (arguments.user_assigned_identities or "").split(",") if each]
    return {"type": kind} | (
        {"user_assigned_identities": [{"resource_id": each} for each in ids]} if ids else {}
    )


def _some(**values: Any) -> dict[str, Any] | None:
    return {name: value for name, value in values.items() if value is not None} or None


def _whole(name: str, value: str) -> int:
    if not value.isdecimal():
        raise CliError(f"argument --{name.replace('_', '-')}: invalid int value: '{value}'", USAGE)
    return int(value)
