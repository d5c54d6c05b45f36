"""What credentials raise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from azure.core.exceptions import ClientAuthenticationError


class CredentialUnavailableError(ClientAuthenticationError):
    """The credential did not try, for it lacks what it would need; a chain goes on to the next."""


class AuthenticationRequiredError(CredentialUnavailableError):
    """A credential that may not prompt by itself needs :meth:`authenticate` to be called first."""

    def __init__(
        self, scopes: Iterable[str], message: str | None = None, claims: str | None = None, **kwargs: Any
    ) -> None:
        self._claims = claims
        self._scopes = scopes
        super().__init__(
            message=message
            or "Interactive authentication is required to get a token. Call 'authenticate' to begin.",
            **kwargs,
        )

    @property
    def scopes(self) -> Iterable[str]:
        """The scopes that were asked for."""
        return self._scopes

    @property
    def claims(self) -> str | None:
        """Additional claims that are needed."""
        return self._claims
