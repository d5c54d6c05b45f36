"""What can be changed of a workspace: its settings, and its connections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from azureml._local.errors import no_workspace as _no_workspace
from azureml._local.errors import raises as _raises
from azureml._local.errors import refused_workspace as _refused_workspace
from azureml.exceptions._azureml_exception import WorkspaceException

from dp100.standin.engine.errors import NotFound as _NotFound
from dp100.standin.engine.errors import NotOffline as _NotOffline
from dp100.standin.engine.workspace import workspace as _workspaces


@_raises(WorkspaceException, _refused_workspace, _no_workspace)
class WorkspaceChanges:
    """The part of a workspace that changes it."""

    get_details: Callable[..., Any]
    _ws: Any

    def update(
        self,
        friendly_name=None,
        description=None,
        tags=None,
        image_build_compute=None,
        service_managed_resources_settings=None,
        primary_user_assigned_identity=None,
        allow_public_access_when_behind_vnet=None,
        v1_legacy_mode=None,
    ):
        """Change what is given; returns the details."""
        settings = service_managed_resources_settings
        changes = {
            "service_managed_resources_settings": getattr(settings, "__dict__", settings),
            "friendly_name": friendly_name,
            "description": description,
            "tags": tags,
            "image_build_compute": image_build_compute,
            "primary_user_assigned_identity": primary_user_assigned_identity,
            "allow_public_access_when_behind_vnet": allow_public_access_when_behind_vnet,
            "v1_legacy_mode": v1_legacy_mode,
        }
        _workspaces.update(self._ws, **{name: value for name, value in changes.items() if value is not None})
        return self.get_details()

    def update_dependencies(self, container_registry=None, force=False):
        """Name another container registry; returns the details."""
        if not container_registry:
            print("No resource is specified to be updated")
            return None
        _workspaces.update(self._ws, container_registry=container_registry)
        return self.get_details()

    def delete(self, delete_dependent_resources=False, no_wait=False):
        """Delete the workspace with everything in it.

        Here its storage is in its folder, so that goes too, whatever ``delete_dependent_resources`` says. As in Azure,
        deleting what is not there is no error, while the resources of what is not there cannot be looked up.
        """
        try:
            _workspaces.delete(self._ws)
        except _NotFound:
            if delete_dependent_resources:
                raise

    def sync_keys(self, no_wait=False):
        """Take over changed keys of the associated resources."""
        raise _NotOffline("Workspace.sync_keys", "The storage account here has no keys that could change.")

    def diagnose_workspace(self, diagnose_parameters):
        """Look for faults of the workspace's network and resources."""
        raise _NotOffline("Workspace.diagnose_workspace")

    def add_private_endpoint(
        self,
        private_endpoint_config,
        private_endpoint_auto_approval=True,
        location=None,
        show_output=True,
        tags=None,
    ):
        """Add a private endpoint."""
        raise _NotOffline("Workspace.add_private_endpoint")

    def delete_private_endpoint_connection(self, private_endpoint_connection_name):
        """Delete a connection to a private endpoint."""
        raise _NotOffline("Workspace.delete_private_endpoint_connection")

    # --- connections ---------------------------------------------------------------------------------------

    def set_connection(self, name, category, target, authType, value):  # noqa: N803 - the real name
        """Keep how to reach something else, such as a package feed."""
        from azureml._local import connections

        return connections.put(self._ws, name, category, target, authType, value)

    def get_connection(self, name):
        """The connection of that name."""
        from azureml._local import connections

        return connections.get(self._ws, name)

    def list_connections(self, category=None, target=None):
        """The connections."""
        from azureml._local import connections

        return connections.find(self._ws, category, target)

    def delete_connection(self, name):
        """Forget a connection."""
        from azureml._local import connections

        connections.remove(self._ws, name)
