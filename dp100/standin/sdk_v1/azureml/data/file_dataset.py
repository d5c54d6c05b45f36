"""File datasets: files of any kind, downloaded or mounted when they are used."""

from __future__ import annotations

import random as _random
import tempfile as _tempfile
from pathlib import Path as _Path

from azureml._local.errors import raises as _raises
from azureml.data import _expressions, _places
from azureml.data.abstract_dataset import AbstractDataset
from azureml.data.tabular_dataset import _counted, _percentage
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data import transfer as _transfer
from dp100.standin.engine.errors import NotOffline as _NotOffline


@_raises(UserErrorException)
class FileDataset(AbstractDataset):
    """Files in datastores; nothing is copied before it is used."""

    def __init__(self):
        super().__init__()

    def to_path(self):
        """The paths of the files in the dataset, each with a slash before it."""
        return [file.name for file in self._chosen()]

    def download(self, target_path=None, overwrite=False, ignore_not_found=False):
        """Copy the files to a folder, a temporary one by default; returns their paths."""
        files = self._chosen()
        top = _Path(target_path).absolute() if target_path else _Path(_tempfile.mkdtemp())
        targets = [top / _places.relative(file.name) for file in files]
        for target in targets:
            if target.exists() and not overwrite:
                raise UserErrorException(
                    f'File "{target}" already exists. Set overwrite=True to overwrite it, '
                    "or choose another target_path."
                )
        for file, target in zip(files, targets, strict=True):
            _transfer.copy_file(file.path, target)
        return [str(target) for target in targets]

    def mount(self, mount_point=None, **kwargs):
        """A context in which the files are in a folder; here they are copied."""
        if mount_point and _Path(mount_point).is_dir() and any(_Path(mount_point).iterdir()):
            raise UserErrorException(
                "Dataset mount point must be empty, mounting dataset to non-empty folder is not allowed."
            )
        return _MountContext(self, mount_point)

    def as_mount(self, path_on_compute=None):
        """The dataset as an input of a run, mounted."""
        return self._consumed().as_mount(path_on_compute)

    def as_download(self, path_on_compute=None):
        """The dataset as an input of a run, downloaded."""
        return self._consumed().as_download(path_on_compute)

    def as_hdfs(self):
        """The dataset as an input of a Spark run."""
        return self._consumed().as_hdfs()

    def as_cache(self, datacache_store):
        """The dataset from a cache."""
        raise _NotOffline("FileDataset.as_cache")

    def hydrate(self, datacache_store, replica_count=None):
        """Fill a cache."""
        raise _NotOffline("FileDataset.hydrate")

    def _consumed(self):
        import os

        from azureml.data.dataset_consumption_config import DatasetConsumptionConfig

        return DatasetConsumptionConfig(f"input_{os.urandom(4).hex()}", self)

    # --- some of the files ---------------------------------------------------------------------------------

    def take(self, count):
        """The first files."""
        return self._then("take", _counted(count))

    def skip(self, count):
        """All files but the first."""
        return self._then("skip", count)

    def take_sample(self, probability, seed=None):
        """Files that are each taken with a probability."""
        return self._then("sample", _share(probability), _seed(seed))

    def random_split(self, percentage, seed=None):
        """Two datasets: about that share of the files, and the others."""
        share, chosen = _percentage(percentage), _seed(seed)
        return self._then("split", share, chosen), self._then("split", share, chosen, True)

    def file_metadata(self, col):
        """For a condition: ``Size``, ``LastModifiedTime``, ``CreationTime``, ``Extension`` (``.csv``), ``CanSeek``."""
        return _expressions.column(f"FileMetadata.{col}")

    def filter(self, expression):
        """The files for which a condition holds, such as ``dataset.file_metadata("Size") > 1000``."""
        if not isinstance(expression, _expressions.Expression):
            raise UserErrorException("expression has to be a condition made with file_metadata.")
        return self._then("filter", expression.tree)

    def _chosen(self):
        """The files that are left after all steps.

        Raises:
            UserErrorException: there are none to begin with.
        """
        files = self._files()
        if not files:
            raise _places.gone(self._definition["source"]["paths"])
        for kind, *arguments in self._definition["steps"]:
            if kind == "take":
                files = files[: arguments[0]]
            elif kind == "skip":
                files = files[arguments[0] :]
            elif kind == "filter":
                partition_format = self._definition["source"].get("options", {}).get("partition_format")
                keep = _expressions.rows(arguments[0], _columns(files, partition_format))
                files = [file for file, wanted in zip(files, keep, strict=True) if wanted]
            else:
                from azureml.data._reading import chosen

                keep = chosen(len(files), kind, *arguments)
                files = [file for file, wanted in zip(files, keep, strict=True) if wanted]
        return files


class _MountContext:
    """Files of a dataset in a folder, for a block or between start and stop."""

    def __init__(self, dataset, mount_point):
        self._dataset = dataset
        self._given = mount_point
        self._folder = None
        self.mount_point = str(mount_point or _Path(_tempfile.gettempdir()) / f"tmp{id(self):x}")

    def start(self):
        """Put the files into the folder."""
        self._folder = _Path(self._given or self.mount_point)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._dataset.download(str(self._folder), overwrite=True)

    def stop(self):
        """Take the folder away."""
        import shutil

        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.stop()


def _columns(files, partition_format):
    """What conditions may name: the columns of a partition format, and the properties of the files."""
    import pandas
    from azureml.data._reading import _partitions

    rows = []
    for file in files:
        found = file.path.stat()
        rows.append(
            {
                **(_partitions(partition_format, file) if partition_format else {}),
                "FileMetadata.Size": found.st_size,
                "FileMetadata.LastModifiedTime": pandas.Timestamp(found.st_mtime, unit="s"),
                "FileMetadata.CreationTime": pandas.Timestamp(found.st_ctime, unit="s"),
                "FileMetadata.Extension": file.path.suffix,
                "FileMetadata.CanSeek": True,
            }
        )
    return pandas.DataFrame(rows)


def _share(number):
    if not 0 <= number <= 1:
        raise UserErrorException(f"A share has to be between 0.0 and 1.0, not {number}.")
    return float(number)


def _seed(seed):
    return seed if seed is not None else _random.randrange(2**31)
