"""Credentials made of others."""

from __future__ import annotations

import os
from typing import Any

from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError
from azure.identity._base import Evaluated
from azure.identity._exceptions import CredentialUnavailableError
from azure.identity._services import EnvironmentCredential
from azure.identity._users import AzureCliCredential


class ChainedTokenCredential(Evaluated):
    """The first of several credentials that gives a token."""

    def __init__(self, *credentials: Any) -> None:
        if not credentials:
            raise ValueError("at least one credential is required")
        self.credentials = credentials
        self._successful_credential: Any = None
        first = _available(credentials)
        self._principal = getattr(first, "_principal", None)
        self._refused = getattr(first, "_refused", None)
        self._act()

    def close(self) -> None:
        """Close every credential."""
        for credential in self.credentials:
            credential.close()

    def _token(self, scopes: tuple[str, ...]) -> AccessToken:
        attempts: list[str] = []
        for credential in self.credentials:
            name = type(credential).__name__
            try:
                token: AccessToken = credential.get_token(*scopes)
            except ClientAuthenticationError as error:
                attempts.append(f"{name}: {error.message}")
                if not isinstance(error, CredentialUnavailableError):
                    break  # it tried, and was refused: the others would hide that
            else:
                self._successful_credential = credential
                return token
        raise ClientAuthenticationError(message=self._failed(attempts))

    def _failed(self, attempts: list[str]) -> str:
        told = "\n\t".join(attempts)
        return (
            f"{type(self).__name__} failed to retrieve a token from the included credentials.\n"
            f"Attempted credentials:\n\t{told}\nTo mitigate this issue, please refer to the troubleshooting guidelines "
            "here at https://aka.ms/azsdk/python/identity/defaultazurecredential/troubleshoot."
        )


class DefaultAzureCredential(ChainedTokenCredential):
    """The service principal that the environment names, or else the user; the other sources are not asked."""

    def __init__(self, **kwargs: Any) -> None:
        chain: list[Any] = []
        if not kwargs.get("exclude_environment_credential") and os.environ.get("AZURE_CLIENT_ID"):
            chain.append(EnvironmentCredential())
        super().__init__(*chain, AzureCliCredential())

    def get_token(
        self, *scopes: str, claims: str | None = None, tenant_id: str | None = None, **kwargs: Any
    ) -> AccessToken:
        """A token of the first credential that has one.

        Raises:
            ClientAuthenticationError: none has.
        """
        return self._token(scopes)


def _available(credentials: tuple[Any, ...]) -> Any:
    """The first credential that is not unavailable: the one whose answer the chain ends with."""
    return next((each for each in credentials if getattr(each, "_complete", True)), None)
