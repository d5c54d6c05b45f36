"""ml_client.datastores."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from azure.ai.ml.entities import (
    AccountKeyConfiguration,
    AzureBlobDatastore,
    AzureDataLakeGen1Datastore,
    AzureDataLakeGen2Datastore,
    AzureFileDatastore,
    CertificateConfiguration,
    Datastore,
    NoneCredentialConfiguration,
    OneLakeArtifact,
    OneLakeDatastore,
    SasTokenConfiguration,
    ServicePrincipalConfiguration,
)
from azure.ai.ml.exceptions import ErrorTarget

from dp100.standin.engine.data import datastores as engine
from dp100.standin.engine.errors import NotOffline
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.answers import paged
from dp100.standin.sdk_v2.errors import invalid
from dp100.standin.sdk_v2.scope import Operations

# Type -> the entity, and the attributes that name its account and container.
_ENTITIES: dict[str, tuple[type[Any], str, str | None]] = {
    "AzureBlob": (AzureBlobDatastore, "account_name", "container_name"),
    "AzureFile": (AzureFileDatastore, "account_name", "file_share_name"),
    "AzureDataLakeGen1": (AzureDataLakeGen1Datastore, "store_name", None),
    "AzureDataLakeGen2": (AzureDataLakeGen2Datastore, "account_name", "filesystem"),
    "OneLake": (OneLakeDatastore, "one_lake_workspace_name", None),
}
_OPEN = ("tenant_id", "client_id", "resource_url", "authority_url", "thumbprint")


class DatastoreOperations(Operations):
    """Datastores of the workspace."""

    def list(self, *, include_secrets: bool = False) -> Iterable[Datastore]:
        """The datastores, without those of types that only SDK v1 has."""

        def read() -> Iterable[Datastore]:
            with self._scope.opened() as ws:
                return [
                    _entity(ws, each, include_secrets) for each in engine.list(ws) if each.type in _ENTITIES
                ]

        return paged(read)

    def delete(self, name: str) -> None:
        """Forget a datastore; what is stored stays.

        Raises:
            ResourceNotFoundError: there is none of that name.
            ResourceExistsError: it is the default one.
        """
        with self._scope.opened() as ws:
            engine.unregister(ws, name)

    def get(self, name: str, *, include_secrets: bool = False) -> Datastore:
        """The datastore of that name.

        Raises:
            ResourceNotFoundError: there is none.
        """
        with self._scope.opened() as ws:
            return _entity(ws, engine.get(ws, name), include_secrets)

    def get_default(self, *, include_secrets: bool = False) -> Datastore:
        """The datastore that is used when none is named."""
        with self._scope.opened() as ws:
            return _entity(ws, engine.default(ws), include_secrets)

    def create_or_update(self, datastore: Datastore) -> Datastore:
        """Register a datastore, or change the one of that name.

        Raises:
            HttpResponseError: a name that the service does not take, or no account or container.
        """
        with self._scope.opened() as ws:
            if datastore.type not in _ENTITIES:
                raise invalid(f"Unsupported datastore type: {datastore.type}.", ErrorTarget.DATASTORE)
            _, account, container = _ENTITIES[datastore.type]
            held: Any = datastore
            spec = {name: getattr(held, name) for name in (account, container) if name}
            for name in ("endpoint", "protocol", "description"):
                spec[name] = getattr(held, name, None)
            spec["tags"] = dict(datastore.tags or {}) or None
            if isinstance(held, OneLakeDatastore):
                spec["artifact_name"] = held.artifact.name
                spec["artifact_type"] = held.artifact.type
            made = engine.register(
                ws,
                str(datastore.name),
                datastore.type,
                overwrite=True,
                **spec,
                **_credentials(held.credentials),
            )
            return _entity(ws, made, False)

    def mount(
        self,
        path: str,
        *,
        mount_point: str | None = None,
        mode: str = "ro_mount",
        debug: bool = False,
        persistent: bool = False,
        **kwargs: Any,
    ) -> None:
        """Not offline: it needs a file system driver of the service's machines."""
        raise NotOffline("ml_client.datastores.mount")


# --- inside ----------------------------------------------------------------------------------------------


def _credentials(given: Any) -> dict[str, Any]:
    """The engine's arguments for an entity's credentials: secrets apart from what may be shown."""
    secrets: dict[str, Any] = {}
    kind = "None"
    if isinstance(given, AccountKeyConfiguration):
        kind, secrets = "AccountKey", {"account_key": given.account_key}
    elif isinstance(given, SasTokenConfiguration):
        kind, secrets = "Sas", {"sas_token": given.sas_token}
    elif isinstance(given, ServicePrincipalConfiguration):
        kind, secrets = "ServicePrincipal", {"client_secret": given.client_secret}
    elif isinstance(given, CertificateConfiguration):
        kind, secrets = "Certificate", {"certificate": given.certificate}
    return {
        "credential_type": kind,
        "credentials": {name: value for name, value in secrets.items() if value is not None},
        **{name: getattr(given, name, None) for name in _OPEN},
    }


def _entity(ws: Workspace, found: engine.Datastore, include_secrets: bool) -> Datastore:
    if found.type not in _ENTITIES:
        raise invalid(f"Unsupported datastore type {found.type}", ErrorTarget.DATASTORE)
    kind, account, container = _ENTITIES[found.type]
    given: dict[str, Any] = {account: found.account}
    if container:
        given[container] = found.container
    if found.type == "OneLake":
        given["artifact"] = OneLakeArtifact(
            name=str(found.spec.get("artifact_name") or found.container),
            type=found.spec.get("artifact_type", "lake_house"),
        )
    if found.type != "AzureDataLakeGen1":
        given |= {name: found.spec[name] for name in ("endpoint", "protocol") if found.spec.get(name)}
    secrets = engine.credentials(ws, found.name) if include_secrets else {}
    made: Datastore = kind(
        name=found.name,
        id=found.id,
        description=found.spec.get("description"),
        tags=found.spec.get("tags"),
        credentials=_shown(found, secrets),
        **given,
    )
    return made


def _shown(found: engine.Datastore, secrets: dict[str, Any]) -> Any:
    """The entity's credentials; their secrets are None unless they were asked for."""
    known = {name: found.spec[name] for name in _OPEN if found.spec.get(name)}
    if found.credential_type == "AccountKey":
        return AccountKeyConfiguration(account_key=secrets.get("account_key"))
    if found.credential_type == "Sas":
        return SasTokenConfiguration(sas_token=secrets.get("sas_token"))
    if found.credential_type == "ServicePrincipal":
        known.pop("thumbprint", None)
        return ServicePrincipalConfiguration(client_secret=secrets.get("client_secret"), **known)
    if found.credential_type == "Certificate":
        return CertificateConfiguration(certificate=secrets.get("certificate"), **known)
    return NoneCredentialConfiguration()
