"""``Dataset``: the door to tabular and file datasets."""

from __future__ import annotations

from azureml._local.later import with_absent as _with_absent
from azureml.data.abstract_dataset import AbstractDataset as _AbstractDataset
from azureml.data.dataset_factory import FileDatasetFactory as _FileDatasetFactory
from azureml.data.dataset_factory import TabularDatasetFactory as _TabularDatasetFactory
from azureml.data.dataset_type_definitions import FileEncoding as _FileEncoding
from azureml.data.dataset_type_definitions import PromoteHeadersBehavior as _PromoteHeadersBehavior
from azureml.data.dataset_type_definitions import SkipLinesBehavior as _SkipLinesBehavior

from dp100.standin.engine.errors import NotOffline as _NotOffline

# Members of the datasets that there were before the two kinds.
_Legacy = _with_absent(
    *("archive", "compare_profiles", "create_snapshot", "definition", "definition_version"),
    *("delete_snapshot", "deprecate", "description", "diff", "generate_profile", "get_all_snapshots"),
    *("get_definition", "get_definitions", "get_profile", "get_snapshot", "head", "id", "is_visible"),
    *("name", "reactivate", "register", "sample", "state", "tags", "to_pandas_dataframe"),
    *("to_spark_dataframe", "update", "update_definition", "workspace"),
)


class Dataset(metaclass=_Legacy):  # type: ignore[metaclass]  # made above, which mypy does not follow
    """Makes and finds datasets. The class itself, from before there were two kinds, cannot be made any more."""

    File = _FileDatasetFactory
    Tabular = _TabularDatasetFactory

    class Scenario:
        """What a snapshot of a dataset is used for."""

        TRAINING = "training"
        VALIDATION = "validation"
        INFERENCING = "inferencing"

    def __init__(self, definition, workspace=None, name=None, id=None):
        raise _NotOffline("Dataset(...)", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def get_by_name(workspace, name, version="latest", **kwargs):
        """The registered dataset of that name and version."""
        return _AbstractDataset.get_by_name(workspace, name, version, **kwargs)

    @staticmethod
    def get_by_id(workspace, id, **kwargs):
        """The registered or saved dataset of that id."""
        return _AbstractDataset.get_by_id(workspace, id, **kwargs)

    @staticmethod
    def get_all(workspace):
        """The latest version of every registered dataset, by name."""
        return _AbstractDataset.get_all(workspace)

    @staticmethod
    def get(workspace, name=None, id=None):
        """The registered dataset of that name or id."""
        if id is not None:
            return _AbstractDataset.get_by_id(workspace, id)
        return _AbstractDataset.get_by_name(workspace, name)

    @staticmethod
    def list(workspace):
        """All registered datasets, the latest version of each."""
        return list(_AbstractDataset.get_all(workspace).values())

    @staticmethod
    def from_sql_query(data_source, query):
        """A dataset of what a query of a database answers."""
        raise _NotOffline("Dataset.from_sql_query")

    @staticmethod
    def auto_read_files(path, include_path=False, partition_format=None):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.auto_read_files", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_binary_files(path):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_binary_files", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_delimited_files(
        path,
        separator=",",
        header=_PromoteHeadersBehavior.ALL_FILES_HAVE_SAME_HEADERS,
        encoding=_FileEncoding.UTF8,
        quoting=False,
        infer_column_types=True,
        skip_rows=0,
        skip_mode=_SkipLinesBehavior.NO_ROWS,
        comment=None,
        include_path=False,
        archive_options=None,
        partition_format=None,
    ):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_delimited_files", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_excel_files(
        path,
        sheet_name=None,
        use_column_headers=False,
        skip_rows=0,
        include_path=False,
        infer_column_types=True,
        partition_format=None,
    ):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_excel_files", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_json_files(
        path,
        encoding=_FileEncoding.UTF8,
        flatten_nested_arrays=False,
        include_path=False,
        partition_format=None,
    ):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_json_files", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_pandas_dataframe(dataframe, path=None, in_memory=False):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_pandas_dataframe", "Use Dataset.Tabular and Dataset.File.")

    @staticmethod
    def from_parquet_files(path, include_path=False, partition_format=None):
        """Deprecated since there are tabular and file datasets."""
        raise _NotOffline("Dataset.from_parquet_files", "Use Dataset.Tabular and Dataset.File.")
