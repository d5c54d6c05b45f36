"""Compute targets by kind."""

from azureml._local.lazily import offered as _offered
from azureml._version import VERSION

__version__ = VERSION

_HOMES = {
    "azureml.core.compute.adla": ("AdlaCompute",),
    "azureml.core.compute.aks": ("AksCompute",),
    "azureml.core.compute.amlcompute": ("AmlCompute",),
    "azureml.core.compute.batch": ("BatchCompute",),
    "azureml.core.compute.compute": ("ComputeTarget",),
    "azureml.core.compute.computeinstance": ("ComputeInstance",),
    "azureml.core.compute.databricks": ("DatabricksCompute",),
    "azureml.core.compute.datafactory": ("DataFactoryCompute",),
    "azureml.core.compute.dsvm": ("DsvmCompute",),
    "azureml.core.compute.hdinsight": ("HDInsightCompute",),
    "azureml.core.compute.kubernetescompute": ("KubernetesCompute",),
    "azureml.core.compute.kusto": ("KustoCompute",),
    "azureml.core.compute.remote": ("RemoteCompute",),
    "azureml.core.compute.synapse": ("SynapseCompute",),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)

__getattr__, __dir__ = _offered(__name__, _HOMES)


def _by_type():
    """The class for each of the service's types of compute."""
    names = [name for name in __all__ if name not in ("ComputeTarget", "DsvmCompute", "KustoCompute")]
    return {cls._compute_type: cls for cls in map(__getattr__, names)}
