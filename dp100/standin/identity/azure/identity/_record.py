"""Who has been authenticated, in a form that can be written down."""

from __future__ import annotations

import json

_VERSION = "1.0"


class AuthenticationRecord:
    """The account that an interactive credential has signed in."""

    def __init__(
        self, tenant_id: str, client_id: str, authority: str, home_account_id: str, username: str
    ) -> None:
        self._tenant_id = tenant_id
        self._client_id = client_id
        self._authority = authority
        self._home_account_id = home_account_id
        self._username = username

    @property
    def authority(self) -> str:
        """The host of the authority."""
        return self._authority

    @property
    def client_id(self) -> str:
        """The application that asked."""
        return self._client_id

    @property
    def home_account_id(self) -> str:
        """The account's id."""
        return self._home_account_id

    @property
    def tenant_id(self) -> str:
        """The tenant that the account is in."""
        return self._tenant_id

    @property
    def username(self) -> str:
        """The account's address."""
        return self._username

    @classmethod
    def deserialize(cls, data: str) -> AuthenticationRecord:
        """The record that :meth:`serialize` wrote."""
        held = json.loads(data)
        if held.get("version") != _VERSION:
            raise ValueError(
                f'Unexpected version "{held.get("version")}". This package supports these versions: 1.0'
            )
        return cls(
            authority=held["authority"],
            client_id=held["clientId"],
            home_account_id=held["homeAccountId"],
            tenant_id=held["tenantId"],
            username=held["username"],
        )

    def serialize(self) -> str:
        """The record as JSON."""
        return json.dumps(
            {
                "authority": self._authority,
                "clientId": self._client_id,
                "homeAccountId": self._home_account_id,
                "tenantId": self._tenant_id,
                "username": self._username,
                "version": _VERSION,
            }
        )
