"""Clusters: between a minimum and a maximum of nodes of one VM size."""

from __future__ import annotations

from azureml._local.amlcompute_status import AmlComputeNodeStateCounts, AmlComputeStatus, ScaleSettings
from azureml._local.attaching import check_identity as _check_identity
from azureml._local.attaching import check_identity_if_any as _check_identity_if_any
from azureml._local.attaching import check_password as _check_password
from azureml._local.errors import raises as _raises
from azureml.core.compute.compute import ComputeTarget, ComputeTargetProvisioningConfiguration
from azureml.exceptions._azureml_exception import ComputeTargetException

from dp100.standin.engine import store as _store
from dp100.standin.engine.compute import compute as _computes
from dp100.standin.engine.compute import sizes as _sizes
from dp100.standin.engine.errors import NotOffline as _NotOffline

__all__ = [
    "AmlCompute",
    "AmlComputeNodeStateCounts",
    "AmlComputeProvisioningConfiguration",
    "AmlComputeStatus",
    "ScaleSettings",
]

_VNET = ("vnet_resourcegroup_name", "vnet_name", "subnet_name")


@_raises(ComputeTargetException)
class AmlCompute(ComputeTarget):
    """A cluster that grows with the jobs that wait, and shrinks when nodes are idle."""

    _compute_type = "AmlCompute"
    vnet_resourcegroup_name: object
    vnet_name: object
    subnet_name: object
    admin_username: object
    admin_user_ssh_key: object
    remote_login_port_public_access: object
    identity_type: str | None
    identity_id: list[str] | None

    def _show(self, held):
        self.vm_size = held.size.upper() if held.size else None
        self.vm_priority = held.tier
        self.scale_settings = ScaleSettings(held.min_nodes, held.max_nodes, held.idle_seconds)
        self.admin_user_password = None
        self.status = _status(self.workspace._ws, held)

    @staticmethod
    def provisioning_configuration(
        vm_size="",
        vm_priority="dedicated",
        min_nodes=0,
        max_nodes=None,
        idle_seconds_before_scaledown=1800,
        admin_username=None,
        admin_user_password=None,
        admin_user_ssh_key=None,
        vnet_resourcegroup_name=None,
        vnet_name=None,
        subnet_name=None,
        tags=None,
        description=None,
        remote_login_port_public_access="NotSpecified",
        identity_type=None,
        identity_id=None,
        location=None,
        enable_node_public_ip=True,
    ):
        """How a cluster is to be made; ``max_nodes`` has to be given."""
        made = AmlComputeProvisioningConfiguration(
            vm_size,
            vm_priority,
            min_nodes,
            max_nodes,
            idle_seconds_before_scaledown,
            admin_username,
            admin_user_password,
            admin_user_ssh_key,
            vnet_resourcegroup_name,
            vnet_name,
            subnet_name,
            tags,
            description,
            remote_login_port_public_access,
            identity_type,
            identity_id,
            location,
            enable_node_public_ip,
        )
        made.validate_configuration()
        return made

    def wait_for_completion(
        self, show_output=False, min_node_count=None, timeout_in_minutes=25, is_delete_operation=False
    ):
        """Wait until the cluster is ready; here it always is."""
        if not is_delete_operation:
            self.refresh_state()
        if show_output:
            print("Succeeded\nAmlCompute wait for completion finished\n")
            print("Minimum number of nodes requested have been provisioned")

    def get_status(self):
        """What the nodes are doing, an :class:`AmlComputeStatus`."""
        self.refresh_state()
        return self.status

    def get(self):
        """The cluster as the service's dict."""
        self.refresh_state()
        return self.serialize()

    def list_nodes(self):
        """The nodes there are now, a list of dicts."""
        return [
            {
                "nodeId": node.id,
                "port": node.port,
                "publicIpAddress": node.ip,
                "privateIpAddress": node.ip,
                "nodeState": node.state,
                "runId": node.run,
            }
            for node in _computes.nodes(self.workspace._ws, self.name)
        ]

    def update(self, min_nodes=None, max_nodes=None, idle_seconds_before_scaledown=None):
        """Change the bounds of the cluster, or how long idle nodes stay."""
        changes = {
            "min_nodes": min_nodes,
            "max_nodes": max_nodes,
            "idle_seconds": idle_seconds_before_scaledown,
        }
        given = {name: value for name, value in changes.items() if value is not None}
        self._take(_computes.update(self.workspace._ws, self.name, **given))

    def detach(self):
        """Refused: a cluster is deleted."""
        raise ComputeTargetException(
            "Detach is not supported for AmlCompute object. Try to use delete instead."
        )

    def delete(self):
        """Delete the cluster."""
        super().delete()

    def refresh_state(self):
        """Read the cluster's state anew."""
        super().refresh_state()

    def add_identity(self, identity_type, identity_id=None):
        """Give the cluster a managed identity."""
        _check_identity(identity_type, identity_id, "identity_id")
        made = _computes.update(
            self.workspace._ws, self.name, identity_type=identity_type, identity_id=identity_id
        )
        self._take(made)

    def remove_identity(self, identity_id=None):
        """Take identities from the cluster: those named, or all."""
        if not self.identity_type:
            raise ComputeTargetException("Cannot remove identity. The compute has no identity assigned.")
        left = [each for each in self.identity_id or () if identity_id and each not in identity_id]
        made = _computes.update(
            self.workspace._ws,
            self.name,
            identity_type=self.identity_type if left else None,
            identity_id=left or None,
        )
        self._take(made)

    def get_active_runs(self, type=None, tags=None, properties=None, status=None):
        """The runs that are on the cluster, or wait for it."""
        from azureml.core.run import Run

        return Run.list_by_compute(self, type, tags, properties, status)

    @staticmethod
    def supported_vmsizes(workspace, location=None):
        """The VM sizes that a cluster can have, a list of dicts."""
        return _vm_sizes()

    @staticmethod
    def list_usages(workspace, show_all=False, location=None):
        """How much of the subscription's quota is used."""
        raise _NotOffline("AmlCompute.list_usages")

    @staticmethod
    def list_quotas(workspace, location=None):
        """The quotas of the subscription."""
        raise _NotOffline("AmlCompute.list_quotas")

    @staticmethod
    def update_quotas(workspace, vm_family, limit=None, location=None):
        """Change the quota of a VM family."""
        raise _NotOffline("AmlCompute.update_quotas")

    def serialize(self):
        """The cluster as a dict, with the service's names."""
        found = super().serialize()
        found["properties"]["status"] = self.status.serialize()
        found["identity"] = (
            {"type": self.identity_type, "userAssignedIdentities": self.identity_id}
            if self.identity_type
            else None
        )
        return found

    @staticmethod
    def deserialize(workspace, object_dict):
        """The cluster that a serialized one names."""
        return AmlCompute(workspace, object_dict["name"])

    def _own_properties(self):
        return {
            "vmSize": self.vm_size,
            "vmPriority": self.vm_priority,
            "scaleSettings": self.scale_settings.serialize(),
            "userAccountCredentials": {"adminUserName": self.admin_username},
            "subnet": {"id": None},
            "remoteLoginPortPublicAccess": self.remote_login_port_public_access,
        }


class AmlComputeProvisioningConfiguration(ComputeTargetProvisioningConfiguration):
    """How a cluster is to be made."""

    def __init__(
        self,
        vm_size="",
        vm_priority="dedicated",
        min_nodes=0,
        max_nodes=None,
        idle_seconds_before_scaledown=1800,
        admin_username=None,
        admin_user_password=None,
        admin_user_ssh_key=None,
        vnet_resourcegroup_name=None,
        vnet_name=None,
        subnet_name=None,
        tags=None,
        description=None,
        remote_login_port_public_access="NotSpecified",
        identity_type=None,
        identity_id=None,
        compute_location=None,
        enable_node_public_ip=True,
    ):
        super().__init__(AmlCompute, None)
        self.vm_size = vm_size
        self.vm_priority = vm_priority
        self.scale_settings = ScaleSettings(min_nodes, max_nodes, idle_seconds_before_scaledown)
        self.admin_username = admin_username
        self.admin_user_password = admin_user_password
        self.admin_user_ssh_key = admin_user_ssh_key
        self.vnet_resourcegroup_name = vnet_resourcegroup_name
        self.vnet_name = vnet_name
        self.subnet_name = subnet_name
        self.tags = tags
        self.description = description
        self.remote_login_port_public_access = remote_login_port_public_access
        self.identity_type = identity_type
        self.identity_id = identity_id
        self.compute_location = compute_location
        self.enable_node_public_ip = enable_node_public_ip

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        if (self.admin_user_password or self.admin_user_ssh_key) and not self.admin_username:
            raise ComputeTargetException(
                "Invalid user credentials, admin username must be provided along with either a password or SSH key "
                "information."
            )
        if self.admin_username and not (self.admin_user_password or self.admin_user_ssh_key):
            raise ComputeTargetException(
                "Invalid user credentials, no password or key information provided. Please provide either a "
                "password or SSH key information."
            )
        if self.admin_user_password:
            _check_password(self.admin_user_password)
        network = [getattr(self, name) for name in _VNET]
        if any(network) and not all(network):
            raise ComputeTargetException(
                "Invalid configuration, not all virtual net information provided. To use a custom virtual net, "
                "please provide vnet name, vnet resource group and subnet name"
            )
        most, least = self.scale_settings.maximum_node_count, self.scale_settings.minimum_node_count
        if most is None:
            raise ComputeTargetException("Invalid provisioning configuration, max nodes count is mandatory")
        if most < 0:
            raise ComputeTargetException(
                "Invalid provisioning configuration, max nodes count must be greater than or equal to 0"
            )
        if most < least:
            raise ComputeTargetException(
                "Invalid provisioning configuration, max nodes count must be greater than or equal to min nodes "
                "count"
            )
        _check_identity_if_any(self.identity_type, self.identity_id, "identity_id")

    def _engine(self):
        kept = (
            *_VNET,
            "admin_username",
            "admin_user_ssh_key",
            "remote_login_port_public_access",
            "identity_type",
            "identity_id",
            "enable_node_public_ip",
        )
        return {
            "size": self.vm_size or None,
            "min_nodes": self.scale_settings.minimum_node_count,
            "max_nodes": self.scale_settings.maximum_node_count,
            "idle_seconds": self.scale_settings.idle_seconds_before_scaledown,
            "tier": self.vm_priority,
            "location": self.compute_location,
            "description": self.description,
            "tags": self.tags,
            **{name: getattr(self, name) for name in kept if getattr(self, name) is not None},
        }


def _status(ws, held):
    now = _computes.status(ws, held)
    return AmlComputeStatus(
        now.allocation_state,
        _store.moment(now.allocation_state_transition_time) if now.allocation_state_transition_time else None,
        _store.moment(held.created),
        now.current_node_count,
        list(now.errors) or None,
        _store.moment(held.modified) if held.modified else None,
        AmlComputeNodeStateCounts(
            now.idle, now.leaving, now.preempted, now.preparing, now.running, now.unusable
        ),
        held.provisioning_state,
        None,
        ScaleSettings(held.min_nodes, held.max_nodes, held.idle_seconds),
        now.target_node_count,
        held.tier,
        held.size.upper() if held.size else None,
    )


def _vm_sizes():
    return [
        {
            "name": size.name,
            "family": size.family,
            "vCPUs": size.cores,
            "gpus": size.gpus,
            "osVhdSizeMB": 1047552,
            "maxResourceVolumeMB": size.disk_gb * 1024,
            "memoryGB": size.memory_gb,
            "lowPriorityCapable": True,
            "premiumIO": "s" in size.name.rpartition("_")[0].lower(),
            "supportedComputeTypes": ["AmlCompute", "ComputeInstance"],
        }
        for size in _sizes.table()
    ]
