"""Tokens for clients that take a function."""

from __future__ import annotations

from collections.abc import Callable

from azure.core.credentials import TokenCredential


def get_bearer_token_provider(credential: TokenCredential, *scopes: str) -> Callable[[], str]:
    """A function that gives a token for the scopes each time it is called."""

    def provide() -> str:
        return credential.get_token(*scopes).token

    return provide
