"""Who calls: credentials of the SDK as principals of the engine."""

from __future__ import annotations

import contextlib
import time

from dp100.standin.engine.workspace import principals as _principals
from dp100.standin.engine.workspace.account import Account


def account():
    """The account that is signed in."""
    return Account.load()


def acting_as(auth):
    """A block whose calls are made with the credentials ``auth``; None leaves who calls as it is."""
    if auth is None:
        return contextlib.nullcontext()
    return _principals.acting_as(principal_of(auth))


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
