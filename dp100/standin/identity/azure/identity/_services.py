"""Credentials of service principals and of what runs in Azure."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from azure.core.credentials import AccessToken
from azure.identity._base import Evaluated, Plain
from azure.identity._exceptions import CredentialUnavailableError


class ClientSecretCredential(Evaluated):
    """A service principal with its secret, as `az ad sp create-for-rbac` gives both."""

    def __init__(self, tenant_id: str, client_id: str, client_secret: str, **kwargs: Any) -> None:
        if not client_id:
            raise ValueError("client_id should be the id of a Microsoft Entra application")
        if not client_secret:
            raise ValueError("secret should be a Microsoft Entra application's client secret")
        if not tenant_id:
            raise ValueError(
                "tenant_id should be a Microsoft Entra tenant's id (also called its 'directory id')"
            )
        self._sign_in(client_id, client_secret, tenant_id)


class CertificateCredential(Evaluated):
    """A service principal with a certificate; the certificate is read, and not checked."""

    def __init__(
        self, tenant_id: str, client_id: str, certificate_path: str | None = None, **kwargs: Any
    ) -> None:
        data = kwargs.get("certificate_data")
        if certificate_path:
            if data:
                raise ValueError('Please specify either "certificate_path" or "certificate_data", not both')
            Path(certificate_path).read_bytes()
        elif not data:
            raise ValueError(
                'CertificateCredential requires a value for either "certificate_path" or "certificate_data"'
            )
        self._sign_in(client_id, None, tenant_id)


class ClientAssertionCredential(Evaluated):
    """A service principal that proves itself with a token of another provider."""

    def __init__(self, tenant_id: str, client_id: str, func: Callable[[], str], **kwargs: Any) -> None:
        self._sign_in(client_id, None, tenant_id)


class WorkloadIdentityCredential(ClientAssertionCredential):
    """The service principal of a pod in Kubernetes."""

    def __init__(
        self,
        *,
        tenant_id: str | None = None,
        client_id: str | None = None,
        token_file_path: str | None = None,
        **kwargs: Any,
    ) -> None:
        values: dict[str, str] = {}
        for name, given, variable in (
            ("tenant_id", tenant_id, "AZURE_TENANT_ID"),
            ("client_id", client_id, "AZURE_CLIENT_ID"),
            ("token_file_path", token_file_path, "AZURE_FEDERATED_TOKEN_FILE"),
        ):
            value = given or os.environ.get(variable)
            if not value:
                raise ValueError(
                    f"'{name}' is required. Please pass it in or set the {variable} environment variable"
                )
            values[name] = value
        super().__init__(values["tenant_id"], values["client_id"], lambda: "")


class AzurePipelinesCredential(Evaluated):
    """The service principal of a service connection in Azure Pipelines."""

    def __init__(
        self,
        *,
        tenant_id: str,
        client_id: str,
        service_connection_id: str,
        system_access_token: str,
        **kwargs: Any,
    ) -> None:
        if not tenant_id or not client_id or not service_connection_id or not system_access_token:
            raise ValueError(
                "'tenant_id', 'client_id', 'service_connection_id', and 'system_access_token' must be passed in as "
                "keyword arguments."
            )
        self._sign_in(client_id, None, tenant_id)


class OnBehalfOfCredential(Evaluated):
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
        send_certificate_chain: bool = False,
        **kwargs: Any,
    ) -> None:
        if not (client_certificate or client_secret or client_assertion_func):
            raise TypeError(
                'Either "client_certificate", "client_secret", or "client_assertion_func" must be provided'
            )
        self._act()


class ManagedIdentityCredential(Plain):
    """The identity of the compute instance, cluster or endpoint that the code runs on.

    Here that is this machine, whose user owns everything; one named by ``client_id`` is the service principal of
    that id, if there is one.
    """

    def __init__(
        self,
        *,
        client_id: str | None = None,
        identity_config: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        if client_id:
            self._sign_in(client_id, None, None)
        else:
            self._act()


class EnvironmentCredential(Plain):
    """A service principal or user named by AZURE_CLIENT_ID and the other variables of the environment."""

    def __init__(self, **kwargs: Any) -> None:
        tenant, client, secret, certificate, user, password = (
            os.environ.get(f"AZURE_{name}")
            for name in (
                "TENANT_ID",
                "CLIENT_ID",
                "CLIENT_SECRET",
                "CLIENT_CERTIFICATE_PATH",
                "USERNAME",
                "PASSWORD",
            )
        )
        self._complete = True
        if tenant and client and secret:
            self._sign_in(client, secret, tenant)
        elif tenant and client and certificate:
            self._sign_in(client, None, tenant)
        elif client and user and password:
            self._act()
        else:
            self._complete = False

    def _token(self, scopes: tuple[str, ...]) -> AccessToken:
        if not self._complete:
            raise CredentialUnavailableError(
                message="EnvironmentCredential authentication unavailable. Environment variables are not fully "
                "configured.\nVisit https://aka.ms/azsdk/python/identity/environmentcredential/troubleshoot to "
                "troubleshoot this issue."
            )
        return super()._token(scopes)
