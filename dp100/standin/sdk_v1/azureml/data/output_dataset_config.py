"""Outputs of a run, which can be registered as datasets."""

from __future__ import annotations

import os as _os

from azureml.data.dataset_type_definitions import PromoteHeadersBehavior
from azureml.exceptions._azureml_exception import UserErrorException as _UserErrorException

from dp100.standin.engine.errors import NotOffline as _NotOffline

MOUNT_MODE = "mount"
UPLOAD_MODE = "upload"
LINK_MODE = "link"
HDFS_MODE = "hdfs"
DIRECT_MODE = "direct"


class OutputDatasetConfig:
    """An output of a run.

    Args:
        mode: ``mount``, ``upload``, ``link`` or ``hdfs``.
        name: the output's name; made up by default.
    """

    def __init__(self, mode, name=None, **kwargs):
        self.mode = mode
        self.name = name or f"output_{_os.urandom(4).hex()}"
        self._registration = kwargs.get("registration")
        self._transformations = kwargs.get("additional_transformations")

    @property
    def name(self):
        """The output's name."""
        return self._name

    @name.setter
    def name(self, value):
        import re

        if not re.fullmatch(r"[A-Za-z_]\w*", str(value), re.ASCII):
            raise _UserErrorException(
                f"Invalid name {value!r}. Output name can only be alphanumeric characters and underscore, and must "
                "not begin with a number."
            )
        self._name = value
        self.arg_val = f"DatasetOutputConfig:{value}"

    def register_on_complete(self, name, description=None, tags=None):
        """The same output, registered as a dataset when the run has completed."""
        if not name:
            raise ValueError("The registration name of the dataset must not be empty.")
        made = self._copy()
        made._registration = RegistrationConfiguration(name, description, tags)
        return made

    def as_input(self, name=None):
        """The output as an input of a later step."""
        raise NotImplementedError

    def _consumed(self, name):
        from azureml.data.dataset_consumption_config import DatasetConsumptionConfig

        return DatasetConsumptionConfig(name or f"input_{self.name}", self)

    def _copy(self):
        import copy

        return copy.copy(self)


class TransformationMixin:
    """Files that may be read as a table."""

    def read_delimited_files(
        self,
        include_path=False,
        separator=",",
        header=PromoteHeadersBehavior.ALL_FILES_HAVE_SAME_HEADERS,
        partition_format=None,
        path_glob=None,
        set_column_types=None,
    ):
        """The output as a table of delimited files."""
        return self._table(
            "delimited",
            path_glob,
            include_path=include_path,
            separator=separator,
            header=getattr(header, "value", header),
            partition_format=partition_format,
            types=set_column_types,
        )

    def read_parquet_files(
        self, include_path=False, partition_format=None, path_glob=None, set_column_types=None
    ):
        """The output as a table of Parquet files."""
        return self._table(
            "parquet",
            path_glob,
            include_path=include_path,
            partition_format=partition_format,
            types=set_column_types,
        )

    def _table(self, kind, path_glob, **options):
        return OutputTabularDatasetConfig(output=self, kind=kind, path_glob=path_glob, options=options)


class OutputFileDatasetConfig(OutputDatasetConfig, TransformationMixin):
    """Files that a run writes.

    Args:
        name: the output's name.
        destination: a datastore and a path, in which ``{run-id}`` and ``{output-name}`` are replaced.
        source: the folder that the script writes to; made up by default.
        partition_format: how the paths of the files make columns.
    """

    def __init__(self, name=None, destination=None, source=None, partition_format=None):
        super().__init__(MOUNT_MODE, name)
        self.destination = destination
        self.source = source
        self._partition_format = partition_format
        self._options = MountOptions()

    def as_mount(self, disable_metadata_cache=False):
        """The same output, written to the datastore at once."""
        made = self._copy()
        made.mode = MOUNT_MODE
        made._options = MountOptions(disable_metadata_cache)
        return made

    def as_upload(self, overwrite=False, source_globs=None):
        """The same output, copied to the datastore at the end."""
        made = self._copy()
        made.mode = UPLOAD_MODE
        made._options = UploadOptions(overwrite, source_globs)
        return made

    def as_input(self, name=None):
        """The output as an input of a later step."""
        return self._consumed(name)


class HDFSOutputDatasetConfig(OutputDatasetConfig, TransformationMixin):
    """Files that a Spark run writes."""

    def __init__(self, name=None, destination=None):
        super().__init__(HDFS_MODE, name)
        self.destination = destination
        self.source = None

    def as_input(self, name=None):
        """The output as an input of a later step."""
        return self._consumed(name)


class LinkFileOutputDatasetConfig(OutputDatasetConfig):
    """A file dataset that a run makes and links to itself."""

    def __init__(self, name=None):
        super().__init__(LINK_MODE, name)

    def as_input(self, name=None):
        """The output as an input of a later step."""
        return self._consumed(name)


class LinkTabularOutputDatasetConfig(OutputDatasetConfig):
    """A tabular dataset that a run makes and links to itself."""

    def __init__(self, name=None):
        super().__init__(LINK_MODE, name)

    def as_input(self, name=None):
        """The output as an input of a later step."""
        return self._consumed(name)


class OutputTabularDatasetConfig(OutputDatasetConfig):
    """A table of files that a run writes; made by ``read_delimited_files`` of an output of files."""

    def __init__(self, **kwargs):
        output = kwargs.get("output")
        if output is None:
            raise ValueError(
                "The constructor of this class is not supposed to be called directly. Please create it with "
                "OutputFileDatasetConfig.read_delimited_files or read_parquet_files."
            )
        super().__init__(output.mode, output.name, registration=output._registration)
        self._output = output
        self._read = {"kind": kwargs["kind"], "path_glob": kwargs["path_glob"], **kwargs["options"]}
        self._steps = []

    def keep_columns(self, columns):
        """Only these columns."""
        return self._then("keep", [columns] if isinstance(columns, str) else list(columns))

    def drop_columns(self, columns):
        """All columns but these."""
        return self._then("drop", [columns] if isinstance(columns, str) else list(columns))

    def random_split(self, percentage, seed=None):
        """Two tables: about that share of the rows, and the others."""
        raise _NotOffline("OutputTabularDatasetConfig.random_split")

    def as_mount(self):
        """The same output, written to the datastore at once."""
        made = self._copy()
        made._output = self._output.as_mount()
        made.mode = MOUNT_MODE
        return made

    def as_upload(self, overwrite=False, source_globs=None):
        """The same output, copied to the datastore at the end."""
        made = self._copy()
        made._output = self._output.as_upload(overwrite, source_globs)
        made.mode = UPLOAD_MODE
        return made

    def as_input(self, name=None):
        """The output as an input of a later step."""
        return self._consumed(name)

    def _then(self, *step):
        made = self._copy()
        made._steps = [*self._steps, list(step)]
        return made


class RegistrationConfiguration:
    """Under what an output is registered."""

    def __init__(self, name, description, tags):
        self.name = name
        self.description = description
        self.tags = tags


class MountOptions:
    """How an output is mounted."""

    def __init__(self, disable_metadata_cache=False):
        self.disable_metadata_cache = disable_metadata_cache


class UploadOptions:
    """How an output is uploaded."""

    def __init__(self, overwrite=False, source_globs=None):
        self.overwrite = overwrite
        self.source_globs = source_globs
