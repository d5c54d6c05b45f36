"""Datastores, datasets and references to data."""

from azureml._local.lazily import offered as _offered
from azureml._version import VERSION

__version__ = VERSION

_HOMES = {
    "azureml.data.datacache": ("DatacacheStore",),
    "azureml.data.dataset_factory": ("DataType",),
    "azureml.data.file_dataset": ("FileDataset",),
    "azureml.data.output_dataset_config": (
        "HDFSOutputDatasetConfig",
        "LinkFileOutputDatasetConfig",
        "LinkTabularOutputDatasetConfig",
        "OutputFileDatasetConfig",
    ),
    "azureml.data.tabular_dataset": ("TabularDataset",),
}
__all__ = sorted(name for names in _HOMES.values() for name in names)

__getattr__, __dir__ = _offered(__name__, _HOMES)
