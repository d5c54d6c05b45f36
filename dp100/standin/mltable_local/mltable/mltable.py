"""The table itself: paths and steps, which are followed when the data is wanted."""

from __future__ import annotations

import os
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dp100.standin.engine.errors import NotOffline
from mltable import _expressions
from mltable._errors import UserErrorException
from mltable._places import Base, base_of, is_remote, local
from mltable._save import MLTableSaveOverwriteOption, save
from mltable._schema import READERS, checked
from mltable._types import DataType, MLTableFileEncoding, MLTableHeaders, column_types

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "DataType",
    "MLTable",
    "MLTableFileEncoding",
    "MLTableHeaders",
    "MLTableSaveOverwriteOption",
    "from_delimited_files",
    "from_delta_lake",
    "from_json_lines_files",
    "from_parquet_files",
    "from_paths",
    "load",
]

_UNREACHABLE = (
    "Can not load data from this MLTable's associated datastores. Please check the associated paths."
)


# --- making one ------------------------------------------------------------------------------------------


def load(uri: Any, storage_options: dict[str, Any] | None = None, ml_client: Any = None) -> MLTable:
    """Load an MLTable file.

    Args:
        uri: the folder that holds it: a local one, a path in a datastore (``azureml://...``), or a data asset
            (``azureml:name:version``, or its id).
        storage_options: not needed here.
        ml_client: the client whose workspace a short form is about.

    Raises:
        UserErrorException: there is none, or it is not of the right form.
    """
    base = base_of(uri, ml_client)
    try:
        held = yaml.safe_load((base.folder / "MLTable").read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise UserErrorException(f"MLTable yaml is invalid: {error}") from error
    return MLTable._create(checked(held), base)


def from_delimited_files(
    paths: list[dict[str, str]],
    header: str | MLTableHeaders = "all_files_same_headers",
    delimiter: str = ",",
    support_multi_line: bool = False,
    empty_as_string: bool = False,
    encoding: str | MLTableFileEncoding = "utf8",
    include_path_column: bool = False,
    infer_column_types: bool | dict[str, Any] = True,
) -> MLTable:
    """A table from delimited files, such as CSV.

    Args:
        paths: a list of ``{"file": ...}``, ``{"folder": ...}`` or ``{"pattern": ...}``.
        header: where the names of columns stand.
        delimiter: between values.
        support_multi_line: whether line breaks may stand in quoted values; they may in any case.
        empty_as_string: an empty field is empty text, and not a missing value.
        encoding: of the text.
        include_path_column: add the column ``Path``.
        infer_column_types: find the types of columns; or a dict with ``sample_size`` and ``column_type_overrides``.
    """
    inferred: Any = infer_column_types
    if isinstance(inferred, dict):
        inferred = dict(inferred)
        if "column_type_overrides" in inferred:
            inferred["column_type_overrides"] = column_types(inferred["column_type_overrides"], streams=False)
    return _from(
        paths,
        "read_delimited",
        header=MLTableHeaders._parse(header).name,
        delimiter=delimiter,
        support_multi_line=support_multi_line,
        empty_as_string=empty_as_string,
        encoding=MLTableFileEncoding._parse(encoding).name,
        include_path_column=include_path_column,
        infer_column_types=inferred,
    )


def from_parquet_files(paths: list[dict[str, str]], include_path_column: bool = False) -> MLTable:
    """A table from Parquet files; see :func:`from_delimited_files` for the arguments."""
    return _from(paths, "read_parquet", include_path_column=include_path_column)


def from_json_lines_files(
    paths: list[dict[str, str]],
    invalid_lines: str = "error",
    encoding: str | MLTableFileEncoding = "utf8",
    include_path_column: bool = False,
) -> MLTable:
    """A table from files with a JSON object in each line; ``invalid_lines="drop"`` leaves out others."""
    if invalid_lines not in ("error", "drop"):
        raise UserErrorException(
            f"Invalid value for invalid_lines: {invalid_lines}, it is 'error' or 'drop'."
        )
    return _from(
        paths,
        "read_json_lines",
        invalid_lines=invalid_lines,
        encoding=MLTableFileEncoding._parse(encoding).name,
        include_path_column=include_path_column,
    )


def from_paths(paths: list[dict[str, str]]) -> MLTable:
    """A table of files that nothing reads: its column ``Path`` names each."""
    return MLTable._create(checked({"paths": paths}), Base(Path.cwd()))


def from_delta_lake(
    delta_table_uri: str,
    timestamp_as_of: str | None = None,
    version_as_of: int | None = None,
    include_path_column: bool = False,
) -> MLTable:
    """A table from a Delta Lake table, for which there is no reader here.

    Raises:
        NotOffline: always.
    """
    raise NotOffline("mltable.from_delta_lake", "Read the table's Parquet files with from_parquet_files.")


def _from(paths: list[dict[str, str]], reader: str, **options: Any) -> MLTable:
    held = {"paths": paths, "transformations": [{reader: READERS[reader] | options}]}
    return MLTable._create(checked(held), Base(Path.cwd()))


# --- the table -------------------------------------------------------------------------------------------


class MLTable:
    """Paths, and the steps from what lies there to a table. Every step makes another MLTable."""

    def __init__(self) -> None:
        self._table: dict[str, Any] = {}
        self._base = Base(Path.cwd())
        self._loaded = False
        self.metadata = Metadata(self)
        self.traits = Traits(self)

    @staticmethod
    def _create(table: dict[str, Any], base: Base) -> MLTable:
        made = MLTable()
        made._table = table
        made._base = base
        made._loaded = True
        return made

    def __repr__(self) -> str:
        return self.__str__()

    def __str__(self) -> str:
        self._check_loaded()
        return yaml.safe_dump(self._to_yaml_dict())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, MLTable):
            return NotImplemented
        return self._table == other._table

    __hash__ = object.__hash__

    def _to_yaml_dict(self) -> dict[str, Any]:
        held = {key: value for key, value in self._table.items() if value}
        if self._table["paths"]:
            held["paths"] = [
                {kind: self._absolute(value) for kind, value in each.items()} for each in self._table["paths"]
            ]
        return held

    def _absolute(self, path: str) -> str:
        if is_remote(path):
            return path
        if self._base.uri and not Path(local(path)).is_absolute():
            return f"{self._base.uri}/{path.removeprefix('./')}"
        return "file://" + Path(os.path.normpath(self._base.folder / local(path))).as_posix()

    @property
    def paths(self) -> list[dict[str, str]]:
        """The paths as they were given."""
        self._check_loaded()
        return [dict(each) for each in self._table["paths"]]

    @property
    def partition_keys(self) -> list[str]:
        """The columns that the paths of the files give."""
        from mltable._transform import _FIELD

        formats = (
            step.get("extract_columns_from_partition_format") for step in self._table["transformations"]
        )
        return [
            found[1]
            for each in formats
            if each
            for found in _FIELD.finditer(each["partition_format"])
            if found[1]
        ]

    # --- steps -------------------------------------------------------------------------------------------

    def take(self, count: int = 20) -> MLTable:
        """The first ``count`` rows."""
        if not (isinstance(count, int) and count > 0):
            raise UserErrorException("Number of rows must be a positive integer")
        return self._then("take", count)

    def skip(self, count: int) -> MLTable:
        """All but the first ``count`` rows."""
        if not (isinstance(count, int) and count > 0):
            raise UserErrorException("Number of rows must be a positive integer")
        return self._then("skip", count)

    def take_random_sample(self, probability: float, seed: int | None = None) -> MLTable:
        """Each row with the given probability."""
        if not (isinstance(probability, float) and 0 < probability < 1):
            raise UserErrorException("Probability should an float greater than 0 and less than 1")
        return self._then("take_random_sample", {"probability": probability, "seed": _seed(seed)})

    def random_split(self, percent: float = 0.5, seed: int | None = None) -> tuple[MLTable, MLTable]:
        """Two tables: about ``percent`` of the rows (a share between 0 and 1), and the others."""
        if not (isinstance(percent, float) and 0 < percent < 1):
            raise UserErrorException("Percent should be a float greater than 0 and less than 1")
        chosen = _seed(seed)
        first, second = (
            self._then(
                "sample",
                {
                    "sampler": "random_percent",
                    "sampler_arguments": {
                        "probability": high,
                        "probability_lower_bound": low,
                        "seed": chosen,
                    },
                },
            )
            for low, high in ((0.0, percent), (percent, 1.0))
        )
        return first, second

    def keep_columns(self, columns: str | list[str] | tuple[str] | set[str]) -> MLTable:
        """Only these columns, in the order that they have in the table."""
        names = _names(columns)
        kept = {names} if isinstance(names, str) else set(names)
        if not self.traits._columns() <= kept:
            raise UserErrorException("Columns in traits must be kept and cannot be dropped")
        return self._then("keep_columns", names)

    def drop_columns(self, columns: str | list[str] | tuple[str] | set[str]) -> MLTable:
        """All columns but these."""
        names = _names(columns)
        if self.traits._columns() & ({names} if isinstance(names, str) else set(names)):
            raise UserErrorException("Columns in traits must be kept and cannot be dropped")
        return self._then("drop_columns", names)

    def convert_column_types(self, column_types: dict[Any, Any]) -> MLTable:
        """Convert columns: a name, or a tuple of names, to a :class:`DataType` or its name."""
        from mltable import _types

        return self._then("convert_column_types", _types.column_types(column_types))

    def filter(self, expression: str) -> MLTable:
        """The rows that an expression such as ``"col('age') > 30 and city == 'Oslo'"`` holds for."""
        _expressions.check(expression)
        return self._then("filter", expression)

    def extract_columns_from_partition_format(self, partition_format: str) -> MLTable:
        """Columns from the paths of files: ``"/{Department}/{Day:yyyy/MM/dd}/data.csv"``."""
        step = {"ignore_errors": False, "partition_format": partition_format, "path_column": "Path"}
        return self._then("extract_columns_from_partition_format", step, first=True)

    def select_partitions(self, partition_index_list: int | list[int]) -> MLTable:
        """Only some partitions, by number from 0; each file is one."""
        wanted = [partition_index_list] if isinstance(partition_index_list, int) else partition_index_list
        if not (isinstance(wanted, list) and wanted and all(isinstance(each, int) for each in wanted)):
            raise UserErrorException("Columns should be a int or list of int with at least one element")
        return self._then("select_partitions", wanted)

    # --- results -----------------------------------------------------------------------------------------

    def to_pandas_dataframe(self) -> pd.DataFrame:
        """The table as a frame.

        Raises:
            UserErrorException: a file is missing, or cannot be read.
        """
        from mltable._transform import frame

        self._check_loaded()
        return frame(self._table, self._base)

    def show(self, count: int = 20) -> pd.DataFrame:
        """The first ``count`` rows as a frame."""
        return self.take(count).to_pandas_dataframe()

    def validate(self) -> None:
        """Make sure that the data can be loaded.

        Raises:
            RuntimeError: it cannot, or there is none.
        """
        try:
            rows = len(self.take(1).to_pandas_dataframe())
        except Exception as error:
            raise RuntimeError(_UNREACHABLE) from error
        if rows != 1:
            raise RuntimeError(_UNREACHABLE)

    def get_partition_count(self) -> int:
        """The number of partitions: of files."""
        from mltable._transform import files

        self._check_loaded()
        return len(files(self._table, self._base))

    def save(
        self,
        path: str | None = None,
        overwrite: bool | str | MLTableSaveOverwriteOption = True,
        colocated: bool = False,
        show_progress: bool = False,
        if_err_remove_files: bool = True,
    ) -> MLTable:
        """Write the MLTable file into a folder.

        Args:
            path: the folder, local or in a datastore; the working one by default.
            overwrite: True, False (or ``"fail"``), or ``"skip"``, which leaves files that are there.
            colocated: copy the data into the folder too; without it paths lead to where it is.
            show_progress: files are copied too fast for that.
            if_err_remove_files: each file is written whole or not at all.

        Raises:
            UserErrorException: there is something already and ``overwrite`` is off, or the folder is a file.
        """
        self._check_loaded()
        save(self._to_yaml_dict(), self.paths, self._base, path, overwrite, colocated)
        return self

    # --- inside ------------------------------------------------------------------------------------------

    def _then(self, name: str, options: Any, *, first: bool = False) -> MLTable:
        self._check_loaded()
        steps = list(self._table["transformations"])
        steps.insert(0 if first else len(steps), {name: options})
        return MLTable._create(self._table | {"transformations": steps}, self._base)

    def _check_loaded(self) -> None:
        if not self._loaded:
            raise UserErrorException(
                "MLTable does not appear to be loaded correctly. Please use MLTable.load() to load a MLTable YAML "
                "file into memory."
            )


class Metadata:
    """What else a table's file says about it."""

    def __init__(self, table: MLTable) -> None:
        self._mltable = table

    def has(self, key: str) -> bool:
        """Whether there is a value for ``key``."""
        return key in self._mltable._table.get("metadata", {})

    def get(self, key: str) -> Any:
        """The value for ``key``, or None."""
        return self._mltable._table.get("metadata", {}).get(key)

    def add(self, key: str, value: Any) -> None:
        """Set the value for ``key``."""
        if not isinstance(key, str):
            raise UserErrorException(
                f"An object of type string is expected, but encountered type: {type(key)}"
            )
        held = self._mltable._table
        self._mltable._table = held | {"metadata": held.get("metadata", {}) | {key: value}}


class Traits:
    """Columns with a meaning: of time, and of the index."""

    def __init__(self, table: MLTable) -> None:
        self._mltable = table

    @property
    def timestamp_column(self) -> str:
        """The column of time."""
        found = self._held().get("timestamp_column")
        if found is None:
            raise UserErrorException(
                "Timestamp column does not appear to be set. Please make sure you have set it."
            )
        return str(found)

    @timestamp_column.setter
    def timestamp_column(self, column_name: str) -> None:
        if not isinstance(column_name, str):
            raise UserErrorException(
                f"An object of type string is expected, but encountered type: {type(column_name)}"
            )
        self._set("timestamp_column", column_name)

    @property
    def index_columns(self) -> list[str]:
        """The columns of the index."""
        found = self._held().get("index_columns")
        if found is None:
            raise UserErrorException(
                "Index columns do not appear to be set. Please make sure you have set them."
            )
        return list(found)

    @index_columns.setter
    def index_columns(self, index_columns_list: list[str]) -> None:
        if index_columns_list and not isinstance(index_columns_list, list):
            raise UserErrorException(
                f"An object of type list is expected, but encountered type: {type(index_columns_list)}"
            )
        self._set("index_columns", index_columns_list)

    def _held(self) -> dict[str, Any]:
        held: dict[str, Any] = self._mltable._table.get("traits", {})
        return held

    def _columns(self) -> set[str]:
        held = self._held()
        time = [held["timestamp_column"]] if held.get("timestamp_column") else []
        return {*time, *(held.get("index_columns") or [])}

    def _set(self, name: str, value: Any) -> None:
        held = self._mltable._table
        self._mltable._table = held | {"traits": self._held() | {name: value}}


def _seed(seed: int | None) -> int:
    if seed is None:
        return random.randint(1, 1000)
    if not isinstance(seed, int):
        raise UserErrorException("A random seed must be an integer")
    return seed


def _names(columns: Any) -> str | list[str]:
    if isinstance(columns, str):
        return columns
    if not isinstance(columns, list | tuple | set) or not all(isinstance(each, str) for each in columns):
        raise UserErrorException(
            "Expect column names to be a string, a list of strings, a tuple of strings, or a set of strings"
        )
    twice = {each for each in columns if list(columns).count(each) > 1}
    if twice:
        raise UserErrorException(f"Found duplicate columns in given column names: {twice}")
    return list(columns)
