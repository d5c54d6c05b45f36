"""Who calls: the signed-in user, who owns the subscription, or a service principal."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import EngineError, NotFound
from dp100.standin.engine.workspace.account import Account


@dataclass(frozen=True, slots=True)
class Principal:
    """A user or a service principal.

    Attributes:
        kind: ``"User"`` or ``"ServicePrincipal"``.
        name: a user's address or a service principal's display name.
        object_id: its GUID in the directory, to which roles are assigned.
        client_id: a service principal's application id; None for a user.
    """

    kind: str
    name: str
    object_id: str
    client_id: str | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """A service principal just registered, with the one sight of its secret that there ever is.

    Attributes:
        principal: the service principal.
        tenant_id: the tenant it is in.
        secret: its password; only a hash is kept.
    """

    principal: Principal
    tenant_id: str
    secret: str

    def __repr__(self) -> str:
        return f"Registration(principal={self.principal!r}, tenant_id={self.tenant_id!r}, secret='***')"


#: The variable with the application id of the service principal that a process stands for: a job's, whose submitter
#: was one. In such a process nobody is signed in but that principal.
VARIABLE = "DP100_PRINCIPAL"

_NOBODY = "00000000-0000-0000-0000-000000000000"


class _Default:
    """Whoever the process stands for."""


_DEFAULT = _Default()
_current: ContextVar[Principal | _Default | None] = ContextVar("dp100_principal", default=_DEFAULT)
_of_process: dict[str, Principal] = {}  # by application id: looked up once


def current() -> Principal | None:
    """The service principal that calls are made under; None is the signed-in user."""
    found = _current.get()
    return inherited() if isinstance(found, _Default) else found


def inherited() -> Principal | None:
    """The service principal that this process stands for: the submitter of the job that it belongs to."""
    client = os.environ.get(VARIABLE)
    if not client:
        return None
    if client not in _of_process:
        _of_process[client] = find_principal(client) or unknown(client)
    return _of_process[client]


def unknown(client_id: str) -> Principal:
    """A service principal that is not registered (any more): it has no roles."""
    return Principal("ServicePrincipal", client_id, _NOBODY, client_id)


def set_current(principal: Principal | None) -> None:
    """Make calls under ``principal`` from here on, in this context; None goes back to whoever is signed in."""
    _current.set(_service_principal(principal))


@contextlib.contextmanager
def acting_as(principal: Principal | None) -> Iterator[None]:
    """Make the calls of a block under ``principal``; None is whoever is signed in.

    A workspace opened inside keeps it.
    """
    token = _current.set(_service_principal(principal))
    try:
        yield
    finally:
        _current.reset(token)


@contextlib.contextmanager
def acting_as_service() -> Iterator[None]:
    """Make the calls of a block as the service itself, which asks nobody: for what an allowed request entails."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def _service_principal(principal: Principal | None) -> Principal | _Default:
    return _DEFAULT if principal is None or principal.kind == "User" else principal


def user(account: Account | None = None) -> Principal:
    """The signed-in user."""
    held = account or Account.load()
    return Principal("User", held.user, held.user_id)


def principals() -> list[Principal]:
    """The registered service principals."""
    return [_principal(held) for held in _held()]


def find_principal(who: str) -> Principal | None:
    """The user or service principal with that address, display name, application id or object id."""
    wanted = who.casefold()
    for each in (user(), *principals()):
        if wanted and wanted in (each.name.casefold(), each.object_id, (each.client_id or "").casefold()):
            return each
    return None


def authenticate(client_id: str, secret: str, tenant_id: str | None = None) -> Principal:
    """The service principal whose id and secret these are.

    Raises:
        NotFound: no such application is registered (``AADSTS700016``).
        EngineError: the secret is wrong (``AADSTS7000215``), or the tenant is another (``AADSTS90002``).
    """
    import hmac

    account = Account.load()
    if tenant_id and tenant_id.casefold() != account.tenant_id.casefold():
        raise EngineError(
            f"AADSTS90002: Tenant '{tenant_id}' not found. Check to make sure you have the correct tenant ID.",
            code="AADSTS90002",
            target="tenant",
        )
    for held in _held():
        if held["client_id"].casefold() == client_id.casefold():
            if hmac.compare_digest(held["secret_hash"], _hash(held["salt"], secret)):
                return _principal(held)
            raise EngineError(
                "AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the "
                f"client secret value, not the client secret ID, for a secret added to app '{client_id}'.",
                code="AADSTS7000215",
                target="credential",
            )
    raise NotFound(
        "Application",
        client_id,
        message=f"AADSTS700016: Application with identifier '{client_id}' was not found in the directory "
        f"'{account.tenant_id}'.",
        code="AADSTS700016",
        target="credential",
    )


def _principal(held: Mapping[str, Any]) -> Principal:
    return Principal("ServicePrincipal", held["name"], held["object_id"], held["client_id"])


def _hash(salt: str, secret: str) -> str:
    import hashlib

    return hashlib.scrypt(secret.encode(), salt=salt.encode(), n=2**12, r=8, p=1).hex()


def _held() -> list[dict[str, Any]]:
    return list(store.read_yaml_or_empty(locations.azure() / "principals.yaml").get("principals", []))


def register(name: str | None) -> Registration:
    """Register an application with a service principal and a secret; see ``access.register_principal``."""
    secret, salt = os.urandom(30).hex(), os.urandom(16).hex()
    path = locations.azure() / "principals.yaml"
    with store.locked(path):
        there = _held()
        held = next((each for each in there if each["name"] == name), None) or {
            "name": name or f"azure-cli-{store.now()[:19].replace('T', '-').replace(':', '-')}",
            "client_id": store.guid(),
            "object_id": store.guid(),
        }
        held |= {"salt": salt, "secret_hash": _hash(salt, secret)}
        others = [each for each in there if each["client_id"] != held["client_id"]]
        store.write_yaml(path, {"principals": [*others, held]}, mode=0o600)
    return Registration(_principal(held), Account.load().tenant_id, secret)
