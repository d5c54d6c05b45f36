"""Credentials of the signed-in user. In the cloud they differ in how they ask who that is; here nobody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from azure.core.exceptions import ClientAuthenticationError
from azure.identity._base import DEVELOPER_CLIENT, Evaluated, Plain
from azure.identity._constants import AzureAuthorityHosts
from azure.identity._exceptions import AuthenticationRequiredError
from azure.identity._record import AuthenticationRecord

from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.account import Account


class _Tool(Plain):
    """A credential that a tool's login would stand behind."""

    def __init__(
        self,
        *,
        tenant_id: str = "",
        additionally_allowed_tenants: list[str] | None = None,
        process_timeout: int = 10,
    ) -> None:
        self.tenant_id = tenant_id
        self._act()


class AzureCliCredential(_Tool):
    """The user that `az login` would have signed in."""

    def __init__(
        self,
        *,
        tenant_id: str = "",
        subscription: str | None = None,
        additionally_allowed_tenants: list[str] | None = None,
        process_timeout: int = 10,
    ) -> None:
        super().__init__(tenant_id=tenant_id)


class AzureDeveloperCliCredential(_Tool):
    """The user that `azd auth login` would have signed in."""


class AzurePowerShellCredential(_Tool):
    """The user that `Connect-AzAccount` would have signed in."""


class VisualStudioCodeCredential(Plain):
    """The user signed in to Visual Studio Code."""

    def __init__(self, **kwargs: Any) -> None:
        self._act()


class SharedTokenCacheCredential(Evaluated):
    """The user whose tokens other applications of this machine keep."""

    def __init__(self, username: str | None = None, **kwargs: Any) -> None:
        self._act()

    @staticmethod
    def supported() -> bool:
        """Whether the platform has such a cache."""
        return True


class AuthorizationCodeCredential(Plain):
    """The user who gave an application an authorization code."""

    def __init__(
        self, tenant_id: str, client_id: str, authorization_code: str, redirect_uri: str, **kwargs: Any
    ) -> None:
        self._act()


class _Interactive(Evaluated):
    """A credential that would ask the user to sign in."""

    _client_id = DEVELOPER_CLIENT
    _prompts = True

    def _keep(self, client_id: str | None, options: dict[str, Any]) -> None:
        self._client_id = client_id or DEVELOPER_CLIENT
        self._prompts = not options.get("disable_automatic_authentication", False)
        self._act()

    def authenticate(
        self,
        *,
        scopes: Iterable[str] | None = None,
        claims: str | None = None,
        tenant_id: str | None = None,
        enable_cae: bool = False,
        **kwargs: Any,
    ) -> AuthenticationRecord:
        """Sign in, which takes no account here.

        Returns:
            The record of the made-up user.
        """
        account = Account.load()
        user = access.user(account)
        self._prompts = True
        return AuthenticationRecord(
            tenant_id=account.tenant_id,
            client_id=self._client_id,
            authority=AzureAuthorityHosts.AZURE_PUBLIC_CLOUD,
            home_account_id=f"{user.object_id}.{account.tenant_id}",
            username=user.name,
        )

    def _token(self, scopes: tuple[str, ...]) -> Any:
        if scopes and not self._prompts:
            raise AuthenticationRequiredError(scopes)
        return super()._token(scopes)


class InteractiveBrowserCredential(_Interactive):
    """A user who would sign in with a browser. None is opened."""

    def __init__(self, **kwargs: Any) -> None:
        self._keep(kwargs.get("client_id"), kwargs)


class DeviceCodeCredential(_Interactive):
    """A user who would sign in elsewhere with a code. No code is given out."""

    def __init__(
        self,
        client_id: str = DEVELOPER_CLIENT,
        *,
        timeout: int | None = None,
        prompt_callback: Callable[[str, str, datetime], None] | None = None,
        **kwargs: Any,
    ) -> None:
        self._keep(client_id, kwargs)


class UsernamePasswordCredential(_Interactive):
    """A user with a password, which is not looked at: there is one user, and whoever is here is that user."""

    def __init__(self, client_id: str, username: str, password: str, **kwargs: Any) -> None:
        if not (username and password):
            raise ClientAuthenticationError(message="A user name and a password are needed.")
        self._keep(client_id, kwargs)
