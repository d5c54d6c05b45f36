"""Local files that an entity names are copied into a datastore, under a folder named by what they hold."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from azure.ai.ml.exceptions import (
    EmptyDirectoryError,
    MlException,
    ValidationErrorType,
)

from dp100.standin.engine.data import datastores, transfer, uris
from dp100.standin.engine.jobs import ignore
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.errors import invalid, refused

BLOB_STORE = "workspaceblobstore"
_TOP = "LocalUpload"  # the folder for uploads in every datastore of the service
_TYPES = ("AzureBlob", "AzureDataLakeGen2")


def is_remote(path: Any) -> bool:
    """Whether a path is a URI, and not the name of something on this machine."""
    text = str(path)
    return "://" in text or text.startswith(("azureml:", "runs:/", "file:azureml:", "folder:azureml:"))


def absolute(path: Any, base: Any = None) -> Path:
    """A local path as the SDK reads it: relative to the entity's YAML file, or to the working folder."""
    found = Path(path).expanduser()
    return found if found.is_absolute() else Path(base or Path.cwd(), found).resolve()


def upload(ws: Workspace, path: Path, target: str, datastore: str | None = None) -> str:
    """Copy a file or folder; nothing is copied twice.

    Args:
        path: the file or folder.
        target: what it is for, as ErrorTarget names it.
        datastore: where to; ``workspaceblobstore`` by default. A name, ``azureml:name`` or an ARM id.

    Returns:
        ``azureml://datastores/NAME/paths/LocalUpload/HASH/...``; that of a folder ends in a slash.

    Raises:
        ValidationException: there is no such file or folder.
        EmptyDirectoryError: there is nothing in the folder.
        MlException: nothing can be uploaded to a datastore of that type.
    """
    if not path.is_file() and not path.is_dir():
        raise invalid(
            f"No such file or directory: {path}", target, ValidationErrorType.FILE_OR_FOLDER_NOT_FOUND
        )
    store = datastores.get(ws, _name(datastore))
    if store.type not in _TYPES:
        message = (
            f"Datastore type {store.type} is not supported for uploads. Supported types are {_TYPES[0]} and "
            f"{_TYPES[1]}."
        )
        raise MlException(message=message, no_personal_data_message=message)
    files = [path] if path.is_file() else _files(path)
    if not files:
        message = f"Directory {path} is empty. path or local_path must be a non-empty directory."
        raise refused(EmptyDirectoryError, message, target, plain="Directory is empty.")
    top = path.parent if path.is_file() else path
    place = f"{_TOP}/{_hash(top, files)}"
    if path.is_dir():
        place = f"{place}/{path.name}"
        top = path
    there = datastores.folder(ws, store) / place
    if not all((there / each.relative_to(top)).exists() for each in files):
        transfer.upload(ws, store, files, place, relative_root=top)
    return uris.datastore_uri(store.name, f"{place}/" if path.is_dir() else f"{place}/{path.name}")


def shown(ws: Workspace, path: str | None) -> str | None:
    """A path as the service gives it back: one in a datastore in the form that names the workspace too."""
    if not isinstance(path, str) or not path.startswith("azureml://"):
        return path
    found = uris.parse(path)
    if found.form != "datastore" or found.workspace is not None:
        return path
    return uris.long_uri(ws, found.datastore or "", found.path)


def same_place(ws: Workspace, one: str | None, other: str | None) -> bool:
    """Whether two paths are the same but for how they are written."""
    return (shown(ws, one) or "").rstrip("/").casefold() == (shown(ws, other) or "").rstrip("/").casefold()


def _name(datastore: str | None) -> str:
    return (datastore or BLOB_STORE).removeprefix("azureml:").rstrip("/").rpartition("/")[2]


def _files(folder: Path) -> list[Path]:
    rules = ignore.of_folder(folder)
    return [
        each for each in transfer.walk(folder) if not rules.leaves_out(each.relative_to(folder).as_posix())
    ]


def _hash(top: Path, files: list[Path]) -> str:
    """Of names and contents, so that what has been uploaded before is found again."""
    whole = hashlib.sha256()
    for each in files:
        with each.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{each.relative_to(top).as_posix()}\0{content}\0".encode("utf-8", "surrogateescape"))
    return whole.hexdigest()[:32]
