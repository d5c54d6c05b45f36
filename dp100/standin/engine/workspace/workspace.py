"""Workspaces: folders that hold everything else. A handle is cheap; what it tells is read when it is asked."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dp100.standin.engine import locations, store
from dp100.standin.engine.errors import AlreadyExists, EngineError, Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.access import Principal
from dp100.standin.engine.workspace.account import Account, create_group, group_id
from dp100.standin.engine.workspace.regions import DEFAULT, normalized

_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]{2,32}")  # the pattern in the service's own interface
_FIXED = {
    "name",
    "resource_group",
    "subscription_id",
    "location",
    "id",
    "workspace_id",
    "created",
    "created_by",
}
_DERIVED = {"id", "mlflow_tracking_uri", "etag", "discovery_url"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """A handle on a workspace.

    Attributes:
        name: the workspace's name.
        group: its resource group's name.
        folder: where it is kept.
        subscription_id: the subscription that it is in.
        principal: who opened it and under whom it is used; None is whoever calls, which is the signed-in user unless
            the process or a credential stands for a service principal.
    """

    name: str
    group: str
    folder: Path
    subscription_id: str
    principal: Principal | None = None

    @property
    def record(self) -> dict[str, Any]:
        """What the service tells about the workspace, read anew each time.

        Keys: name, resource_group, subscription_id, workspace_id (a GUID), id (the ARM id), location, description,
        friendly_name, tags, sku, storage_account, key_vault, application_insights, container_registry (ARM ids, or
        None), hbi_workspace, public_network_access, created (ISO 8601), created_by, etag, discovery_url,
        mlflow_tracking_uri, default_datastore, and whatever else it was created with.

        Raises:
            NotFound: the workspace has been deleted.
        """
        try:
            record = store.read_yaml(self.folder / "workspace.yaml")
        except FileNotFoundError:
            raise not_found(self.name, self.group) from None
        record["id"] = _arm_id(record["subscription_id"], record["resource_group"], record["name"])
        record["discovery_url"] = f"https://{record['location']}.api.azureml.ms/discovery"
        record["mlflow_tracking_uri"] = f"sqlite:///{(self.folder / 'mlflow.db').as_posix()}"
        return record

    @property
    def id(self) -> str:
        """The ARM id."""
        return _arm_id(self.subscription_id, self.group, self.name)


def create(
    group: str,
    name: str,
    *,
    location: str | None = None,
    exist_ok: bool = False,
    create_resource_group: bool = False,
    **properties: Any,
) -> Workspace:
    """Make a workspace with its datastores and the names of its associated resources.

    Args:
        group: the resource group.
        name: 3 to 33 letters, digits, hyphens and underscores, the first a letter or digit.
        location: a region; the group's by default.
        exist_ok: open the workspace that is there, unchanged, instead of refusing.
        create_resource_group: make a group that is missing, as SDK v1 does.
        properties: kept and shown again. ``storage_account``, ``key_vault``, ``application_insights`` and
            ``container_registry`` name resources that exist; the first three are made up otherwise.

    Raises:
        Invalid: a name or location that the service does not take.
        NotFound: the resource group is missing (``ResourceGroupNotFound``).
        AlreadyExists: the workspace is there.
        Forbidden: the current principal may not create workspaces in the group.
    """
    check_name(name)
    account = Account.load()
    access.check_scope(
        group_id(account.subscription_id, group), "Microsoft.MachineLearningServices/workspaces/write"
    )
    region = normalized(location) if location else None
    if create_resource_group and group.casefold() not in (held.casefold() for held in account.groups):
        create_group(group, region or DEFAULT)
        account = Account.load()
    held = account.group(group)
    parent = store.entry(_workspaces(), held.name)
    with store.locked(parent):
        _sweep(parent)
        folder = store.entry(parent, name)
        if (folder / "workspace.yaml").is_file():
            if not exist_ok:
                raise AlreadyExists(
                    "Workspace",
                    name,
                    message=f"Workspace with name '{name}' already exists under resource group with name '{group}'.",
                    target="workspace",
                )
            return in_folder(folder)
        # Everything is made in a folder of another name and renamed at the end: half a workspace is never seen.
        new = parent / f".new-{os.urandom(8).hex()}"
        new.mkdir(parents=True)
        try:
            record = _record(account, held.name, name, region or held.location, properties)
            store.write_yaml(new / "workspace.yaml", record)
            access.write_first_roles(new, account)
            from dp100.standin.engine.data import datastores

            datastores.write_built_in(new, record)
            if folder.exists():
                _remove(folder)  # what a killed delete has left
            store.replace(new, folder)
        finally:
            _remove(new)
        return in_folder(folder)


def open_workspace(name: str, group: str | None = None, subscription_id: str | None = None) -> Workspace:
    """The workspace of that name.

    Args:
        name: its name; case does not matter.
        group: its resource group; without it every group is searched.
        subscription_id: the subscription that it has to be in; without it any.

    Raises:
        NotFound: there is none (``ResourceNotFound``, ``SubscriptionNotFound``).
        Invalid: no group was given and two groups have one.
        Forbidden: the current principal may not read it.
    """
    workspace = find_workspace(name, group, subscription_id)
    access.check(workspace, "read")
    return workspace


def find_workspace(name: str, group: str | None = None, subscription_id: str | None = None) -> Workspace:
    """:func:`open_workspace` without asking whether the principal may read the workspace itself.

    Azure's API does not ask that either when a path below the workspace is called: somebody whose only role is
    AzureML Compute Operator starts and stops compute in a workspace that they cannot see.
    """
    if subscription_id and subscription_id.casefold() != Account.load().subscription_id.casefold():
        raise NotFound(
            "Subscription",
            subscription_id,
            message=f"The subscription '{subscription_id}' could not be found.",
            code="SubscriptionNotFound",
            target="subscription",
        )
    if group is not None:
        folders = [store.entry(store.entry(_workspaces(), group), name)] if name else []
    else:
        folders = [
            folder for folder in _folders() if folder.name.casefold() == store.file_name(name).casefold()
        ]
    found = [folder for folder in folders if (folder / "workspace.yaml").is_file()]
    if not found:
        raise not_found(name, group)
    if len(found) > 1:
        groups = ", ".join(sorted(in_folder(folder).group for folder in found))
        raise Invalid(f"More than one workspace is named '{name}'. Name its resource group, one of {groups}.")
    return in_folder(found[0])


def in_folder(folder: Path) -> Workspace:
    """The workspace that a folder of ours holds, for the current principal; nobody's roles are asked for."""
    record = store.read_yaml(folder / "workspace.yaml")
    return Workspace(
        record["name"], record["resource_group"], folder, record["subscription_id"], access.current()
    )


def list_workspaces(group: str | None = None) -> list[Workspace]:
    """The workspaces that the current principal may read, of one resource group or of all, by group and name.

    Raises:
        NotFound: the group is named and missing.
    """
    if group is not None:
        group = Account.load().group(group).name
    found = []
    for folder in _folders():
        try:
            workspace = in_folder(folder)
        except (EngineError, FileNotFoundError):
            continue  # deleted meanwhile, or damaged: one bad folder does not hide the others
        if (group is None or workspace.group.casefold() == group.casefold()) and access.allowed(
            workspace, "read"
        ):
            found.append(workspace)
    return sorted(found, key=lambda each: (each.group.casefold(), each.name.casefold()))


def update(ws: Workspace, **properties: Any) -> dict[str, Any]:
    """Change what was given, tags replaced as a whole.

    Returns:
        The record, afterwards.

    Raises:
        Invalid: a property that is fixed when a workspace is created.
        Forbidden: the principal may not change the workspace.
    """
    access.check(ws, "write")
    for name in sorted(_FIXED.intersection(properties)):
        if properties[name] != ws.record.get(name):
            raise Invalid(f"The property '{name}' of a workspace cannot be changed.", target="workspace")
    path = ws.folder / "workspace.yaml"
    with store.locked(path):
        record = ws.record
        record.update({key: value for key, value in properties.items() if key not in _DERIVED})
        record["etag"] = store.guid()
        record["modified"] = store.now()
        store.write_yaml(
            path, {key: value for key, value in record.items() if key not in _DERIVED or key == "etag"}
        )
    return ws.record


def delete(ws: Workspace) -> None:
    """Delete a workspace with all it holds.

    Raises:
        Forbidden: the principal may not.
        NotFound: it is deleted already.
    """
    access.check(ws, "delete")
    if not (ws.folder / "workspace.yaml").is_file():
        raise not_found(ws.name, ws.group)
    with store.locked(ws.folder.parent):
        gone = ws.folder.with_name(f".deleted-{os.urandom(8).hex()}")
        try:
            ws.folder.replace(gone)
        except (
            OSError
        ):  # Windows, while somebody has a file in it open: without its record it is no workspace
            (ws.folder / "workspace.yaml").unlink(missing_ok=True)
            gone = ws.folder
        _remove(gone)


# --- inside ----------------------------------------------------------------------------------------------


def _workspaces() -> Path:
    return locations.azure() / "workspaces"


def _folders() -> list[Path]:
    return sorted(record.parent for record in _workspaces().glob("[!.]*/[!.]*/workspace.yaml"))


def _remove(folder: Path) -> None:
    store.remove(folder)


def _sweep(parent: Path) -> None:
    """Take away what killed processes left; the caller holds the group's lock, so none of it is in use."""
    for pattern in (".new-*", ".deleted-*"):
        for left in parent.glob(pattern):
            _remove(left)


def check_name(name: str) -> None:
    """Refuse what cannot be a workspace's name.

    Raises:
        Invalid: in the words of SDK v1.
    """
    if not _NAME.fullmatch(name or ""):
        raise Invalid(
            "Workspace name must be between 3 and 33 characters long. Its first character has to be alphanumeric, "
            "and the rest may contain hyphens and underscores. No whitespace is allowed.",
            target="workspace",
        )


def not_found(name: str, group: str | None) -> NotFound:
    """The service's answer where there is no such workspace."""
    where = f" under resource group '{group}'" if group else ""
    return NotFound(
        "Workspace",
        name,
        message=f"The Resource 'Microsoft.MachineLearningServices/workspaces/{name}'{where} was not found. "
        "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
        target="workspace",
    )


def _arm_id(subscription: str, group: str, name: str) -> str:
    return f"{group_id(subscription, group)}/providers/Microsoft.MachineLearningServices/workspaces/{name}"


def _record(account: Account, group: str, name: str, location: str, given: dict[str, Any]) -> dict[str, Any]:
    def resource(key: str, provider: str, kind: str) -> str:
        known = given.pop(key, None)
        if known and str(known).startswith("/"):
            return str(known)
        label = known or _resource_name(name, kind)
        return f"{group_id(account.subscription_id, group)}/providers/{provider}/{label}"

    given = dict(given)
    record: dict[str, Any] = {
        "name": name,
        "resource_group": group,
        "subscription_id": account.subscription_id,
        "workspace_id": store.guid(),
        "location": location,
        "description": given.pop("description", None),
        "friendly_name": given.pop("friendly_name", None) or name,
        "tags": dict(given.pop("tags", None) or {}),
        "sku": given.pop("sku", None) or "Basic",
        "storage_account": resource("storage_account", "Microsoft.Storage/storageAccounts", "storage"),
        "key_vault": resource("key_vault", "Microsoft.Keyvault/vaults", "keyvault"),
        "application_insights": resource("application_insights", "Microsoft.Insights/components", "insights"),
        "container_registry": given.pop("container_registry", None),
        "hbi_workspace": bool(given.pop("hbi_workspace", None) or False),
        "public_network_access": given.pop("public_network_access", None) or "Enabled",
        "default_datastore": "workspaceblobstore",
        "created": store.now(),
        "created_by": (access.current() or access.user(account)).name,
        "etag": store.guid(),
    }
    record.update({key: value for key, value in given.items() if key not in record and key not in _DERIVED})
    return record


def _resource_name(workspace: str, kind: str) -> str:
    """As the SDK makes them: up to eight letters of the workspace, the kind, a random tail; 24 characters."""
    letters = "".join(c for c in workspace.lower() if c.isascii() and c.isalpha())[:8]
    tail = "".join("abcdefghijklmnopqrstuvwxyz"[byte % 26] for byte in os.urandom(20))
    return f"{letters}{kind}{tail}"[:24]
