"""Workspaces, experiments, runs, compute, data, environments and models."""

from azureml._local.lazily import offered as _offered
from azureml._version import VERSION

__version__ = VERSION

_HOMES = {
    "azureml._logging.debug_mode": ("diagnostic_log",),
    "azureml.core.compute.compute": ("ComputeTarget",),
    "azureml.core.compute_target": (
        "attach_legacy_compute_target",
        "is_compute_target_prepared",
        "prepare_compute_target",
        "remove_legacy_compute_target",
    ),
    "azureml.core.container_registry": ("ContainerRegistry",),
    "azureml.core.dataset": ("Dataset",),
    "azureml.core.datastore": ("Datastore",),
    "azureml.core.environment": ("Environment",),
    "azureml.core.experiment": ("Experiment",),
    "azureml.core.image.image": ("Image",),
    "azureml.core.keyvault": ("Keyvault",),
    "azureml.core.linked_service": (
        "LinkedService",
        "SynapseWorkspaceLinkedServiceConfiguration",
    ),
    "azureml.core.model": ("Model",),
    "azureml.core.private_endpoint": (
        "PrivateEndPoint",
        "PrivateEndPointConfig",
    ),
    "azureml.core.run": (
        "Run",
        "get_run",
    ),
    "azureml.core.runconfig": ("RunConfiguration",),
    "azureml.core.script_run": ("ScriptRun",),
    "azureml.core.script_run_config": ("ScriptRunConfig",),
    "azureml.core.webservice.webservice": ("Webservice",),
    "azureml.core.workspace": ("Workspace",),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)

__getattr__, __dir__ = _offered(__name__, _HOMES)
