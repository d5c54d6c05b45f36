"""`az version`, `az login`, `az account`: the one made-up account that is always signed in."""

from __future__ import annotations

import argparse
from typing import Any

from dp100.standin.az.errors import CliError
from dp100.standin.az.session import Session, warn

VERSION = "2.80.0"  # of the reference that options and wording follow
ML_VERSION = "2.40.1"


def version(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """Versions, marked as ours."""
    from dp100 import __version__
    from dp100.standin.az.extensions import installed

    return {
        "azure-cli": VERSION,
        "azure-cli-core": VERSION,
        "dp100-offline": __version__,
        "extensions": installed(session),
    }


def login(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """Sign in a service principal, or the user again."""
    if arguments.service_principal:
        from dp100.standin.engine.errors import EngineError
        from dp100.standin.engine.workspace import access

        if not (arguments.username and arguments.password and arguments.tenant):
            raise CliError(
                "usage error: --service-principal --username NAME --password SECRET --tenant TENANT"
            )
        try:
            principal = access.authenticate(arguments.username, arguments.password, arguments.tenant)
        except EngineError as error:
            raise CliError(error.message) from error
        session.keep(service_principal=principal.client_id)
    else:
        session.keep(service_principal=None)
        warn("No account is needed offline: you are signed in already.")
    session.__dict__.pop("principal", None)
    return [_subscription(session)]


def logout(session: Session, arguments: argparse.Namespace) -> None:
    """Sign a service principal out; the user always stays."""
    if session.principal is None:
        warn("No account is needed offline: you stay signed in.")
    session.keep(service_principal=None)


def show(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """The subscription."""
    session.check_subscription(arguments.name)
    return _subscription(session)


def list_all(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """All subscriptions: one."""
    return [_subscription(session)]


def choose(session: Session, arguments: argparse.Namespace) -> None:
    """Choose the one subscription there is."""
    wanted = arguments.name or arguments._subscription
    if not wanted:
        raise CliError("the following arguments are required: --subscription/--name/-n/-s", 2)
    session.check_subscription(wanted)


def token(session: Session, arguments: argparse.Namespace) -> dict[str, Any]:
    """A token that is worth nothing."""
    return {
        "accessToken": "offline",
        "expiresOn": "2038-01-19 03:14:08.000000",
        "expires_on": 2**31,
        "subscription": session.account.subscription_id,
        "tenant": session.account.tenant_id,
        "tokenType": "Bearer",
    }


def locations(session: Session, arguments: argparse.Namespace) -> list[dict[str, Any]]:
    """The regions."""
    from dp100.standin.engine.workspace.regions import REGIONS

    top = f"/subscriptions/{session.account.subscription_id}/locations"
    return [{"id": f"{top}/{region}", "name": region} for region in REGIONS]


def _subscription(session: Session) -> dict[str, Any]:
    account, principal = session.account, session.principal
    user = {"name": account.user, "type": "user"}
    if principal is not None:
        user = {"name": principal.client_id or principal.name, "type": "servicePrincipal"}
    return {
        "environmentName": "AzureCloud",
        "homeTenantId": account.tenant_id,
        "id": account.subscription_id,
        "isDefault": True,
        "managedByTenants": [],
        "name": account.subscription_name,
        "state": "Enabled",
        "tenantId": account.tenant_id,
        "user": user,
    }
