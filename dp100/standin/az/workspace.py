"""`az ml workspace`."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az import entities
from dp100.standin.az.options import pairs
from dp100.standin.az.session import Session, confirm

_SAME = (
    "location",
    "display_name",
    "description",
    "application_insights",
    "container_registry",
    "key_vault",
    "storage_account",
    "image_build_compute",
    "public_network_access",
    "primary_user_assigned_identity",
    "system_datastores_auth_mode",
)


def create(session: Session, arguments: argparse.Namespace) -> Any:
    """Make a workspace, or update the one of that name."""
    made = entities.load(
        "workspace", arguments, name=arguments.name, tags=pairs(arguments.tags), **_given(arguments)
    )
    made.resource_group = arguments.resource_group
    made.location = made.location or session.account.group(arguments.resource_group).location
    poller = session.client(arguments).workspaces.begin_create(
        made, update_dependent_resources=arguments.update_dependent_resources
    )
    return entities.wait(poller, arguments)


def show(session: Session, arguments: argparse.Namespace) -> Any:
    """One workspace."""
    return entities.shown(session.client(arguments).workspaces.get(arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> Any:
    """The workspaces of a group, or of the subscription."""
    from azure.ai.ml.constants._common import Scope

    scope = Scope.RESOURCE_GROUP if arguments.resource_group else Scope.SUBSCRIPTION
    return entities.first(session.client(arguments).workspaces.list(scope=scope), arguments)


def update(session: Session, arguments: argparse.Namespace) -> Any:
    """Change a workspace."""
    client = session.client(arguments)
    held: Any = client.workspaces.get(arguments.name)
    if arguments.file:
        held = entities.load("workspace", arguments, name=arguments.name)
    for name, value in _given(arguments).items():
        if value is not None:
            setattr(held, name, value)
    if arguments.tags is not None:
        held.tags = pairs(arguments.tags)
    entities.change(held, arguments)
    held.resource_group = arguments.resource_group
    poller = client.workspaces.begin_update(
        held, update_dependent_resources=arguments.update_dependent_resources
    )
    return entities.wait(poller, arguments)


def delete(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a workspace."""
    client = session.client(arguments)
    client.workspaces.get(arguments.name)
    confirm(arguments)
    client.workspaces.begin_delete(
        arguments.name,
        delete_dependent_resources=arguments.all_resources,
        permanently_delete=arguments.permanently_delete,
    ).result()


def _given(arguments: argparse.Namespace) -> dict[str, Any]:
    return {name: getattr(arguments, name, None) for name in _SAME}
