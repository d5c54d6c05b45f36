"""Datastores: names for places in storage, each a folder here, with their credentials in a file of their own."""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dp100.standin.engine import store
from dp100.standin.engine.errors import AlreadyExists, Conflict, Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace, update

# The file share of notebooks has the same name in every workspace of Azure.
_WORKING_DIRECTORY = "code-391ff5ac-6576-460f-ba4d-7e03433c68b6"
_BUILT_IN = (
    "workspaceblobstore",
    "workspaceworkingdirectory",
    "workspaceartifactstore",
    "workspacefilestore",
)
_NAME = re.compile(r"[a-z0-9_]{1,255}")
_SECRET = re.compile(
    r"(account_?key|sas_?token|secret|password|pwd|^token|_token|certificate$|keytab|private_?key|connection_?string)",
    re.IGNORECASE,
)

# type -> the folder under storage/, and the names under which its account and its container may be given
_KINDS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "AzureBlob": ("blob", ("account_name",), ("container_name",)),
    "AzureFile": ("file", ("account_name",), ("file_share_name", "container_name", "share_name")),
    "AzureDataLakeGen1": ("adls", ("store_name",), ()),
    "AzureDataLakeGen2": ("adls", ("account_name",), ("filesystem", "container_name")),
    "AzureSqlDatabase": ("sql", ("server_name",), ("database_name",)),
    "AzurePostgreSql": ("postgresql", ("server_name",), ("database_name",)),
    "AzureMySql": ("mysql", ("server_name",), ("database_name",)),
    "DBFS": ("dbfs", (), ()),
    "Hdfs": ("hdfs", ("namenode_address", "hdfs_server"), ()),
    "OneLake": ("onelake", ("one_lake_workspace_name",), ("artifact_name", "artifact")),
}
_ALIASES = {
    "azuredatalake": "AzureDataLakeGen1",  # what SDK v1 calls it
    "azuredatalakestore": "AzureDataLakeGen1",
    "databricks": "DBFS",
} | {kind.lower(): kind for kind in _KINDS}


@dataclass(frozen=True, slots=True)
class Datastore:
    """A datastore, without its credentials.

    Attributes:
        name: lower case; names do not differ by case.
        type: ``AzureBlob``, ``AzureFile``, ``AzureDataLakeGen1``, ``AzureDataLakeGen2``, ``AzureSqlDatabase``,
            ``AzurePostgreSql``, ``AzureMySql``, ``DBFS``, ``Hdfs`` or ``OneLake``.
        account: the storage account, store or server; None where the type has none.
        container: the container, file share, file system or database; None where the type has none.
        spec: everything else that it was registered with: endpoint, protocol, description, tags ...
        credential_type: ``None``, ``AccountKey``, ``Sas``, ``ServicePrincipal``, ``Certificate``, ``SqlAuthentication``
            or ``Kerberos``.
        is_default: whether uploads go here when no datastore is named.
        created: when it was registered, UTC.
        id: the ARM id.
    """

    name: str
    type: str
    account: str | None
    container: str | None
    spec: dict[str, Any] = field(default_factory=dict)
    credential_type: str = "None"
    is_default: bool = False
    created: datetime = field(default_factory=lambda: store.moment(store.now()))
    id: str = ""


def register(
    ws: Workspace,
    name: str,
    type: str,
    *,
    credentials: Mapping[str, Any] | None = None,
    overwrite: bool = False,
    **spec: Any,
) -> Datastore:
    """Register a datastore. Its folder is made, empty unless another datastore names the same container.

    Args:
        ws: the workspace.
        name: letters, digits and underscores; capitals become small.
        type: one of :class:`Datastore`'s, in any case (``"azure_blob"`` too).
        credentials: secrets, by name; kept in a file that only the learner may read.
        overwrite: change the datastore that is there instead of refusing.
        spec: account and container under the names the SDKs use (``account_name``, ``container_name``,
            ``file_share_name``, ``filesystem``, ``store_name``, ``server_name``, ``database_name`` ...), and what is
            kept and shown again. A value with the name of a secret is kept with the credentials.

    Raises:
        Invalid: a name or type that there is not, or an account or container missing.
        AlreadyExists: the name is taken.
        Forbidden: the principal may not register datastores.
    """
    access.check(ws, "datastores/write")
    kind = _kind(type)
    lower = _checked(name)
    open_spec = {key: value for key, value in spec.items() if value is not None}
    hidden = dict(credentials or {})
    for key in [key for key in open_spec if _SECRET.search(key)]:
        hidden[key] = open_spec.pop(key)
    account, container = _given(kind, open_spec, lower)
    path = _path(ws, lower)
    with store.locked(ws.folder / "datastores"):
        before = store.read_yaml(path) if path.exists() else None
        if before and not overwrite:
            raise AlreadyExists(
                "Datastore",
                lower,
                message="Another datastore with the same name already exists",
                target="datastore",
            )
        record: dict[str, Any] = {
            "name": lower,
            "type": kind,
            "account": account,
            "container": container,
            "credential_type": _credential_type(hidden, open_spec.pop("credential_type", None)),
            "created": before["created"] if before else store.now(),
            "spec": open_spec,
        }
        secrets = _secrets_path(ws, lower)
        # Secrets first: a process killed in between leaves a file that no datastore points to.
        if hidden:
            store.write_json(secrets, hidden, mode=0o600)
        else:
            secrets.unlink(missing_ok=True)
        store.write_yaml(path, record)
    _storage(ws.folder, kind, account, container).mkdir(parents=True, exist_ok=True)
    return _datastore(ws, record)


def get(ws: Workspace, name: str) -> Datastore:
    """The datastore of that name, in any case.

    Raises:
        NotFound: there is none.
    """
    access.check(ws, "datastores/read")
    return _get(ws, name)


def list(ws: Workspace) -> builtins.list[Datastore]:
    """All datastores, in the order they were registered."""
    access.check(ws, "datastores/read")
    chosen = _default_name(ws)
    found = []
    for path in (ws.folder / "datastores").glob("[!.]*.yaml"):
        try:
            found.append(_datastore(ws, store.read_yaml(path), chosen))
        except FileNotFoundError:
            continue  # unregistered meanwhile
    return sorted(found, key=lambda each: (each.created, each.name))


def unregister(ws: Workspace, name: str) -> None:
    """Forget a datastore. What is stored in its container stays.

    Raises:
        NotFound: there is none.
        Conflict: it is the default datastore.
    """
    access.check(ws, "datastores/delete")
    found = _get(ws, name)
    if found.is_default:
        raise Conflict(
            f"Datastore {found.name} is the default datastore of the workspace and cannot be deleted. Make another "
            "one the default first.",
            code="UserError",
            target="datastore",
        )
    with store.locked(ws.folder / "datastores"):
        _path(ws, found.name).unlink(missing_ok=True)
        _secrets_path(ws, found.name).unlink(missing_ok=True)


def default(ws: Workspace) -> Datastore:
    """The datastore that is used when none is named."""
    return get(ws, _default_name(ws))


def set_default(ws: Workspace, name: str) -> None:
    """Make a datastore the default.

    Raises:
        NotFound: there is none of that name.
    """
    access.check(ws, "datastores/write")
    found = _get(ws, name)
    with access.as_service(ws) as service:
        update(service, default_datastore=found.name)


def credentials(ws: Workspace, name: str) -> dict[str, Any]:
    """The secrets of a datastore; nothing in the engine prints them.

    Raises:
        NotFound: there is no such datastore.
        Forbidden: the principal may not list secrets. That is an action of its own (``datastores/listsecrets/action``),
            which Reader, whose role is ``*/read``, does not have; everything else of a datastore it may read.
    """
    found = get(ws, name)
    access.check(ws, "datastores/listsecrets/action")
    try:
        return dict(store.read_json(_secrets_path(ws, found.name)))
    except FileNotFoundError:
        return {}


def folder(ws: Workspace, datastore: str | Datastore) -> Path:
    """The folder behind a datastore; made if it is missing.

    Raises:
        NotFound: there is no such datastore.
    """
    access.check(ws, "datastores/read")
    found = _get(ws, datastore) if isinstance(datastore, str) else datastore
    place = _storage(ws.folder, found.type, found.account, found.container)
    place.mkdir(parents=True, exist_ok=True)
    return place


def at(ws: Workspace, kinds: tuple[str, ...], account: str, container: str | None) -> Datastore | None:
    """The first datastore of one of these types that stands for that container."""
    for found in list(ws):
        if (
            found.type in kinds
            and (found.account or "").casefold() == account.casefold()
            and (container is None or (found.container or "").casefold() == container.casefold())
        ):
            return found
    return None


def write_built_in(folder: Path, record: Mapping[str, Any]) -> None:
    """The four datastores of a workspace that is just being made in ``folder``."""
    account = str(record["storage_account"]).rsplit("/", 1)[-1]
    identity = record["workspace_id"]
    places = {
        "workspaceblobstore": ("AzureBlob", f"azureml-blobstore-{identity}"),
        "workspaceworkingdirectory": ("AzureFile", _WORKING_DIRECTORY),
        "workspaceartifactstore": ("AzureBlob", "azureml"),
        "workspacefilestore": ("AzureFile", f"azureml-filestore-{identity}"),
    }
    signed = "None" if record.get("system_datastores_auth_mode") == "identity" else "AccountKey"
    for name in _BUILT_IN:
        kind, container = places[name]
        spec = {"endpoint": "core.windows.net", "protocol": "https"}
        store.write_yaml(
            folder / "datastores" / f"{name}.yaml",
            {
                "name": name,
                "type": kind,
                "account": account,
                "container": container,
                "credential_type": signed,
                "created": store.now(),
                "spec": spec,
            },
        )
        _storage(folder, kind, account, container).mkdir(parents=True, exist_ok=True)


# --- inside ----------------------------------------------------------------------------------------------


def _get(ws: Workspace, name: str) -> Datastore:
    try:
        record = store.read_yaml(_path(ws, str(name).lower()))
    except (FileNotFoundError, IndexError):
        raise NotFound(
            "Datastore", str(name), message=f"Could not find datastore: {name}", target="datastore"
        ) from None
    return _datastore(ws, record)


def _datastore(ws: Workspace, record: Mapping[str, Any], chosen: str | None = None) -> Datastore:
    return Datastore(
        name=record["name"],
        type=record["type"],
        account=record["account"],
        container=record["container"],
        spec=dict(record["spec"] or {}),
        credential_type=record["credential_type"],
        is_default=record["name"] == (chosen or _default_name(ws)),
        created=store.moment(record["created"]),
        id=f"{ws.id}/datastores/{record['name']}",
    )


def _default_name(ws: Workspace) -> str:
    return str(ws.record["default_datastore"])


def _path(ws: Workspace, name: str) -> Path:
    return ws.folder / "datastores" / f"{store.file_name(name)}.yaml"


def _secrets_path(ws: Workspace, name: str) -> Path:
    return ws.folder / "secrets" / f"{store.file_name(name)}.json"


def _storage(folder: Path, kind: str, account: str | None, container: str | None) -> Path:
    place = folder / "storage" / _KINDS[kind][0]
    for name in (account, container):
        if name:
            place = place / store.file_name(name.lower())
    return place


def _kind(type: str) -> str:
    try:
        return _ALIASES[re.sub(r"[\s_-]", "", type).lower()]
    except KeyError:
        raise Invalid(
            f"Unsupported Datastore Type: {type}. It is one of {', '.join(_KINDS)}.", target="datastore"
        ) from None


def _checked(name: str) -> str:
    lower = str(name or "").lower()
    if not _NAME.fullmatch(lower):
        raise Invalid(
            f"Datastore name '{name}' is invalid. It has 1 to 255 letters, digits and underscores.",
            code="UserError",
            target="datastore",
        )
    return lower


def _given(kind: str, spec: dict[str, Any], name: str) -> tuple[str | None, str | None]:
    """The account and the container in ``spec``, taken out of it."""
    taken: builtins.list[str | None] = []
    for names, what in zip(_KINDS[kind][1:], ("account", "container"), strict=True):
        value = next((spec.pop(key) for key in (*names, what) if spec.get(key)), None)
        for key in names:
            spec.pop(key, None)
        if names and not value:
            raise Invalid(
                f"A datastore of the type {kind} needs '{names[0]}'.", code="UserError", target="datastore"
            )
        taken.append(None if value is None else str(value))
    return taken[0], taken[1]


def _credential_type(hidden: Mapping[str, Any], said: Any) -> str:
    if said:
        return str(said)
    keys = {key.lower().replace("_", "") for key, value in hidden.items() if value}
    for name, marks in (
        ("AccountKey", {"accountkey", "key"}),
        ("Sas", {"sastoken", "sas"}),
        ("ServicePrincipal", {"clientsecret"}),
        ("Certificate", {"certificate"}),
        ("SqlAuthentication", {"password"}),
        ("Kerberos", {"kerberospassword", "kerberoskeytab"}),
    ):
        if keys & marks:
            return name
    return "None"
