"""ml_client.workspaces."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from azure.ai.ml import load_workspace
from azure.ai.ml.entities import (
    IdentityConfiguration,
    ManagedNetworkProvisionStatus,
    Workspace,
    WorkspaceKeys,
)
from azure.ai.ml.exceptions import ErrorTarget
from azure.core.polling import LROPoller

from dp100.standin.engine.errors import NotFound, NotOffline
from dp100.standin.engine.workspace import workspace as engine
from dp100.standin.engine.workspace.account import Account
from dp100.standin.sdk_v2 import records
from dp100.standin.sdk_v2.answers import done, paged
from dp100.standin.sdk_v2.errors import invalid, missing
from dp100.standin.sdk_v2.scope import Operations

# Attribute of the entity -> name in the engine's record.
_NATIVE = {
    "description": "description",
    "display_name": "friendly_name",
    "tags": "tags",
    "storage_account": "storage_account",
    "key_vault": "key_vault",
    "application_insights": "application_insights",
    "container_registry": "container_registry",
    "public_network_access": "public_network_access",
}
# Kept and shown again: plain values, and those that only their YAML form can be kept of.
_PLAIN = (
    "image_build_compute",
    "primary_user_assigned_identity",
    "system_datastores_auth_mode",
    "enable_data_isolation",
    "allow_roleassignment_on_rg",
    "provision_network_now",
)
_RICH = ("identity", "managed_network", "customer_managed_key", "network_acls", "serverless_compute")
_DEPENDENT = (
    "Updating the workspace-attached Azure {} resource may break lineage of {}. Are you sure you want to perform this "
    "operation? Include the update_dependent_resources argument in SDK or the --update-dependent-resources/-u "
    "parameter in CLI with this request to confirm."
)


class WorkspaceOperations(Operations):
    """Workspaces of the client's resource group."""

    def list(
        self, *, scope: str = "resource_group", filtered_kinds: str | list[str] | None = None
    ) -> Iterable[Workspace]:
        """The workspaces of the resource group, or with ``scope="subscription"`` all.

        Raises:
            ResourceNotFoundError: while iterating: there is no such resource group.
        """
        group = None if scope == "subscription" else self._scope.resource_group_name
        kinds = [filtered_kinds] if isinstance(filtered_kinds, str) else filtered_kinds

        def read() -> Iterable[Workspace]:
            with self._scope.acting():
                self._check_subscription()
                return [
                    _entity(each)
                    for each in engine.list_workspaces(group)
                    if not kinds or "default" in ",".join(kinds).lower()
                ]

        return paged(read)

    def get(self, name: str | None = None, **kwargs: dict[str, Any]) -> Workspace | None:
        """The workspace of that name, or the client's.

        Raises:
            ResourceNotFoundError: there is none.
        """
        group: Any = kwargs.get("resource_group")
        with self._scope.opened(name, group) as ws:
            return _entity(ws)

    def get_keys(self, name: str | None = None) -> WorkspaceKeys | None:
        """Not offline: there are no accounts that keys would open."""
        raise NotOffline("ml_client.workspaces.get_keys", "Its storage is a folder, which needs no key.")

    def begin_sync_keys(self, name: str | None = None) -> LROPoller[None]:
        """Not offline; see :meth:`get_keys`."""
        raise NotOffline(
            "ml_client.workspaces.begin_sync_keys", "Its storage is a folder, which needs no key."
        )

    def begin_provision_network(
        self, *, workspace_name: str | None = None, include_spark: bool = False, **kwargs: Any
    ) -> LROPoller[ManagedNetworkProvisionStatus]:
        """Not offline: there is no network."""
        raise NotOffline("ml_client.workspaces.begin_provision_network")

    def begin_create(
        self, workspace: Workspace, update_dependent_resources: bool = False, **kwargs: Any
    ) -> LROPoller[Workspace]:
        """Make a workspace, or update the one of that name.

        Raises:
            ResourceNotFoundError: there is no such resource group.
            HttpResponseError: a name or location that the service does not take.
        """
        group = kwargs.get("resource_group") or workspace.resource_group or self._scope.resource_group_name
        if (kind := str(workspace._kind or "default").lower()) != "default":
            raise NotOffline(f"A workspace of the kind {kind}")
        with self._scope.acting():
            self._check_subscription()
            try:
                found = engine.open_workspace(workspace.name or "", group)
            except NotFound:
                found = None
            if found is not None:
                workspace.tags = found.record["tags"] | dict(workspace.tags or {})
                return self.begin_update(
                    workspace, update_dependent_resources=update_dependent_resources, resource_group=group
                )
            given = {ours: getattr(workspace, theirs) for theirs, ours in _NATIVE.items()}
            given["description"] = given["description"] or workspace.name
            made = engine.create(
                group,
                workspace.name or "",
                location=workspace.location,
                hbi_workspace=workspace.hbi_workspace,
                sdk_v2=_settings(workspace),
                **{key: value for key, value in given.items() if value is not None},
            )
            return done(_entity(made))

    def begin_update(
        self, workspace: Workspace, *, update_dependent_resources: bool = False, **kwargs: Any
    ) -> LROPoller[Workspace]:
        """Change tags, description, display name and the like; what is None stays.

        Raises:
            ValidationException: another registry or Application Insights without ``update_dependent_resources``.
        """
        group = kwargs.get("resource_group") or workspace.resource_group or self._scope.resource_group_name
        with self._scope.opened(kwargs.get("workspace_name", workspace.name), group) as ws:
            record = ws.record
            changes: dict[str, Any] = {}
            for theirs, ours in _NATIVE.items():
                value = kwargs.get(theirs, getattr(workspace, theirs))
                if value is None or theirs in ("storage_account", "key_vault"):
                    continue
                if (
                    theirs in ("container_registry", "application_insights")
                    and value != record.get(ours)
                    and not update_dependent_resources
                ):
                    what = (
                        (
                            "Container Registry",
                            "previous jobs or your ability to rerun earlier jobs in this workspace",
                        )
                        if theirs == "container_registry"
                        else ("Application Insights", "deployed inference endpoints this workspace")
                    )
                    raise invalid(_DEPENDENT.format(*what), ErrorTarget.WORKSPACE)
                changes[ours] = value
            settings = dict(record.get("sdk_v2") or {}) | _settings(workspace)
            engine.update(ws, sdk_v2=settings, **changes)
            return done(_entity(ws))

    def begin_delete(
        self,
        name: str,
        *,
        delete_dependent_resources: bool,
        permanently_delete: bool = False,
        **kwargs: dict[str, Any],
    ) -> LROPoller[None]:
        """Delete a workspace with everything in it.

        Raises:
            ResourceNotFoundError: there is none of that name.
        """
        group: Any = kwargs.get("resource_group")
        if not name:
            raise missing("Please provide a workspace name or use a MLClient with a workspace name set.")
        with self._scope.opened(name, group) as ws:
            engine.delete(ws)
        return done(None)

    def begin_diagnose(self, name: str, **kwargs: dict[str, Any]) -> LROPoller[Any]:
        """Not offline: what it looks at, the network and the resources around a workspace, is not there."""
        raise NotOffline("ml_client.workspaces.begin_diagnose")

    def _check_subscription(self) -> None:
        wanted = self._scope.subscription_id
        if wanted.casefold() != Account.load().subscription_id.casefold():
            raise NotFound(
                "Subscription",
                wanted,
                message=f"The subscription '{wanted}' could not be found.",
                code="SubscriptionNotFound",
                target="subscription",
            )


def _settings(workspace: Workspace) -> dict[str, Any]:
    """What is only kept, in the form in which an entity's YAML has it."""
    kept = {
        name: getattr(workspace, name) for name in _PLAIN if getattr(workspace, name) not in (None, False)
    }
    if any(getattr(workspace, name) is not None for name in _RICH):
        form = records.yaml_form(workspace)
        kept |= {name: form[name] for name in _RICH if name in form}
    return kept


def _entity(ws: engine.Workspace) -> Workspace:
    record = ws.record
    settings = dict(record.get("sdk_v2") or {})
    rich = {name: settings.pop(name) for name in _RICH if name in settings}
    if rich:
        loaded = load_workspace(records.stream({"name": ws.name} | rich))
        settings |= records.with_identity({name: getattr(loaded, name) for name in rich})
    settings.setdefault("identity", IdentityConfiguration(type="system_assigned"))
    native: dict[str, Any] = {theirs: record.get(ours) for theirs, ours in _NATIVE.items()}
    native |= settings | {"hbi_workspace": bool(record["hbi_workspace"])}
    return Workspace(
        name=record["name"],
        id=record["id"],
        resource_group=record["resource_group"],
        location=record["location"],
        discovery_url=record["discovery_url"],
        mlflow_tracking_uri=record["mlflow_tracking_uri"],
        workspace_id=record["workspace_id"],
        creation_context=records.created(record["created"], record.get("created_by")),
        **native,
    )
