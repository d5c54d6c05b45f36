"""Kubernetes clusters with the extension of Azure Machine Learning."""

from __future__ import annotations

from azureml._local.attaching import check_cluster_id as _check_cluster_id
from azureml._local.attaching import check_identity_if_any as _check_identity
from azureml.core.compute.compute import ComputeTargetAttachConfiguration, _Attached

from dp100.standin.engine import store as _store


class KubernetesCompute(_Attached):
    """A Kubernetes cluster that a workspace knows."""

    _compute_type = "Kubernetes"
    default_instance_type: object
    identity: object
    identity_ids: object
    identity_type: object
    instance_types: object
    namespace: object
    public_ip: object
    vm_size: object

    def _show(self, held):
        self.status = KubernetesComputeStatus(
            _store.moment(held.created), _store.moment(held.modified), held.provisioning_state
        )

    @staticmethod
    def attach_configuration(resource_id=None, namespace=None, identity_type=None, identity_ids=None):
        """What is to be attached: a cluster by ARM id."""
        made = KubernetesComputeAttachConfiguration(resource_id, namespace, identity_type, identity_ids)
        made.validate_configuration()
        return made

    def get(self):
        """The cluster as the service's dict."""
        self.refresh_state()
        return self.serialize()

    def get_status(self):
        """The state of the cluster, a :class:`KubernetesComputeStatus`."""
        self.refresh_state()
        return self.status


class KubernetesComputeAttachConfiguration(ComputeTargetAttachConfiguration):
    """A Kubernetes cluster to be attached."""

    def __init__(self, resource_id=None, namespace=None, identity_type=None, identity_ids=None):
        super().__init__(KubernetesCompute)
        self.resource_id = resource_id
        self.namespace = namespace
        self.identity_type = identity_type
        self.identity_ids = identity_ids

    def validate_configuration(self):
        """Raise ComputeTargetException where something is missing or wrong."""
        _check_cluster_id(self.resource_id)
        _check_identity(self.identity_type, self.identity_ids, "identity_ids")

    def to_dict(self):
        """The configuration as plain values."""
        return self._engine()


class KubernetesComputeStatus:
    """The state of a Kubernetes cluster."""

    def __init__(self, creation_time, modified_time, provisioning_state):
        self.creation_time = creation_time
        self.modified_time = modified_time
        self.provisioning_state = provisioning_state

    def serialize(self):
        """A dict with the service's names."""
        return {
            "creationTime": self.creation_time.isoformat(),
            "modifiedTime": self.modified_time.isoformat(),
            "provisioningState": self.provisioning_state,
        }

    @staticmethod
    def deserialize(object_dict):
        """The status in such a dict."""
        return KubernetesComputeStatus(
            _store.moment(object_dict["creationTime"]),
            _store.moment(object_dict["modifiedTime"]),
            object_dict["provisioningState"],
        )
