"""Making datasets of files in datastores and at addresses."""

from __future__ import annotations

import warnings as _warnings

from azureml._local.errors import raises as _raises
from azureml.data import _places, _reading
from azureml.data.dataset_type_definitions import PromoteHeadersBehavior
from azureml.data.file_dataset import FileDataset as _FileDataset
from azureml.data.tabular_dataset import TabularDataset as _TabularDataset
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.errors import NotOffline as _NotOffline

__all__ = ["DataType", "FileDatasetFactory", "TabularDatasetFactory"]


@_raises(UserErrorException)
class TabularDatasetFactory:
    """``Dataset.Tabular``: makes tabular datasets."""

    @staticmethod
    def from_delimited_files(
        path,
        validate=True,
        include_path=False,
        infer_column_types=True,
        set_column_types=None,
        separator=",",
        header=True,
        partition_format=None,
        support_multi_line=False,
        empty_as_string=False,
        encoding="utf8",
    ):
        """A dataset of delimited files, such as CSV."""
        _reading.encoding(encoding)
        if len(separator) != 1:
            raise ValueError("Only single character is supported for argument: separator")
        return _table(
            "delimited",
            path,
            validate,
            include_path=include_path,
            infer=bool(infer_column_types),
            types=_types(set_column_types),
            separator=separator,
            header=_header(header),
            partition_format=partition_format,
            support_multi_line=support_multi_line,
            empty_as_string=empty_as_string,
            encoding=encoding,
        )

    @staticmethod
    def from_parquet_files(
        path, validate=True, include_path=False, set_column_types=None, partition_format=None
    ):
        """A dataset of Parquet files."""
        return _table(
            "parquet",
            path,
            validate,
            include_path=include_path,
            types=_types(set_column_types),
            partition_format=partition_format,
        )

    @staticmethod
    def from_json_lines_files(
        path,
        validate=True,
        include_path=False,
        set_column_types=None,
        partition_format=None,
        invalid_lines="error",
        encoding="utf8",
    ):
        """A dataset of files with a JSON object on each line."""
        if invalid_lines not in ("error", "drop"):
            raise UserErrorException(
                f"Expected 'error' or 'drop' as value for invalid_lines, found {invalid_lines}"
            )
        _reading.encoding(encoding)
        return _table(
            "json_lines",
            path,
            validate,
            include_path=include_path,
            types=_types(set_column_types),
            partition_format=partition_format,
            invalid_lines=invalid_lines,
            encoding=encoding,
            infer=True,
        )

    @staticmethod
    def from_sql_query(query, validate=True, set_column_types=None, query_timeout=30):
        """A dataset of what a query of a database answers."""
        raise _NotOffline("Dataset.Tabular.from_sql_query")

    @staticmethod
    def register_pandas_dataframe(
        dataframe,
        target,
        name,
        description=None,
        tags=None,
        show_progress=True,
        row_group_size=None,
        make_target_path_unique=True,
    ):
        """Write a data frame to a datastore, and register a dataset on it."""
        from azureml.data import _writing

        from dp100.standin.engine import store

        workspace, datastore, folder = _writing.target_of(target)
        if make_target_path_unique:
            folder = "/".join(part for part in (folder.strip("/"), store.guid()) if part)
        groups = {"row_group_size": row_group_size} if row_group_size else {}
        try:
            import pyarrow  # noqa: F401 - whether Parquet can be written
        except ImportError:
            kind, write = "csv", lambda path: dataframe.to_csv(path, index=False)
        else:
            kind, write = "parquet", lambda path: dataframe.to_parquet(path, index=False, **groups)
        if show_progress:
            print("Validating arguments.\nArguments validated.")
            print(f"Uploading file to {folder}")
        _writing.put(workspace, datastore, folder, {f"part-00000.{kind}": write})
        if show_progress:
            print("Successfully uploaded file to datastore.\nCreating and registering a new dataset.")
        place = (workspace.datastores[datastore], f"{folder}/")
        made = (
            TabularDatasetFactory.from_parquet_files(place)
            if kind == "parquet"
            else TabularDatasetFactory.from_delimited_files(place)
        )
        made = made.register(workspace, name, description, tags, create_new_version=True)
        if show_progress:
            print("Successfully created and registered a new dataset.")
        return made

    @staticmethod
    def register_dask_dataframe(dataframe, target, name, description=None, tags=None, show_progress=True):
        """Write a Dask data frame to a datastore, and register a dataset on it."""
        raise _NotOffline("Dataset.Tabular.register_dask_dataframe")

    @staticmethod
    def register_spark_dataframe(dataframe, target, name, description=None, tags=None, show_progress=True):
        """Write a Spark data frame to a datastore, and register a dataset on it."""
        raise _NotOffline("Dataset.Tabular.register_spark_dataframe")


@_raises(UserErrorException)
class FileDatasetFactory:
    """``Dataset.File``: makes file datasets."""

    @staticmethod
    def from_files(path, validate=True, partition_format=None, is_file=False):
        """A dataset of files; ``path`` may have wildcards."""
        paths, workspace = _places.normalized(path)
        definition = {
            "kind": "file",
            "source": {
                "type": "files",
                "paths": paths,
                "options": {"partition_format": partition_format, "is_file": is_file},
            },
            "steps": [],
        }
        made = _FileDataset._make(workspace, definition)
        if is_file and validate:
            _warnings.warn("No validation will be performed because `is_file` is set to True.", stacklevel=2)
        elif validate and partition_format and not made._files():
            raise _places.missing(paths)  # without a format nothing is looked at before the files are wanted
        return made

    @staticmethod
    def upload_directory(src_dir, target, pattern=None, overwrite=False, show_progress=True):
        """Copy a folder to a datastore; returns a dataset of its files."""
        import fnmatch
        from pathlib import Path

        from azureml.data import _writing

        from dp100.standin.engine.data import transfer

        def say(line):
            if show_progress:
                print(line)

        top = Path(src_dir).absolute()
        if not top.is_dir():
            raise UserErrorException(f'Cannot find directory "{src_dir}".')
        say("Validating arguments.")
        if pattern is not None and not isinstance(pattern, str):
            raise UserErrorException(
                f"pattern must be a str, and {pattern!r} is a {type(pattern).__name__}: give one such as '*.csv'."
            )
        workspace, datastore, folder = _writing.target_of(target)
        say("Arguments validated.")
        say(
            "'overwrite' is set to True. Any file already present in the target will be overwritten."
            if overwrite
            else "'overwrite' is set to False. Any file already present in the target will be skipped."
        )
        say(f"Uploading files from '{top.as_posix()}' to '{folder}'")
        files = list(transfer.walk(top))
        if pattern is not None:
            say(f"Filtering files with pattern matching {pattern}")
            files = [file for file in files if fnmatch.fnmatch(file.as_posix(), pattern)]
            if not files:
                say(f"No files found with pattern {pattern}")
        transfer.upload(workspace._ws, datastore, files, folder, overwrite=overwrite, relative_root=top)
        say("Creating new dataset")
        return FileDatasetFactory.from_files((workspace.datastores[datastore], folder))


class DataType:
    """The type that a column is to have."""

    def __init__(self):
        self._kind = ("string", None)

    @classmethod
    def _of(cls, kind, argument=None):
        made = cls()
        made._kind = (kind, argument)
        return made

    @staticmethod
    def to_string():
        """Text."""
        return DataType._of("string")

    @staticmethod
    def to_long():
        """Whole numbers."""
        return DataType._of("long")

    @staticmethod
    def to_float(decimal_mark="."):
        """Numbers with decimals."""
        return DataType._of("float", decimal_mark)

    @staticmethod
    def to_bool():
        """True and false."""
        return DataType._of("bool")

    @staticmethod
    def to_datetime(formats=None):
        """Dates and times, in one of the formats."""
        given = [formats] if isinstance(formats, str) else list(formats or ())
        return DataType._of("datetime", given)

    @staticmethod
    def to_stream(workspace, escaped=False):
        """Files that the column names."""
        raise _NotOffline("DataType.to_stream")


def _table(kind, path, validate, **options):
    paths, workspace = _places.normalized(path)
    source = {"type": kind, "paths": paths, "options": options}
    made = _TabularDataset._make(workspace, {"kind": "tabular", "source": source, "steps": []})
    untold = [
        name for name, (kind, formats) in options["types"].items() if kind == "datetime" and not formats
    ]
    if (validate or options.get("infer") or untold) and not made._files():
        raise _places.missing(paths, _places.UNVALIDATED if validate else _places.UNINFERRED)
    if kind == "json_lines" and validate:
        _reading.first(workspace, source)
    if kind == "delimited" and (validate or options["infer"] or untold):
        types, ambiguous = _reading.learned(workspace, source)
        if any(name in ambiguous or types.get(name, [""])[0] != "datetime" for name in untold):
            raise UserErrorException(
                "Cannot infer conversion format for datetime. Please provide the desired formats."
            )
        ambiguous = [name for name in ambiguous if options["infer"]]
        if ambiguous:
            _warnings.warn(
                f"Ambiguous datetime formats inferred for columns {ambiguous} are resolved as "
                '"month-day". Desired format can be specified by `set_column_types`.',
                stacklevel=3,
            )
        wanted = types if options["infer"] else {name: types[name] for name in untold}
        source["options"] = {**options, "learned": wanted}
    return made


def _types(given):
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(value, DataType) for value in given.values()):
        raise UserErrorException(
            "`set_column_types` must be a dictionary where key is column name and value is :class: "
            "azureml.data.DataType"
        )
    return {name: list(value._kind) for name, value in given.items()}


def _header(header):
    if isinstance(header, str):
        if header not in PromoteHeadersBehavior.__members__:
            raise UserErrorException(
                "Unsupported header provided. The allowed values are NO_HEADERS, ONLY_FIRST_FILE_HAS_HEADERS, "
                "COMBINE_ALL_FILES_HEADERS and ALL_FILES_HAVE_SAME_HEADERS."
            )
        header = PromoteHeadersBehavior[header]
    if isinstance(header, bool):
        header = (
            PromoteHeadersBehavior.ALL_FILES_HAVE_SAME_HEADERS
            if header
            else PromoteHeadersBehavior.NO_HEADERS
        )
    if not isinstance(header, PromoteHeadersBehavior):
        raise UserErrorException(
            "Unsupported header provided. The allowed values are True, False and those of PromoteHeadersBehavior."
        )
    return header.value
