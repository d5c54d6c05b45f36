"""Rows written to datastores."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from azureml.data import _places
from azureml.data.file_dataset import FileDataset
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores, transfer


def target_of(target):
    """Workspace, datastore and folder of a target: a datastore, a tuple or a DataPath."""
    paths, workspace = _places.normalized(target)
    if workspace is None:
        raise UserErrorException(
            "target has to be a datastore, a tuple of a datastore and a path, or a DataPath."
        )
    return workspace, paths[0]["datastore"], paths[0]["path"]


def put(workspace, datastore, folder, files):
    """Copy files, made in a temporary folder, to a datastore.

    Args:
        files: functions that write a file to a path, by name.
    """
    with tempfile.TemporaryDirectory() as top:
        for name, write in files.items():
            path = Path(top, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path)
        transfer.upload(workspace._ws, datastore, top, folder, overwrite=True)


def exported(dataset, kind, write):
    """A file dataset on one file with the rows of a tabular one, in the default datastore."""
    workspace = dataset._workspace
    default = datastores.default(workspace._ws).name
    folder = f"managed-dataset/{store.guid()}"
    table = dataset.to_pandas_dataframe()
    put(workspace, default, folder, {f"part-00000.{kind}": lambda path: write(table, path)})
    return _file_dataset(workspace, default, folder)


def partitioned(dataset, keys, target, name, as_files):
    """Write a table with a folder for each combination of values; returns a dataset on it."""
    if not keys:
        raise UserErrorException("partition_keys cannot be empty")
    if len(set(keys)) != len(keys):
        raise UserErrorException("partition_keys cannot have duplicates")
    table = dataset.to_pandas_dataframe()
    wrong = [key for key in keys if key not in table.columns]
    if wrong:
        raise UserErrorException(f"{wrong} are invalid partition keys")
    workspace, datastore, folder = target_of(target)
    folder = "/".join(part for part in (folder.strip("/"), os.urandom(8).hex()) if part)
    files = {}
    for values, rows in table.groupby(list(keys), dropna=False):
        place = "/".join(str(value).replace("/", "_") for value in values)
        files[f"{place}/data.csv"] = lambda path, rows=rows: rows.drop(columns=list(keys)).to_csv(
            path, index=False
        )
    put(workspace, datastore, folder, files)
    from azureml.data.dataset_factory import FileDatasetFactory, TabularDatasetFactory

    form = f"/{folder}/" + "/".join("{" + key + "}" for key in keys) + "/data.csv"
    where = (workspace.datastores[datastore], f"{folder}/**/*.csv")
    made = (
        FileDatasetFactory.from_files(where, partition_format=form)
        if as_files
        else TabularDatasetFactory.from_delimited_files(where, partition_format=form)
    )
    return made.register(workspace, name, create_new_version=True) if name else made


def _file_dataset(workspace, datastore, folder):
    definition = {
        "kind": "file",
        "source": {"type": "files", "paths": [{"datastore": datastore, "path": folder}], "options": {}},
        "steps": [],
    }
    return FileDataset._make(workspace, definition)
