"""Linked services: Synapse workspaces that a workspace knows, kept as records."""

from __future__ import annotations

from azureml._local.errors import raises as _raises
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store as _store


class LinkedServiceConfiguration:
    """What a workspace is to be linked with."""

    def __init__(self, *args, **kwargs):
        self._kind = type(self).__name__


class SynapseWorkspaceLinkedServiceConfiguration(LinkedServiceConfiguration):
    """A Synapse workspace."""

    def __init__(self, subscription_id, resource_group, name):
        super().__init__()
        self.subscription_id = subscription_id
        self.resource_group = resource_group
        self.name = name


@_raises(UserErrorException)
class LinkedService:
    """A link from a workspace to a Synapse workspace."""

    def __init__(
        self, workspace, name, type, linked_service_resource_id, system_assigned_identity_principal_id
    ):
        self._workspace = workspace
        self._name = name
        self._type = type
        self._linked_service_resource_id = linked_service_resource_id
        self._system_assigned_identity_principal_id = system_assigned_identity_principal_id

    @property
    def name(self):
        """Its name in the workspace."""
        return self._name

    @property
    def type(self):
        """What it links to: ``Synapse``."""
        return self._type

    @property
    def linked_service_resource_id(self):
        """The ARM id of what it links to."""
        return self._linked_service_resource_id

    @property
    def system_assigned_identity_principal_id(self):
        """The identity that it uses."""
        return self._system_assigned_identity_principal_id

    @staticmethod
    def register(workspace, name, linked_service_config):
        """Link a Synapse workspace."""
        resource = (
            f"/subscriptions/{linked_service_config.subscription_id}/resourceGroups/"
            f"{linked_service_config.resource_group}/providers/Microsoft.Synapse/workspaces/"
            f"{linked_service_config.name}"
        )
        path = _path(workspace)
        with _store.locked(path):
            held = _store.read_yaml_or_empty(path)
            held[name] = {"type": "Synapse", "resource": resource, "identity": _store.guid()}
            _store.write_yaml(path, held)
        return LinkedService.get(workspace, name)

    @staticmethod
    def get(workspace, name):
        """The linked service of that name."""
        held = _store.read_yaml_or_empty(_path(workspace)).get(name)
        if held is None:
            raise UserErrorException(f"Linked service with name {name} not found.")
        return LinkedService(workspace, name, held["type"], held["resource"], held["identity"])

    @staticmethod
    def list(workspace):
        """All linked services."""
        return [LinkedService.get(workspace, name) for name in _store.read_yaml_or_empty(_path(workspace))]

    def unregister(self):
        """Take the link away; what it links to stays."""
        path = _path(self._workspace)
        with _store.locked(path):
            held = _store.read_yaml_or_empty(path)
            held.pop(self._name, None)
            _store.write_yaml(path, held)

    def __repr__(self):
        return f'LinkedService(workspace={self._workspace!r}, name="{self._name}", type="{self._type}")'


def _path(workspace):
    return workspace._ws.folder / "linked-services.yaml"
