"""Spark pools of a linked Synapse workspace."""

from __future__ import annotations

from azureml.core.compute.compute import ComputeTargetAttachConfiguration, _Attached
from azureml.exceptions._azureml_exception import ComputeTargetException


class SynapseCompute(_Attached):
    """A Spark pool that a workspace knows."""

    _compute_type = "SynapseSpark"
    auto_pause_enabled: object
    auto_pause_in_minutes: object
    auto_scale_enabled: object
    max_node_count: object
    min_node_count: object
    node_count: object
    node_size: object
    node_size_family: object
    spark_version: object

    @staticmethod
    def attach_configuration(linked_service, type, pool_name):
        """What is to be attached: a pool of a linked service, of the type ``SynapseSpark``."""
        made = SynapseAttachConfiguration(linked_service, type, pool_name)
        made.validate_configuration()
        return made


class SynapseAttachConfiguration(ComputeTargetAttachConfiguration):
    """A Spark pool to be attached."""

    def __init__(self, linked_service, type, pool_name):
        super().__init__(SynapseCompute)
        self.linked_service = linked_service
        self.type = type
        self.pool_name = pool_name

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        from azureml.core.linked_service import LinkedService

        if not isinstance(self.linked_service, LinkedService):
            raise ComputeTargetException("A valid linked_service object is required to attach compute.")
        if self.type != "SynapseSpark":
            raise ComputeTargetException("Only SynapseSpark type is supported now.")
        if not self.pool_name:
            raise ComputeTargetException("pool_name must be provided to attach synapse compute")

    def _engine(self):
        return {
            "resource_id": f"{self.linked_service.linked_service_resource_id}/bigDataPools/{self.pool_name}",
            "pool_name": self.pool_name,
            "linked_service": self.linked_service.name,
        }
