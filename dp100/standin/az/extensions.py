"""`az extension`: what is added to `az`. The commands of ``ml`` are there with or without it."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dp100.standin.az.account import ML_VERSION
from dp100.standin.az.errors import USAGE, CliError
from dp100.standin.az.session import Session, warn

_KNOWN = {"ml": ML_VERSION, "azure-cli-ml": "1.41.0"}


def installed(session: Session) -> dict[str, str]:
    """Names and versions; ``ml`` comes with us."""
    held: dict[str, str] = session.kept().get("extensions", {"ml": ML_VERSION})
    return held


def add(session: Session, arguments: argparse.Namespace) -> None:
    """Add one of the two extensions for machine learning."""
    if arguments.source:
        raise CliError(f"The extension at {arguments.source} is not available offline.")
    if not arguments.name:
        raise CliError("usage error: --name NAME | --source SOURCE", USAGE)
    held = installed(session)
    if arguments.name in held and not arguments.upgrade:
        warn(f"Extension '{arguments.name}' {held[arguments.name]} is already installed.")
        return
    if arguments.name not in _KNOWN:
        raise CliError(f"The extension {arguments.name} is not available offline.")
    session.keep(extensions=held | {arguments.name: _KNOWN[arguments.name]})


def update(session: Session, arguments: argparse.Namespace) -> None:
    """There is one version of each."""
    _held(session, arguments.name)
    print(f"Latest version of '{arguments.name}' is already installed.", file=sys.stderr)


def remove(session: Session, arguments: argparse.Namespace) -> None:
    """Take an extension out of the list."""
    _held(session, arguments.name)
    held = installed(session)
    session.keep(extensions={name: version for name, version in held.items() if name != arguments.name})


def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One extension."""
    return _shown(arguments.name, _held(session, arguments.name))


def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All extensions."""
    return [_shown(name, version) for name, version in sorted(installed(session).items())]


def _held(session: Session, name: str) -> str:
    found = installed(session).get(name)
    if found is None:
        raise CliError(
            f"The extension {name} is not installed. Please install the extension via `az extension add -n {name}`."
        )
    return found


def _shown(name: str, version: str) -> dict[str, Any]:
    return {
        "experimental": False,
        "extensionType": "whl",
        "name": name,
        "path": None,
        "preview": False,
        "version": version,
    }
