"""Databricks workspaces that are attached to a workspace."""

from __future__ import annotations

from azureml._local.attaching import check_resource as _check_resource
from azureml.core.compute.compute import ComputeTargetAttachConfiguration, _Attached
from azureml.exceptions._azureml_exception import ComputeTargetException


class DatabricksCompute(_Attached):
    """A Databricks workspace that a workspace knows."""

    _compute_type = "Databricks"

    @staticmethod
    def attach(workspace, name, resource_id, access_token):
        """Replaced by :meth:`ComputeTarget.attach`."""
        raise ComputeTargetException(
            "This method is DEPRECATED. Please use DatabricksCompute.attach_configuration and ComputeTarget.attach."
        )

    @staticmethod
    def attach_configuration(resource_group=None, workspace_name=None, resource_id=None, access_token=""):
        """What is to be attached: by resource group and name, or by ARM id, with an access token."""
        made = DatabricksAttachConfiguration(resource_group, workspace_name, resource_id, access_token)
        made.validate_configuration()
        return made

    def get_credentials(self):
        """How to sign in; tokens are not kept."""
        return {"databricksAccessToken": None}


class DatabricksAttachConfiguration(ComputeTargetAttachConfiguration):
    """A Databricks workspace to be attached."""

    def __init__(self, resource_group=None, workspace_name=None, resource_id=None, access_token=""):
        super().__init__(DatabricksCompute)
        self.resource_group = resource_group
        self.workspace_name = workspace_name
        self.resource_id = resource_id
        self.access_token = access_token

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_resource(self, "workspace_name", "Microsoft.Databricks", "Databricks")
