"""`az group`: resource groups."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.options import assignments, pairs
from dp100.standin.az.session import Session, confirm
from dp100.standin.engine.errors import NotFound
from dp100.standin.engine.workspace import account as engine
from dp100.standin.engine.workspace.access import check_scope
from dp100.standin.engine.workspace.account import Group

_GROUPS = "Microsoft.Resources/subscriptions/resourceGroups"


def create(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Make a group, or change its tags."""
    _check(session, arguments.name, "write")
    return _shown(engine.create_group(arguments.name, arguments.location, pairs(arguments.tags)))


def update(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Change tags."""
    _check(session, arguments.name, "write")
    held = session.account.group(arguments.name)
    tags = dict(held.tags) if arguments.tags is None else pairs(arguments.tags) or {}
    for name, value in assignments([*(arguments.set or []), *(arguments.add or [])]):
        tags[name.removeprefix("tags.")] = value
    for name in (word for words in arguments.remove or [] for word in words):
        tags.pop(name.removeprefix("tags."), None)
    return _shown(engine.create_group(held.name, held.location, tags))


def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One group."""
    _check(session, arguments.name, "read")
    return _shown(session.account.group(arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All groups, or those with a tag."""
    groups = engine.list_groups()
    if arguments.tag:
        name, sign, value = arguments.tag.partition("=")
        groups = [group for group in groups if name in group.tags and (not sign or group.tags[name] == value)]
    return [_shown(group) for group in groups]


def exists(session: Session, arguments: argparse.Namespace) -> bool:
    """Whether there is one of that name."""
    try:
        session.account.group(arguments.name)
    except NotFound:
        return False
    return True


def delete(session: Session, arguments: argparse.Namespace) -> None:
    """Delete a group with its workspaces."""
    _check(session, arguments.name, "delete")
    session.account.group(arguments.name)
    confirm(arguments)
    engine.delete_group(arguments.name)


def _check(session: Session, name: str, verb: str) -> None:
    scope = engine.group_id(session.account.subscription_id, name)
    check_scope(scope, f"{_GROUPS}/{verb}")


def _shown(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "location": group.location,
        "managedBy": None,
        "name": group.name,
        "properties": {"provisioningState": "Succeeded"},
        "tags": dict(group.tags) or None,
        "type": "Microsoft.Resources/resourceGroups",
    }
