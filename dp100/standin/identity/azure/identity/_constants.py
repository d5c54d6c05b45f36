"""Names of authorities, and the options of a cache that there is no need for."""

from __future__ import annotations

from typing import Any


class AzureAuthorityHosts:
    """Hosts that give tokens, for each of Azure's clouds. Nothing here asks them."""

    AZURE_CHINA = "login.chinacloudapi.cn"
    AZURE_GERMANY = "login.microsoftonline.de"
    AZURE_GOVERNMENT = "login.microsoftonline.us"
    AZURE_PUBLIC_CLOUD = "login.microsoftonline.com"


class KnownAuthorities(AzureAuthorityHosts):
    """The older name of :class:`AzureAuthorityHosts`."""


class TokenCachePersistenceOptions:
    """How tokens would be kept between runs; kept, and without effect."""

    def __init__(
        self, *, allow_unencrypted_storage: bool = False, name: str = "msal.cache", **kwargs: Any
    ) -> None:
        self.allow_unencrypted_storage = allow_unencrypted_storage
        self.name = name
