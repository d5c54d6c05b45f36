"""Each credential is the one for synchronous clients, with ``get_token`` and ``close`` to be awaited.

What they do takes no time worth waiting for, so it is done at once.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from azure.core.credentials import AccessToken, AccessTokenInfo, TokenRequestOptions
from azure.core.credentials_async import AsyncTokenCredential
from azure.core.exceptions import ClientAuthenticationError
from azure.identity import _services, _several, _users
from azure.identity._exceptions import CredentialUnavailableError

_Self = TypeVar("_Self", bound="_Awaited")


class _Awaited:
    """In front of a synchronous credential: the parts that are awaited."""

    async def __aenter__(self: _Self) -> _Self:
        return self

    async def __aexit__(self, *args: Any) -> None:
        pass

    async def close(self) -> None:
        """Nothing is open."""

    async def get_token_info(
        self, *scopes: str, options: TokenRequestOptions | None = None
    ) -> AccessTokenInfo:
        """A token for the scopes, with more about it."""
        token: AccessToken = await self.get_token(*scopes)  # type: ignore[attr-defined]
        return AccessTokenInfo(token.token, token.expires_on)


class _Plain(_Awaited):
    async def get_token(
        self, *scopes: str, claims: str | None = None, tenant_id: str | None = None, **kwargs: Any
    ) -> AccessToken:
        """A token for the scopes."""
        token: AccessToken = self._token(scopes)  # type: ignore[attr-defined]
        return token


class _Evaluated(_Awaited):
    async def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AccessToken:
        """A token for the scopes."""
        token: AccessToken = self._token(scopes)  # type: ignore[attr-defined]
        return token


class AzureCliCredential(_Plain, _users.AzureCliCredential):  # type: ignore[misc]
    """The user that `az login` would have signed in."""


class AzureDeveloperCliCredential(_Plain, _users.AzureDeveloperCliCredential):  # type: ignore[misc]
    """The user that `azd auth login` would have signed in."""


class AzurePowerShellCredential(_Plain, _users.AzurePowerShellCredential):  # type: ignore[misc]
    """The user that `Connect-AzAccount` would have signed in."""


class VisualStudioCodeCredential(_Plain, _users.VisualStudioCodeCredential):  # type: ignore[misc]
    """The user signed in to Visual Studio Code."""


class SharedTokenCacheCredential(_Evaluated, _users.SharedTokenCacheCredential):  # type: ignore[misc]
    """The user whose tokens other applications of this machine keep."""

    def __init__(
        self,
        username: str | None = None,
        *,
        authority: str | None = None,
        tenant_id: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(username, **kwargs)


class AuthorizationCodeCredential(_Plain, _users.AuthorizationCodeCredential):  # type: ignore[misc]
    """The user who gave an application an authorization code."""

    def __init__(
        self,
        tenant_id: str,
        client_id: str,
        authorization_code: str,
        redirect_uri: str,
        *,
        client_secret: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(tenant_id, client_id, authorization_code, redirect_uri, **kwargs)


class ClientSecretCredential(_Evaluated, _services.ClientSecretCredential):  # type: ignore[misc]
    """A service principal with its secret."""


class CertificateCredential(_Evaluated, _services.CertificateCredential):  # type: ignore[misc]
    """A service principal with a certificate."""


class ClientAssertionCredential(_Evaluated, _services.ClientAssertionCredential):  # type: ignore[misc]
    """A service principal that proves itself with a token of another provider."""


class WorkloadIdentityCredential(_Evaluated, _services.WorkloadIdentityCredential):  # type: ignore[misc]
    """The service principal of a pod in Kubernetes."""


class AzurePipelinesCredential(_Evaluated, _services.AzurePipelinesCredential):  # type: ignore[misc]
    """The service principal of a service connection in Azure Pipelines."""


class OnBehalfOfCredential(_Evaluated, _services.OnBehalfOfCredential):  # type: ignore[misc]
    """A service that acts for the user who called it."""

    def __init__(
        self,
        tenant_id: str,
        client_id: str,
        *,
        client_certificate: bytes | None = None,
        client_secret: str | None = None,
        client_assertion_func: Callable[[], str] | None = None,
        user_assertion: str,
        password: str | bytes | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            tenant_id,
            client_id,
            client_certificate=client_certificate,
            client_secret=client_secret,
            client_assertion_func=client_assertion_func,
            user_assertion=user_assertion,
        )


class ManagedIdentityCredential(_Plain, _services.ManagedIdentityCredential):  # type: ignore[misc]
    """The identity of what the code runs on."""


class EnvironmentCredential(_Plain, _services.EnvironmentCredential):  # type: ignore[misc]
    """A service principal or user named by the variables of the environment."""


class ChainedTokenCredential(_Awaited, _several.ChainedTokenCredential):  # type: ignore[misc]
    """The first of several credentials that gives a token."""

    async def __aexit__(self, *args: Any) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every credential."""
        for credential in self.credentials:
            await credential.close()

    async def get_token(
        self,
        *scopes: str,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AccessToken:
        """A token of the first credential that has one."""
        attempts: list[str] = []
        for credential in self.credentials:
            try:
                token: AccessToken = await credential.get_token(*scopes)
            except ClientAuthenticationError as error:
                attempts.append(f"{type(credential).__name__}: {error.message}")
                if not isinstance(error, CredentialUnavailableError):
                    break
            else:
                self._successful_credential = credential
                return token
        raise ClientAuthenticationError(message=self._failed(attempts))


class DefaultAzureCredential(_Plain, _several.DefaultAzureCredential):  # type: ignore[misc]
    """The service principal that the environment names, or else the user."""


def get_bearer_token_provider(
    credential: AsyncTokenCredential, *scopes: str
) -> Callable[[], Coroutine[Any, Any, str]]:
    """A function that gives a token for the scopes each time it is awaited."""

    async def provide() -> str:
        return (await credential.get_token(*scopes)).token

    return provide
