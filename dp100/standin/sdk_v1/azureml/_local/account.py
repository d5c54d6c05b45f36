"""Who calls: credentials of the SDK as principals of the engine."""

from __future__ import annotations

import time
from dataclasses import replace

from dp100.standin.engine.workspace import principals as _principals
from dp100.standin.engine.workspace.account import Account


def account():
    """The account that is signed in."""
    return Account.load()


def check_subscription(subscription_id):
    """Refuse a subscription that the account does not have, as ``_check_if_subscription_exists`` does.

    Raises:
        UserErrorException: it is another one, or its name.
    """
    from azureml.exceptions._azureml_exception import UserErrorException

    held = account()
    wanted = subscription_id.casefold().strip()
    if wanted == held.subscription_id.casefold():
        return
    every = (
        f"[SubscriptionInfo(subscription_name='{held.subscription_name}', "
        f"subscription_id='{held.subscription_id}')]"
    )
    if wanted == held.subscription_name.casefold():
        raise UserErrorException(
            f"It looks like you have specified subscription name, {subscription_id}, instead of subscription id. "
            f"Subscription names may not be unique, please specify subscription id from this list \n {every}"
        )
    raise UserErrorException(
        f"You are currently logged-in to {held.tenant_id} tenant. You don't have access to {subscription_id} "
        "subscription, please check if it is in this tenant. All the subscriptions that you have access to in this "
        f"tenant are = \n {every}. \n Please refer to aka.ms/aml-notebook-auth for different authentication mechanisms "
        "in azureml-sdk."
    )


def acting_as(auth):
    """A block whose calls are made with the credentials ``auth``; None is whoever the process stands for.

    SDK v1 knows nothing of azure.identity: a credential of that, made before, does not count.
    """
    return _principals.acting_as(principal_of(auth))


def kept(ws):
    """The workspace for whoever has opened it, as an object of the SDK keeps its credentials.

    A credential of azure.identity that is made later is somebody else's.
    """
    return ws if ws.principal is not None else replace(ws, principal=_principals.user())


def principal_of(auth):
    """The service principal that credentials stand for; None is the signed-in user."""
    find = getattr(auth, "_principal", None)
    return find() if find is not None else None


def token(auth=None):
    """A bearer token in the form of Azure's: three parts, of which the second says who it is for."""
    import base64
    import json

    held = account()
    principal = principal_of(auth)
    claims = {
        "tid": held.tenant_id,
        "oid": principal.object_id if principal else held.user_id,
        "upn": principal.name if principal else held.user,
        "exp": int(time.time()) + 3600,
    }
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"offline.{body}.offline"


def expiry():
    """When a token made now ends, in seconds since the epoch."""
    return int(time.time()) + 3600
