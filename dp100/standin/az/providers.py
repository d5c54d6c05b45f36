"""`az provider`: the resource providers of the subscription."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from dp100.standin.az.errors import NOT_FOUND, CliError
from dp100.standin.az.session import Session

_FIRST = (
    "Microsoft.Authorization",
    "Microsoft.MachineLearningServices",
    "Microsoft.Resources",
)
_KNOWN = (
    *_FIRST,
    "Microsoft.Cdn",
    "Microsoft.CognitiveServices",
    "Microsoft.Compute",
    "Microsoft.ContainerInstance",
    "Microsoft.ContainerRegistry",
    "Microsoft.ContainerService",
    "Microsoft.Databricks",
    "Microsoft.EventGrid",
    "Microsoft.Insights",
    "Microsoft.KeyVault",
    "Microsoft.ManagedIdentity",
    "Microsoft.Network",
    "Microsoft.Notebooks",
    "Microsoft.OperationalInsights",
    "Microsoft.PolicyInsights",
    "Microsoft.Relay",
    "Microsoft.Search",
    "Microsoft.ServiceBus",
    "Microsoft.Storage",
    "Microsoft.Synapse",
    "Microsoft.Web",
)


def register(session: Session, arguments: argparse.Namespace) -> None:
    """Register a provider, at once."""
    name = _name(arguments.namespace)
    session.keep(providers=sorted({*_registered(session), name}))
    if not arguments.wait:
        print(
            f"Registering is still on-going. You can monitor using 'az provider show -n {name}'",
            file=sys.stderr,
        )


def unregister(session: Session, arguments: argparse.Namespace) -> None:
    """Unregister a provider."""
    name = _name(arguments.namespace)
    session.keep(providers=sorted(_registered(session) - {name}))


def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """One provider, and whether it is registered."""
    return _shown(session, _name(arguments.namespace))


def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All providers."""
    return [_shown(session, name) for name in sorted({*_KNOWN, *_registered(session)})]


def _name(given: str) -> str:
    for name in _KNOWN:
        if name.casefold() == given.casefold():
            return name
    if not given.lower().startswith("microsoft."):
        raise CliError(
            f"(InvalidResourceNamespace) The resource namespace '{given}' is invalid.\nCode: InvalidResourceNamespace\n"
            f"Message: The resource namespace '{given}' is invalid.",
            NOT_FOUND,
        )
    return given


def _registered(session: Session) -> set[str]:
    return {*_FIRST, *session.kept().get("providers", [])}


def _shown(session: Session, name: str) -> dict[str, Any]:
    return {
        "id": f"/subscriptions/{session.account.subscription_id}/providers/{name}",
        "namespace": name,
        "registrationPolicy": "RegistrationRequired",
        "registrationState": "Registered" if name in _registered(session) else "NotRegistered",
        "resourceTypes": [],
    }
