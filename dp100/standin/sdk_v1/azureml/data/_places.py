"""Paths of datasets: what the learner writes, what is kept of it, and the files that it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from azureml.data.abstract_datastore import AbstractDatastore
from azureml.data.data_reference import DataReference
from azureml.data.datapath import DataPath
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores, transfer, uris
from dp100.standin.engine.errors import EngineError, Invalid, NotFound, NotOffline
from dp100.standin.engine.workspace import workspace as workspaces

_URL = re.compile(r"(https?|adl|wasbs?|abfss?|azureml)://", re.IGNORECASE)
_SIGNED = re.compile(r"https?://\w*\.blob\.[\w./]*\?", re.IGNORECASE)
_MAGIC = re.compile(r"[*?\[]")
#: Which datastores a storage service's addresses may mean.
_KINDS: dict[str, tuple[str, ...]] = {
    "blob": ("AzureBlob", "AzureDataLakeGen2"),
    "dfs": ("AzureDataLakeGen2", "AzureBlob"),
}
NOT_FOUND = "The requested stream was not found. Please make sure the request uri is correct."
_INVALID = (
    "Invalid argument type for `path`. It can be single value or a list of: "
    'string starting with "http://" or "https://", '
    "`azureml.data.datapath.DataPath` object, "
    "or tuple of `azureml.core.Datastore` object and string for relative path in the datastore."
    "Url of blob can't contains SAS token, please use datastore instead."
)


@dataclass(frozen=True)
class File:
    """A file of a dataset.

    Attributes:
        path: where it is.
        name: its path in the dataset, which begins with a slash.
        datastore: the name of the datastore, or None.
        below: its path in the datastore.
        alone: whether the dataset's path is the path of this file, and of no folder or pattern.
    """

    path: Path
    name: str
    datastore: str | None
    below: str
    alone: bool = False


def normalized(path):
    """What was given as ``path`` as a list of dicts, and the workspace it is in, if that is known.

    Raises:
        UserErrorException: it is no path.
    """
    given = path if isinstance(path, list) else [path]
    if not given:
        raise UserErrorException(_INVALID)
    found, workspace = [], None
    for each in given:
        if isinstance(each, str):
            if not _URL.match(each) or _SIGNED.match(each):
                raise UserErrorException(_INVALID)
            found.append({"url": each})
            continue
        if isinstance(each, DataReference):
            each = DataPath.create_from_data_reference(each)
        if isinstance(each, tuple):
            if len(each) != 2 or not isinstance(each[0], AbstractDatastore) or not isinstance(each[1], str):
                raise UserErrorException(
                    "Invalid tuple for path. Please make sure the tuple consists of a datastore and a path/SQL query"
                )
            each = DataPath(*each)
        if isinstance(each, AbstractDatastore):
            each = DataPath(each, "")
        if not isinstance(each, DataPath):
            raise UserErrorException(_INVALID)
        workspace = each._datastore.workspace
        found.append({"datastore": each.datastore_name, "path": each.path_on_datastore or ""})
    return found, workspace


def describe(paths):
    """The paths as a dataset's repr shows them."""
    return [each["url"] if "url" in each else f"('{each['datastore']}', '{each['path']}')" for each in paths]


def uri(ws, paths):
    """The URI of the folder or file that the first path is about, for SDK v2."""
    first = paths[0]
    if "url" in first:
        return first["url"]
    base, pattern = _split(first["path"])
    return uris.datastore_uri(first["datastore"], base + ("/" if pattern and base else ""))


def files(workspace, paths):
    """The files behind the paths, each path's sorted by name.

    Raises:
        UserErrorException: a datastore is missing, or a path leaves it.
        NotOffline: an address that no datastore stands for.
    """
    try:
        groups = [_files(workspace, each) for each in paths]
    except NotOffline:
        raise
    except EngineError as error:
        raise UserErrorException(error.message) from error
    if len(groups) == 1:
        return groups[0]
    # Files of several paths keep their whole paths, so that equal names do not meet.
    return [
        File(
            file.path,
            f"/{file.datastore}/{file.below}" if file.datastore else file.name,
            file.datastore,
            file.below,
        )
        for group in groups
        for file in group
    ]


def _files(workspace, place):
    if "url" in place:
        ws, datastore, path = _of_url(workspace, place["url"])
    else:
        ws, datastore, path = workspace._ws, place["datastore"], place["path"]
    if datastore is None:
        return _local(path)
    root = datastores.folder(ws, datastore)
    base, pattern = _split(path)
    if not pattern:
        target = store.inside(root, base)
        if target.is_file():
            return [File(target, f"/{target.name}", datastore, target.relative_to(root).as_posix(), True)]
    matches = _matcher(pattern)
    top = store.inside(root, base)
    found = []
    for file in transfer.walk(top):
        name = file.relative_to(top).as_posix()
        if matches(name):
            found.append(File(file, f"/{name}", datastore, file.relative_to(root).as_posix()))
    return sorted(found, key=lambda each: each.name)


def _of_url(workspace, url):
    """Workspace, datastore and path of an address; the datastore is None for an asset or output on disk."""
    known = [workspace._ws] if workspace is not None else workspaces.list_workspaces()
    for ws in known:
        parsed = uris.parse(url)
        if parsed.form == "datastore":
            return ws, parsed.datastore, parsed.path
        if parsed.form == "storage":
            kinds = _KINDS.get(parsed.service or "", ("AzureDataLakeGen1",))
            held = datastores.at(ws, kinds, parsed.account or "", parsed.container)
            if held:
                return ws, held.name, parsed.path
        elif parsed.form in ("asset", "job"):
            return ws, None, uris.locate(ws, url)
    raise NotOffline(url, "No datastore of the workspace stands for that address.")


def _local(path):
    top = Path(path)
    if top.is_file():
        return [File(top, f"/{top.name}", None, top.name, True)]
    return [
        File(file, f"/{file.relative_to(top).as_posix()}", None, file.relative_to(top).as_posix())
        for file in transfer.walk(top)
    ]


def _split(path):
    """A path as the folder (or file) before its first wildcard, and the pattern after that."""
    parts = [part for part in path.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Invalid(f"The path '{path}' leaves its datastore: '..' is not allowed.", target="path")
    for index, part in enumerate(parts):
        if _MAGIC.search(part):
            return "/".join(parts[:index]), "/".join(parts[index:])
    return "/".join(parts), ""


def _matcher(pattern):
    """A function that says whether a name below the folder is meant: ``**`` stands for any folders."""
    if not pattern:
        return lambda name: True
    text = ""
    for index, part in enumerate(pattern.split("/")):
        if part == "**":
            text += "(?:.*/)?" if index < pattern.count("/") else ".*"
            continue
        import fnmatch

        text += (
            fnmatch.translate(part)
            .removeprefix("(?s:")
            .removesuffix(")\\Z")
            .removesuffix(")\\z")
            .replace(".*", "[^/]*")
        )
        text += "/" if index < pattern.count("/") else ""
    compiled = re.compile(text)
    return lambda name: compiled.fullmatch(name) is not None


UNVALIDATED = "Failed to validate the data.If data is inaccessible, please set validate to False."
UNINFERRED = "Failed to infer column type.If data is inaccessible, please turn off inference."


def missing(paths, what=UNVALIDATED):
    """The error for a dataset that is made on paths without files."""
    from azureml.data.dataset_error_handling import DatasetValidationError

    return DatasetValidationError(f"{what}\n{NOT_FOUND} Looked at {', '.join(describe(paths))}")


def gone(paths):
    """The error for a dataset that is used and whose paths have no files."""
    return UserErrorException(
        f"Execution failed with error message: {NOT_FOUND} Looked at {', '.join(describe(paths))}"
    )


def asset(workspace, reference):
    """The definition of a dataset on a data asset that SDK v2 has registered."""
    kind = reference.spec.get("type", "uri_folder")
    place = {"url": str(reference.spec.get("path"))}
    if not _URL.match(place["url"]):
        raise NotFound("Data", reference.name)
    source = {"type": "mltable" if kind == "mltable" else "files", "paths": [place]}
    return {"kind": "tabular" if kind == "mltable" else "file", "source": source, "steps": []}


def relative(name):
    """A file's name in a dataset as a path below a folder."""
    return PurePosixPath(name.lstrip("/"))
