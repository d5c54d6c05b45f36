"""What every credential does: say who it stands for, and give tokens that are worth nothing outside."""

from __future__ import annotations

import base64
import json
import time
from typing import Any, TypeVar

from azure.core.credentials import AccessToken, AccessTokenInfo, TokenRequestOptions
from azure.core.exceptions import ClientAuthenticationError

from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.account import Account

DEVELOPER_CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46"
"""The application that interactive credentials sign in with: the Azure CLI's public id."""

_HOUR = 3600
_Self = TypeVar("_Self", bound="Credential")


class Credential:
    """A credential for whoever is signed in, unless :meth:`_sign_in` has made it a service principal's.

    Signed in is the user, and inside a job whoever submitted it.

    Making one, and asking it for a token, makes its principal the one that calls are made under; a workspace that is
    opened then keeps it.
    """

    _principal: Principal | None = None
    _refused: EngineError | None = None

    def _act(self) -> None:
        """Make calls under this credential's principal from here on."""
        access.set_current(self._principal)

    def _sign_in(self, client_id: str, secret: str | None, tenant_id: str | None) -> None:
        """Stand for a service principal. What is wrong with it is said when a token is wanted, as Azure does.

        Args:
            client_id: its application id.
            secret: its password; None where the credential proves itself in a way that cannot be checked here.
        """
        try:
            if secret is None:
                self._principal = access.find_principal(client_id) or access.unknown(client_id)
            else:
                self._principal = access.authenticate(client_id, secret, tenant_id)
        except EngineError as error:
            self._refused = error
            self._principal = access.unknown(client_id)
        self._act()

    def _token(self, scopes: tuple[str, ...]) -> AccessToken:
        if not scopes:
            raise ValueError('"get_token" requires at least one scope')
        if self._refused is not None:
            raise ClientAuthenticationError(message=f"Authentication failed: {self._refused.message}")
        self._act()
        return made_up_token(scopes, self._principal)

    def get_token_info(self, *scopes: str, options: TokenRequestOptions | None = None) -> AccessTokenInfo:
        """A token for the scopes, with more about it.

        Raises:
            ValueError: no scope was given.
            ClientAuthenticationError: the service principal or its secret is wrong.
        """
        token = self._token(scopes)
        return AccessTokenInfo(token.token, token.expires_on)

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *args: Any) -> None:
        pass

    def close(self) -> None:
        """Nothing is open."""


class Plain(Credential):
    """A credential whose ``get_token`` has no ``enable_cae``."""

    def get_token(
        self, *scopes: str, claims: str | None = None, tenant_id: str | None = None, **kwargs: Any
    ) -> AccessToken:
        """A token for the scopes.

        Raises:
            ValueError: no scope was given.
            ClientAuthenticationError: the service principal or its secret is wrong.
        """
        return self._token(scopes)


class Evaluated(Credential):
    """A credential whose ``get_token`` has ``enable_cae``, for continuous access evaluation."""

    def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AccessToken:
        """A token for the scopes.

        Raises:
            ValueError: no scope was given.
            ClientAuthenticationError: the service principal or its secret is wrong.
        """
        return self._token(scopes)


def made_up_token(scopes: tuple[str, ...], principal: Principal | None) -> AccessToken:
    """A JSON Web Token without a signature, from an issuer that does not exist, good for an hour."""
    account = Account.load()
    who = principal or access.current() or access.user(account)  # a job may stand for a service principal
    now = int(time.time())
    claims: dict[str, Any] = {
        "iss": f"https://offline.invalid/{account.tenant_id}/",
        "aud": scopes[0].removesuffix("/.default"),
        "tid": account.tenant_id,
        "oid": who.object_id,
        "sub": who.object_id,
        "name": who.name,
        "appid": who.client_id or DEVELOPER_CLIENT,
        "idtyp": "app" if who.client_id else "user",
        "iat": now,
        "nbf": now,
        "exp": now + _HOUR,
    }
    if not who.client_id:
        claims["upn"] = claims["unique_name"] = who.name
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return AccessToken(".".join([*(_encoded(part) for part in parts), "offline"]), now + _HOUR)


def _encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
