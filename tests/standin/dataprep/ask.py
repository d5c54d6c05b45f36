"""Puts the questions: runs the code of a case and writes down what came of it. Used on both sides."""

from __future__ import annotations

import contextlib
import datetime
import io
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.standin.dataprep import operations, text, values
from tests.standin.dataprep.case import Case

SHOWN = 3
"""So many rows of a table are written down, and the last."""

_HEADERS = {
    "header=False": "header='no_header'",
    "header='ONLY_FIRST_FILE_HAS_HEADERS'": "header='from_first_file'",
    "header='COMBINE_ALL_FILES_HEADERS'": "header='all_files_different_headers'",
}


def cases() -> dict[str, Case]:
    """All cases by name; the name of an operation is its expression."""
    made = {f"text: {name}": case for name, case in (text.DELIMITED | text.SEVERAL).items()}
    made |= {f"JSON lines: {name}": case for name, case in text.JSON_LINES.items()}
    for name, held in (values.COLUMNS | values.DATES).items():
        made[f"column: {name}"] = values.column(held)
    made |= {f"typed: {name}": case for name, case in values.TYPED.items()}
    made |= {each: Case(operations.TABLE, then=each) for each in operations.TABLES}
    for each in operations.FILES:
        made[f"files: {each}"] = Case(operations.TREE, "g/**/*.*", then=each, make="File.from_files")
    for each in operations.PATHS:
        made[f"path: {each}"] = Case(
            operations.TREE, each, then="sorted(d.to_path())", make="File.from_files"
        )
    return made | {f"files: {name}": case for name, case in operations.PLACES.items()}


def of_v1(case: Case, path: Any) -> Any:
    """The answer of SDK v1, where ``path`` is what the dataset is made of."""
    import azureml.core
    import azureml.data
    from azureml.data.dataset_type_definitions import PromoteHeadersBehavior

    names = {
        "Dataset": azureml.core.Dataset,
        "DataType": azureml.data.DataType,
        "PromoteHeadersBehavior": PromoteHeadersBehavior,
        "datetime": datetime,
        "path": path,
    }
    with _downloads() as target:
        names |= {"TMP": str(target), "below": lambda paths: _below(paths, target)}
        names["d"], told = _told(lambda: eval(f"Dataset.{case.make}(path, {case.options})", names))
        if "error" in told:
            return told
        answer = _answered(lambda: _shown(eval(case.then, names)))
    return {"warnings": told["warnings"], "then": answer} if told["warnings"] else answer


def of_mltable(case: Case, folder: Path) -> Any:
    """The answer of mltable; None where the case has no counterpart there."""
    import mltable

    if case.then != "d" or any(
        each in case.options for each in ("set_column_types", "partition_format", "validate")
    ):
        return None
    kind = case.make.removeprefix("Tabular.")
    if kind not in ("from_delimited_files", "from_json_lines_files") or "[" in case.paths[0]:
        return None
    options = case.options.replace("separator", "delimiter")
    for v1, v2 in _HEADERS.items():
        options = options.replace(v1, v2)
    [path] = case.paths
    where = "pattern" if "*" in path else "folder" if not Path(path).suffix else "file"
    paths = [{where: str(folder / path)}]
    names = {"mltable": mltable, "paths": paths}
    return _answered(lambda: _shown(eval(f"mltable.{kind}(paths, {options})", names)))


def _told(made: Callable[[], Any]) -> tuple[Any, dict[str, Any]]:
    """What is made, and the warnings or the error that came with it."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                value = made()
        except Exception as error:
            return None, {"error": _named(error), "when": "made"}
    texts = [str(each.message).split("\n")[0][:160] for each in caught]
    return value, {"warnings": [text for text in texts if "date" in text.lower() or "valid" in text.lower()]}


def _answered(asked: Callable[[], Any]) -> Any:
    try:
        with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return asked()
    except Exception as error:
        return {"error": _named(error)}


def _named(error: Exception) -> str:
    return type(error).__name__


@contextlib.contextmanager
def _downloads() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dataprep"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _below(paths: list[str], folder: Path) -> list[str]:
    return sorted(Path(path).relative_to(folder).as_posix() for path in paths)


def _shown(found: Any) -> Any:
    import pandas as pd

    if hasattr(found, "to_pandas_dataframe"):
        found = found.to_pandas_dataframe()
    if not isinstance(found, pd.DataFrame):
        return _plain(found)
    rows = [_plain(list(row)) for row in found.itertuples(index=False)]
    kinds = ["object" if str(kind) in ("str", "string") else str(kind) for kind in found.dtypes]
    shown = {"columns": [[str(name), kind] for name, kind in zip(found.columns, kinds, strict=True)]}
    more = {"count": len(rows), "last": rows[-1]} if len(rows) > SHOWN else {}
    return {**shown, "rows": rows[:SHOWN], **more}


def _plain(value: Any) -> Any:
    """A value as JSON: what is empty is null, lists of both sides are alike, anything unknown is its type's name."""
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if type(value).__name__ == "ndarray":
        return {"array": [_plain(each) for each in value.tolist()]}
    if isinstance(value, datetime.datetime):
        return str(value)
    if hasattr(value, "item"):
        return _plain(value.item())
    if value is None or value != value:
        return None
    return value if isinstance(value, str | int | float | bool) else type(value).__name__
