"""Virtual machines that are attached to a workspace."""

from __future__ import annotations

from azureml._local.attaching import check_host as _check_host
from azureml.core.compute.compute import ComputeTargetAttachConfiguration, _Attached
from azureml.exceptions._azureml_exception import ComputeTargetException


class RemoteCompute(_Attached):
    """A virtual machine with Linux, reached through SSH; its jobs run on this machine."""

    _compute_type = "VirtualMachine"
    address: object
    ssh_port: object
    vm_size: object

    def _show(self, held):
        self.vm_size = held.size or self.vm_size

    @staticmethod
    def attach(
        workspace,
        name,
        username,
        address,
        ssh_port=22,
        password="",
        private_key_file="",
        private_key_passphrase="",
    ):
        """Replaced by :meth:`ComputeTarget.attach`."""
        raise ComputeTargetException(
            "This method is DEPRECATED. Please use RemoteCompute.attach_configuration and ComputeTarget.attach."
        )

    @staticmethod
    def attach_configuration(
        username,
        subscription_id=None,
        resource_group=None,
        vm_name=None,
        resource_id=None,
        address=None,
        ssh_port=22,
        password="",
        private_key_file="",
        private_key_passphrase="",
    ):
        """What is to be attached: by address, by resource group and name, or by ARM id."""
        made = RemoteComputeAttachConfiguration(
            username,
            subscription_id,
            resource_group,
            vm_name,
            resource_id,
            address,
            ssh_port,
            password,
            private_key_file,
            private_key_passphrase,
        )
        made.validate_configuration()
        return made

    def get_credentials(self):
        """How to log in; passwords are not kept."""
        return {"username": self._held.properties.get("username"), "password": None}


class RemoteComputeAttachConfiguration(ComputeTargetAttachConfiguration):
    """A virtual machine to be attached."""

    def __init__(
        self,
        username,
        subscription_id=None,
        resource_group=None,
        vm_name=None,
        resource_id=None,
        address=None,
        ssh_port=22,
        password="",
        private_key_file="",
        private_key_passphrase="",
    ):
        super().__init__(RemoteCompute)
        self.username = username
        self.subscription_id = subscription_id
        self.resource_group = resource_group
        self.vm_name = vm_name
        self.resource_id = resource_id
        self.address = address
        self.ssh_port = ssh_port
        self.password = password
        self.private_key_file = private_key_file
        self.private_key_passphrase = private_key_passphrase

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_host(self, "vm_name", "Microsoft.Compute", "virtual machine")
