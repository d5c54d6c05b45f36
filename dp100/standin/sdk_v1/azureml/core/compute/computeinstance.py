"""Compute instances: one machine of one user, running or stopped."""

from __future__ import annotations

from azureml._local.account import account as _account
from azureml._local.errors import raises as _raises
from azureml.core.compute.amlcompute import _vm_sizes
from azureml.core.compute.compute import ComputeTarget, ComputeTargetProvisioningConfiguration
from azureml.exceptions._azureml_exception import ComputeTargetException

from dp100.standin.engine import store as _store
from dp100.standin.engine.compute import compute as _computes

_VNET = ("vnet_resourcegroup_name", "vnet_name", "subnet_name")
_KEPT = (*_VNET, "admin_user_ssh_public_key", "assigned_user_object_id", "assigned_user_tenant_id")


@_raises(ComputeTargetException)
class ComputeInstance(ComputeTarget):
    """A machine for one user, on which notebooks and jobs run."""

    _compute_type = "ComputeInstance"
    vnet_resourcegroup_name: object
    vnet_name: object
    subnet_name: object
    admin_user_ssh_public_key: object
    assigned_user_object_id: object
    assigned_user_tenant_id: object
    admin_username: object
    ssh_public_access: object

    @classmethod
    def get_docs_url(cls):
        """The address of the class's documentation."""
        return f"https://docs.microsoft.com/en-us/python/api/azureml-core/{cls.__module__}.{cls.__name__}"

    def _show(self, held):
        self.vm_size = held.size.upper() if held.size else None
        self.instance_location = held.location
        self.instance_resource_id = None
        self.subnet_id = None
        self.ssh_port = None
        self.public_ip_address = None
        self.private_ip_address = "127.0.0.1"
        self.applications = []
        self.errors = None
        self.status = ComputeInstanceStatus(
            _store.moment(held.created),
            held.created_by,
            _account().user_id,
            _account().tenant_id,
            None,
            _store.moment(held.modified),
            held.state,
            self.vm_size,
        )

    @staticmethod
    def provisioning_configuration(
        vm_size="",
        ssh_public_access=False,
        admin_user_ssh_public_key=None,
        vnet_resourcegroup_name=None,
        vnet_name=None,
        subnet_name=None,
        tags=None,
        description=None,
        assigned_user_object_id=None,
        assigned_user_tenant_id=None,
    ):
        """How an instance is to be made."""
        made = ComputeInstanceProvisioningConfiguration(
            vm_size,
            ssh_public_access,
            admin_user_ssh_public_key,
            vnet_resourcegroup_name,
            vnet_name,
            subnet_name,
            tags,
            description,
            assigned_user_object_id,
            assigned_user_tenant_id,
        )
        made.validate_configuration()
        return made

    def wait_for_completion(self, show_output=False, is_delete_operation=False):
        """Wait until the instance is ready; here it always is."""
        if not is_delete_operation:
            self.refresh_state()
        super().wait_for_completion(show_output, is_delete_operation)

    def get_status(self):
        """What the instance is doing, a :class:`ComputeInstanceStatus`."""
        self.refresh_state()
        return self.status

    def get(self):
        """The instance as the service's dict."""
        self.refresh_state()
        return self.serialize()

    def start(self, wait_for_completion=False, show_output=False):
        """Start the instance."""
        self._take(_computes.start(self.workspace._ws, self.name))
        self._waited(wait_for_completion, show_output)

    def stop(self, wait_for_completion=False, show_output=False):
        """Stop the instance."""
        self._take(_computes.stop(self.workspace._ws, self.name))
        self._waited(wait_for_completion, show_output)

    def restart(self, wait_for_completion=False, show_output=False):
        """Restart the instance."""
        self._take(_computes.restart(self.workspace._ws, self.name))
        self._waited(wait_for_completion, show_output)

    def delete(self, wait_for_completion=False, show_output=False):
        """Delete the instance."""
        super().delete()
        self._waited(wait_for_completion, show_output)

    def _waited(self, waiting, show_output):
        if waiting:
            ComputeTarget.wait_for_completion(self, show_output)

    def detach(self):
        """Refused: an instance is deleted."""
        raise ComputeTargetException(
            "Detach is not supported for ComputeInstance object. Try to use delete instead."
        )

    def update_sso_settings(self, value):
        """Let the instance sign in as its user, or not; only kept."""
        self._take(_computes.update(self.workspace._ws, self.name, enable_sso=bool(value)))

    def get_active_runs(self, type=None, tags=None, properties=None, status=None):
        """The runs that are on the instance, or wait for it."""
        from azureml.core.run import Run

        return Run.list_by_compute(self, type, tags, properties, status)

    @staticmethod
    def supported_vmsizes(workspace, location=None):
        """The VM sizes that an instance can have, a list of dicts."""
        return _vm_sizes()

    def serialize(self):
        """The instance as a dict, with the service's names."""
        found = super().serialize()
        found["properties"]["status"] = self.status.serialize()
        return found

    @staticmethod
    def deserialize(workspace, object_dict):
        """The instance that a serialized one names."""
        return ComputeInstance(workspace, object_dict["name"])

    def _own_properties(self):
        return {
            "vmSize": self.vm_size,
            "sshSettings": {
                "sshPublicAccess": "Enabled" if self.ssh_public_access else "Disabled",
                "adminPublicKey": self.admin_user_ssh_public_key,
            },
            "applications": self.applications,
        }


class ComputeInstanceProvisioningConfiguration(ComputeTargetProvisioningConfiguration):
    """How an instance is to be made."""

    def __init__(
        self,
        vm_size="",
        ssh_public_access=False,
        admin_user_ssh_public_key=None,
        vnet_resourcegroup_name=None,
        vnet_name=None,
        subnet_name=None,
        tags=None,
        description=None,
        assigned_user_object_id=None,
        assigned_user_tenant_id=None,
    ):
        super().__init__(ComputeInstance, None)
        self.vm_size = vm_size or "Standard_DS3_V2"
        self.ssh_public_access = ssh_public_access
        self.admin_user_ssh_public_key = admin_user_ssh_public_key
        self.vnet_resourcegroup_name = vnet_resourcegroup_name
        self.vnet_name = vnet_name
        self.subnet_name = subnet_name
        self.tags = tags
        self.description = description
        self.assigned_user_object_id = assigned_user_object_id
        self.assigned_user_tenant_id = assigned_user_tenant_id

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        network = [getattr(self, name) for name in _VNET]
        if any(network) and not all(network):
            raise ComputeTargetException(
                "Invalid configuration, not all virtual net information provided. To use a custom virtual net, "
                "please provide vnet name, vnet resource group and subnet name"
            )

    def _engine(self):
        return {
            "size": self.vm_size or None,
            "description": self.description,
            "tags": self.tags,
            "ssh_public_access": bool(self.ssh_public_access),
            **{name: getattr(self, name) for name in _KEPT if getattr(self, name) is not None},
        }


class ComputeInstanceStatus:
    """What an instance is doing."""

    def __init__(
        self,
        creation_time,
        created_by_user_name,
        created_by_user_id,
        created_by_user_org,
        errors,
        modified_time,
        state,
        vm_size,
    ):
        self.creation_time = creation_time
        self.created_by_user_name = created_by_user_name
        self.created_by_user_id = created_by_user_id
        self.created_by_user_org = created_by_user_org
        self.errors = errors
        self.modified_time = modified_time
        self.state = state
        self.vm_size = vm_size

    def serialize(self):
        """A dict with the service's names."""
        return {
            "errors": self.errors,
            "creationTime": self.creation_time.isoformat() if self.creation_time else None,
            "createdBy": {
                "userObjectId": self.created_by_user_id,
                "userTenantId": self.created_by_user_org,
                "userName": self.created_by_user_name,
            },
            "modifiedTime": self.modified_time.isoformat() if self.modified_time else None,
            "state": self.state,
            "vmSize": self.vm_size,
        }

    @staticmethod
    def deserialize(object_dict):
        """The status in such a dict."""
        if not object_dict:
            return None
        by = object_dict.get("createdBy") or {}
        return ComputeInstanceStatus(
            _store.moment(object_dict["creationTime"]) if object_dict.get("creationTime") else None,
            by.get("userName"),
            by.get("userObjectId"),
            by.get("userTenantId"),
            object_dict.get("errors"),
            _store.moment(object_dict["modifiedTime"]) if object_dict.get("modifiedTime") else None,
            object_dict.get("state"),
            object_dict.get("vmSize"),
        )
