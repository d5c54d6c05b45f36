"""Where the files of a table are: folders of this machine, and the workspace's datastores and data assets."""

from __future__ import annotations

import glob
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dp100.standin.engine.data import uris
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.workspace.workspace import Workspace, open_workspace
from mltable._errors import UserErrorException

_REMOTE = re.compile(r"(azureml|https?|wasbs?|abfss?|adl):", re.IGNORECASE)
_NO_TABLE = "Not able to find MLTable file from the MLTable folder"
_NOT_FOUND = "The requested stream was not found. Please make sure the request uri is correct."


@dataclass(frozen=True, slots=True)
class Base:
    """What the paths in an MLTable file are relative to.

    Attributes:
        folder: the folder on this machine.
        uri: how the learner calls it, when it is in the workspace's storage; None for a local folder.
        workspace: the workspace that URIs are about, when it is known.
    """

    folder: Path
    uri: str | None = None
    workspace: Workspace | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file of a table: where it is, and what the column of paths shows."""

    path: Path
    shown: str


def is_remote(path: str) -> bool:
    """Whether a path names something in the cloud's way."""
    return _REMOTE.match(path) is not None


def local(path: str) -> str:
    """A local path without ``file://``."""
    return uris.parse(path).path if path.startswith("file:") else path


def base_of(uri: str, ml_client: Any = None) -> Base:
    """The folder that holds the MLTable file.

    Args:
        uri: a local folder, a path in a datastore, or a data asset in any of its forms.
        ml_client: the client for short forms, which do not name their workspace.

    Raises:
        UserErrorException: there is no such place or asset, or the asset is not an MLTable.
    """
    text = os.fspath(uri)
    if not is_remote(text) and not text.startswith("/subscriptions/"):
        folder = Path(local(text)).absolute()
        return Base(_folder(folder))
    try:
        parsed = uris.parse(text)
        workspace = workspace_of(parsed, ml_client)
        if parsed.form == "asset":
            return _asset_base(workspace, parsed)
        return Base(_folder(uris.locate(workspace, text)), text.rstrip("/"), workspace)
    except EngineError as error:
        raise UserErrorException(error.message) from error


def workspace_of(parsed: uris.Uri | None, ml_client: Any = None) -> Workspace:
    """The workspace that a URI names, or the client's, the running job's, or the one of the working folder.

    Raises:
        UserErrorException: no workspace can be told.
    """
    if parsed is not None and parsed.workspace and parsed.group:
        return open_workspace(parsed.workspace, parsed.group, parsed.subscription)
    if ml_client is not None:
        return open_workspace(ml_client.workspace_name, ml_client.resource_group_name)
    if name := os.environ.get("AZUREML_ARM_WORKSPACE_NAME"):
        return open_workspace(name, os.environ.get("AZUREML_ARM_RESOURCEGROUP"))
    from dp100.standin.activate.tracking import place

    found = place(Path.cwd())
    if not isinstance(found, Workspace):
        raise UserErrorException("MLClient is required to load data asset short uri")
    return found


def files_of(kind: str, path: str, base: Base) -> list[File]:
    """The files that an entry of ``paths`` names, sorted.

    Args:
        kind: ``file``, ``folder`` or ``pattern``.
        path: local, relative to ``base``, or a URI.

    Raises:
        UserErrorException: there are none.
    """
    top, tail = _split_pattern(path) if kind == "pattern" else (path, "")
    where, uri = _located(top, base)
    if kind == "pattern":
        wanted = str(Path(glob.escape(str(where))) / tail)
        found = [Path(each) for each in glob.glob(wanted, recursive=True, include_hidden=True)]  # noqa: PTH207
        found.sort()
    elif kind == "folder":
        found = sorted(where.rglob("*"))
    else:
        found = [where]
    files = [each for each in found if each.is_file() and each.name != "MLTable"]
    if not files:
        raise UserErrorException(f"{_NOT_FOUND} There is no file at {path}.")
    return [File(each, _shown(each, where, uri)) for each in files]


def _located(path: str, base: Base) -> tuple[Path, str | None]:
    if is_remote(path):
        try:
            return uris.locate(
                workspace_of(uris.parse(path)) if base.workspace is None else base.workspace, path
            ), path
        except EngineError as error:
            raise UserErrorException(error.message) from error
    relative = local(path)
    where = Path(os.path.normpath(base.folder / relative))
    if base.uri is None or Path(relative).is_absolute():
        return where, None
    inside = where.relative_to(base.folder).as_posix() if where.is_relative_to(base.folder) else relative
    return where, base.uri if inside == "." else f"{base.uri}/{inside}"


def _split_pattern(pattern: str) -> tuple[str, str]:
    """The folder in front of the first wildcard, and the rest."""
    parts = pattern.replace("\\", "/").split("/")
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts) - 1)
    return "/".join(parts[:first]) or ("/" if pattern.startswith("/") else "."), "/".join(parts[first:])


def _shown(file: Path, where: Path, uri: str | None) -> str:
    if uri is None:
        return file.as_posix()
    rest = file.relative_to(where).as_posix() if file != where else ""
    return f"{uri.rstrip('/')}/{rest}" if rest else uri


def _folder(place: Path) -> Path:
    folder = place.parent if place.name == "MLTable" and place.is_file() else place
    if not (folder / "MLTable").is_file():
        raise UserErrorException(_NO_TABLE)
    return folder


def _asset_base(workspace: Workspace, parsed: uris.Uri) -> Base:
    asset = AssetStore(workspace, "data").get(parsed.name or "", parsed.version, label=parsed.label)
    if str(asset.spec.get("type") or "").lower() != "mltable":
        raise UserErrorException("Can only load MLTable type asset")
    path = str(asset.spec["path"])
    folder = uris.locate(workspace, path)
    found = uris.parse(path)
    if found.form == "datastore" and found.datastore and not found.workspace:
        path = uris.long_uri(workspace, found.datastore, found.path)  # it is to mean the same elsewhere
    return Base(_folder(folder), path.rstrip("/") if is_remote(path) else None, workspace)
