"""Azure Batch accounts."""

from __future__ import annotations

from azureml._local.attaching import check_resource as _check_resource
from azureml.core.compute.compute import (
    ComputeTargetAttachConfiguration,
    _Attached,
)


class BatchCompute(_Attached):
    """A Batch account that a workspace knows."""

    _compute_type = "Batch"

    @staticmethod
    def attach_configuration(resource_group=None, account_name=None, resource_id=None):
        """What is to be attached: by resource group and name, or by ARM id."""
        made = BatchAttachConfiguration(resource_group, account_name, resource_id)
        made.validate_configuration()
        return made


class BatchAttachConfiguration(ComputeTargetAttachConfiguration):
    """A Batch account to be attached."""

    def __init__(self, resource_group=None, account_name=None, resource_id=None):
        super().__init__(BatchCompute)
        self.resource_group = resource_group
        self.account_name = account_name
        self.resource_id = resource_id

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_resource(self, "account_name", "Microsoft.Batch", "Batch")
