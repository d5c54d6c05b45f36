"""How a run gets a dataset."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import UserErrorException as _UserErrorException

DIRECT_MODE = "direct"
DOWNLOAD_MODE = "download"
MOUNT_MODE = "mount"
HDFS_MODE = "hdfs"


class DatasetConsumptionConfig:
    """A dataset as an input of a run.

    Args:
        name: the input's name.
        dataset: the dataset, or what will be one.
        mode: ``direct``, ``mount``, ``download`` or ``hdfs``.
        path_on_compute: where the script finds the files.
    """

    def __init__(self, name, dataset, mode="direct", path_on_compute=None):
        self.dataset = dataset
        self.path_on_compute = path_on_compute
        self.name = name
        self.mode = mode
        if mode not in (DIRECT_MODE, MOUNT_MODE, DOWNLOAD_MODE, HDFS_MODE):
            raise _UserErrorException(
                f"Invalid mode '{mode}'. Mode can only be mount, download, hdfs, or direct"
            )
        if mode != DIRECT_MODE:
            self._check_files(mode)

    @property
    def name(self):
        """The input's name."""
        return self._name

    @name.setter
    def name(self, value):
        import re

        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z_]\w*", value, re.ASCII):
            raise _UserErrorException(
                f'Invalid input name "{value}". The name can only be alphanumeric characters and underscore, and must '
                "not begin with a number."
            )
        self._name = value
        self.arg_val = f"DatasetConsumptionConfig:{value}"

    def as_download(self, path_on_compute=None):
        """The same input, downloaded."""
        return DatasetConsumptionConfig(
            self.name, self.dataset, DOWNLOAD_MODE, path_on_compute or self.path_on_compute
        )

    def as_mount(self, path_on_compute=None):
        """The same input, mounted."""
        return DatasetConsumptionConfig(
            self.name, self.dataset, MOUNT_MODE, path_on_compute or self.path_on_compute
        )

    def as_hdfs(self):
        """The same input, for Spark."""
        return DatasetConsumptionConfig(self.name, self.dataset, HDFS_MODE, None)

    def _check_files(self, mode):
        from azureml.data.tabular_dataset import TabularDataset

        if isinstance(self.dataset, TabularDataset):
            raise _UserErrorException(
                f"{type(self.dataset)} does not support {mode}. Only FileDataset supports {mode}"
            )
