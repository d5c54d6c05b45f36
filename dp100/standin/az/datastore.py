"""`az ml datastore`."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az import entities
from dp100.standin.az.session import Session


def create(session: Session, arguments: argparse.Namespace) -> Any:
    """Register a datastore."""
    made = entities.load("datastore", arguments, name=arguments.name)
    return entities.shown(session.client(arguments).datastores.create_or_update(made))


def update(session: Session, arguments: argparse.Namespace) -> Any:
    """Change a datastore."""
    client = session.client(arguments)
    if arguments.file:
        held = entities.load("datastore", arguments, name=arguments.name)
    else:
        held = entities.change(client.datastores.get(arguments.name, include_secrets=True), arguments)
    return entities.shown(client.datastores.create_or_update(held))


def show(session: Session, arguments: argparse.Namespace) -> Any:
    """One datastore, without its secrets."""
    return entities.shown(session.client(arguments).datastores.get(arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> Any:
    """All datastores."""
    return entities.first(session.client(arguments).datastores.list(), arguments)


def delete(session: Session, arguments: argparse.Namespace) -> None:
    """Forget a datastore; its storage stays."""
    session.client(arguments).datastores.delete(arguments.name)
