"""Compute targets: what every kind of them can do, and how the right class is found for one."""

from __future__ import annotations

from azureml._local.errors import raises as _raises
from azureml._local.errors import translated as _translated
from azureml.exceptions._azureml_exception import ComputeTargetException, UserErrorException

from dp100.standin.engine.compute import compute as _computes
from dp100.standin.engine.errors import NotFound as _NotFound
from dp100.standin.engine.errors import NotOffline as _NotOffline


@_raises(ComputeTargetException)
class ComputeTarget:
    """A compute target of a workspace. Making one finds it: an object of the class for its type is returned.

    Args:
        workspace: the workspace.
        name: the target's name.
    """

    _compute_type: str | None = None

    def __new__(cls, workspace, name):
        """The target of that name, of the class for its type."""
        if not workspace or not name:
            return super().__new__(cls)
        try:
            held = _computes.get(workspace._ws, name)
        except _NotFound as error:
            raise ComputeTargetException(
                f"ComputeTargetNotFound: Compute Target with name {name} not found in provided workspace"
            ) from error
        return _object(workspace, held)

    def __init__(self, workspace, name):
        """Nothing is left to do: ``__new__`` has read the target."""

    @staticmethod
    def create(workspace, name, provisioning_configuration):
        """Make a target as a ``provisioning_configuration`` says. One of that name is changed if it can be."""
        if not isinstance(provisioning_configuration, ComputeTargetProvisioningConfiguration):
            raise ComputeTargetException(
                "provisioning_configuration must be made with the provisioning_configuration method of a compute "
                f"class, not {type(provisioning_configuration).__name__}."
            )
        if str(name).lower() in ("amlcompute", "local", "containerinstance"):
            raise UserErrorException(
                'Please specify a different target name. {"amlcompute", "local", "containerinstance"} are reserved.'
            )
        provisioning_configuration.validate_configuration()
        held = _made(workspace, name, provisioning_configuration)
        return _object(workspace, held)

    @staticmethod
    def attach(workspace, name, attach_configuration):
        """Make a target of something that is there already, as an ``attach_configuration`` says."""
        if not isinstance(attach_configuration, ComputeTargetAttachConfiguration):
            raise ComputeTargetException(
                "attach_configuration must be made with the attach_configuration method of a compute class, not "
                f"{type(attach_configuration).__name__}."
            )
        attach_configuration.validate_configuration()
        return _object(workspace, _made(workspace, name, attach_configuration))

    @staticmethod
    def list(workspace):
        """All targets of a workspace."""
        return [
            _object(workspace, held)
            for held in _computes.list_all(workspace._ws)
            if _classes().get(held.type) is not None
        ]

    def wait_for_completion(self, show_output=False, is_delete_operation=False):
        """Wait until the target is ready; here it always is."""
        if show_output:
            state = "Succeeded"
            print(f'{state}\nProvisioning operation finished, operation "{state}"')

    def refresh_state(self):
        """Read the target's state anew."""
        self._take(_computes.get(self.workspace._ws, self.name))

    def get_status(self):
        """The provisioning state."""
        self.refresh_state()
        return self.provisioning_state

    def delete(self):
        """Delete the target; an attached one is detached."""
        _computes.delete(self.workspace._ws, self.name)
        self.provisioning_state = "Deleting"

    def detach(self):
        """Take an attached target out of the workspace; what it stands for stays."""
        _computes.delete(self.workspace._ws, self.name, detach=True)
        self.provisioning_state = "Detaching"

    def serialize(self):
        """The target as a dict, with the service's names."""
        return {
            "id": self.id,
            "name": self.name,
            "location": self.location,
            "tags": self.tags,
            "properties": {
                "description": self.description,
                "computeType": self.type,
                "computeLocation": self.cluster_location,
                "provisioningState": self.provisioning_state,
                "provisioningErrors": self.provisioning_errors,
                "createdOn": self.created_on,
                "modifiedOn": self.modified_on,
                "isAttachedCompute": self.is_attached,
                "resourceId": self.cluster_resource_id,
                "properties": self._own_properties(),
            },
        }

    @staticmethod
    def deserialize(workspace, object_dict):
        """The target that a serialized one names."""
        return ComputeTarget(workspace, object_dict["name"])

    def _own_properties(self):
        """What serialize shows of this kind of target alone."""
        return {}

    def _take(self, held, workspace=None):
        """Show what the engine says."""
        if workspace is not None:
            self.workspace = workspace
        self._held = held
        self.name = held.name
        self.id = f"{self.workspace._ws.id}/computes/{held.name}"
        self.location = held.location
        self.type = held.type
        self.tags = dict(held.tags)
        self.description = held.description
        self.created_on = held.created
        self.modified_on = held.modified
        self.provisioning_state = held.provisioning_state
        self.provisioning_errors = None
        self.cluster_location = held.location
        self.cluster_resource_id = held.properties.get("resource_id")
        self.is_attached = held.attached
        for name in type(self).__annotations__:  # what only this kind of target shows, as it was kept
            setattr(self, name, held.properties.get(name))
        self._show(held)

    def _show(self, held):
        """Set what only this kind of target has."""

    def __repr__(self):
        return (
            f"{type(self).__name__}(workspace={self.workspace!r}, name={self.name}, id={self.id}, "
            f"type={self.type}, provisioning_state={self.provisioning_state}, location={self.location}, "
            f"tags={self.tags})"
        )


class _Attached(ComputeTarget):
    """A target that is kept outside the workspace."""

    def delete(self):
        """Refused: what is attached is detached."""
        raise ComputeTargetException(
            f"Delete is not supported for {type(self).__name__} object. Try to use detach instead."
        )


class ComputeTargetProvisioningConfiguration:
    """How a target is to be made."""

    def __init__(self, type, location):
        self._compute_type = type
        self.location = location

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""

    def _engine(self):
        """The arguments of the engine's ``create``."""
        return {}


class ComputeTargetAttachConfiguration:
    """What is to be attached."""

    def __init__(self, type):
        self._compute_type = type

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""

    def _engine(self):
        """The arguments of the engine's ``create``: what the configuration holds, without secrets."""
        hidden = ("password", "private_key_passphrase", "access_token", "shared_key")
        return {
            name: value
            for name, value in vars(self).items()
            if not name.startswith("_") and name not in hidden and value not in (None, "")
        }


class ComputeTargetUpdateConfiguration:
    """What is to be changed of a target."""

    def __init__(self, type):
        self._compute_type = type

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""


@_translated(ComputeTargetException)
def _made(workspace, name, configuration):
    """Make or change the target that a configuration describes."""
    kind = configuration._compute_type
    if not isinstance(name, str):
        raise ComputeTargetException(f"The name of a compute target has to be text, not {name!r}.")
    return _computes.create(workspace._ws, name, kind._compute_type, exist_ok=True, **configuration._engine())


def _object(workspace, held):
    cls = _classes().get(held.type)
    if cls is None:
        raise _NotOffline(f"A compute target of the type {held.type} in SDK v1")
    made = object.__new__(cls)
    made._take(held, workspace)
    return made


def _classes():
    """The class for each of the service's types."""
    from azureml.core import compute as package

    return package._by_type()
