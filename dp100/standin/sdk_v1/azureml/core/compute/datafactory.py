"""Data factories."""

from __future__ import annotations

from azureml._local.attaching import check_resource as _check_resource
from azureml._local.later import absent as _absent
from azureml.core.compute.compute import (
    ComputeTargetAttachConfiguration,
    _Attached,
)
from azureml.exceptions._azureml_exception import ComputeTargetException

DataFactoryProvisioningConfiguration = _absent(__name__, "DataFactoryProvisioningConfiguration")


class DataFactoryCompute(_Attached):
    """A data factory that a workspace knows."""

    _compute_type = "DataFactory"

    @staticmethod
    def attach(workspace, name, resource_id):
        """Replaced by :meth:`ComputeTarget.attach`."""
        raise ComputeTargetException(
            "This method is DEPRECATED. Please use the following code to attach: "
            "DataFactoryCompute.attach_configuration and ComputeTarget.attach."
        )

    @staticmethod
    def provisioning_configuration(location=None):
        """How a data factory is to be made."""
        return DataFactoryProvisioningConfiguration(location)

    @staticmethod
    def attach_configuration(resource_group=None, factory_name=None, resource_id=None):
        """What is to be attached: by resource group and name, or by ARM id."""
        made = DataFactoryAttachConfiguration(resource_group, factory_name, resource_id)
        made.validate_configuration()
        return made


class DataFactoryAttachConfiguration(ComputeTargetAttachConfiguration):
    """A data factory to be attached."""

    def __init__(self, resource_group=None, factory_name=None, resource_id=None):
        super().__init__(DataFactoryCompute)
        self.resource_group = resource_group
        self.factory_name = factory_name
        self.resource_id = resource_id

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_resource(self, "factory_name", "Microsoft.DataFactory", "DataFactory")
