"""Linked services: Synapse workspaces that a workspace knows, kept as records."""

from __future__ import annotations

import re as _re

from azureml._local.errors import raises as _raises
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store as _store
from dp100.standin.engine.workspace import access as _access


class LinkedServiceConfiguration:
    """What a workspace is to be linked with."""

    def __init__(self, *args, **kwargs):
        pass


class SynapseWorkspaceLinkedServiceConfiguration(LinkedServiceConfiguration):
    """A Synapse workspace."""

    def __init__(self, subscription_id, resource_group, name):
        self.subscription_id = subscription_id
        self.resource_group = resource_group
        self.name = name

    def _get_resource_id(self):
        return (
            f"/subscriptions/{self.subscription_id}/resourcegroups/{self.resource_group}"
            f"/providers/Microsoft.Synapse/workspaces/{self.name}"
        )


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
        if not isinstance(name, str) or not _re.fullmatch(r"[a-zA-Z0-9][\w-]{2,32}", name, _re.ASCII):
            raise UserErrorException(
                "workspace name must be between 3 and 33 characters long. Its first character has to be alphanumeric, "
                "and the rest may contain hyphens and underscores. No whitespace is allowed."
            )
        if not isinstance(linked_service_config, LinkedServiceConfiguration):
            raise UserErrorException(
                "A linked_service_config is required to add linked service to AML workspace."
            )
        if not isinstance(linked_service_config, SynapseWorkspaceLinkedServiceConfiguration):
            raise UserErrorException("Currently only synapse workspace linked service is supported.")
        _access.check(workspace._ws, "linkedServices/write")
        path = _path(workspace)
        with _store.locked(path):
            held = _store.read_yaml_or_empty(path)
            resource = linked_service_config._get_resource_id()
            held[name] = {"type": "Synapse", "resource": resource, "identity": _store.guid()}
            _store.write_yaml(path, held)
        return LinkedService.get(workspace, name)

    @staticmethod
    def get(workspace, name):
        """The linked service of that name."""
        _access.check(workspace._ws, "linkedServices/read")
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
        _access.check(self._workspace._ws, "linkedServices/delete")
        path = _path(self._workspace)
        with _store.locked(path):
            held = _store.read_yaml_or_empty(path)
            held.pop(self._name, None)
            _store.write_yaml(path, held)

    def __repr__(self):
        return (
            f"{type(self).__name__}(workspace={self._workspace!r}, name={self._name}, type={self._type}, "
            f"linked_service_resource_id={self._linked_service_resource_id}, "
            f"system_assigned_identity_principal_id={self._system_assigned_identity_principal_id}"
        )


def _path(workspace):
    return workspace._ws.folder / "linked-services.yaml"
