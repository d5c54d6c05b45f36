"""ml_client.data."""

from __future__ import annotations

import builtins
from pathlib import Path
from typing import Any

from azure.ai.ml.constants import AssetTypes, ListViewType
from azure.ai.ml.entities import Data, DataImport, PipelineJob
from azure.ai.ml.exceptions import AssetPathException, ErrorTarget, ValidationErrorType, ValidationException
from azure.core.paging import ItemPaged

from dp100.standin.engine.data import uris
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.errors import AlreadyExists, NotOffline
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, mltable_file, records, uploads
from dp100.standin.sdk_v2.answers import paged
from dp100.standin.sdk_v2.errors import invalid, missing, refused, reported
from dp100.standin.sdk_v2.scope import Operations

_TYPES = (AssetTypes.URI_FILE, AssetTypes.URI_FOLDER, AssetTypes.MLTABLE)


class DataOperations(Operations):
    """Data assets of the workspace."""

    def list(
        self, name: str | None = None, *, list_view_type: ListViewType = ListViewType.ACTIVE_ONLY
    ) -> ItemPaged[Data]:
        """The versions of a data asset, the latest first; or every data asset, with only its latest version's number.

        Raises:
            ResourceNotFoundError: while iterating: there is no asset of that name.
        """

        def read() -> builtins.list[Data]:
            with self._scope.opened() as ws:
                found = AssetStore(ws, "data").list(name, **assets.view(list_view_type))
                return [_entity(ws, each) if name else _container(each) for each in found]

        return paged(read)

    def get(self, name: str, version: str | None = None, label: str | None = None) -> Data:
        """A version of a data asset.

        Raises:
            MlException: both a version and a label, or neither, or a label other than ``latest``.
            ResourceNotFoundError: there is no such version.
        """
        try:
            wanted = assets.chosen(name, version, label, ErrorTarget.DATA)
        except ValidationException as error:
            reported(error)
        with self._scope.opened() as ws:
            return _entity(ws, AssetStore(ws, "data").get(name, wanted))

    def create_or_update(self, data: Data) -> Data:
        """Register a version of a data asset, the next one if it has none. A local path is uploaded.

        A version that is there gets the description, tags and properties; its path cannot change.

        Raises:
            MlException: no path, nothing at it, a file for a folder, or an MLTable file that is none.
            AssetPathException: the version is there with another path.
        """
        try:
            with self._scope.opened() as ws:
                spec = _spec(ws, data)
                return _entity(ws, _stored(ws, data, spec))
        except ValidationException as error:
            reported(error)

    def import_data(self, data_import: DataImport, **kwargs: Any) -> PipelineJob:
        """Not offline: it reads databases and buckets through connections."""
        raise NotOffline("ml_client.data.import_data")

    def list_materialization_status(
        self, name: str, *, list_view_type: ListViewType = ListViewType.ACTIVE_ONLY, **kwargs: Any
    ) -> Any:
        """Not offline; see :meth:`import_data`."""
        raise NotOffline("ml_client.data.list_materialization_status")

    def archive(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Hide a version, or the asset as a whole, from lists.

        Raises:
            ResourceNotFoundError: there is no such asset or version.
        """
        assets.set_archived(self._scope, "data", name, version, label, True)

    def restore(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Undo :meth:`archive`."""
        assets.set_archived(self._scope, "data", name, version, label, False)

    def share(
        self,
        name: str,
        version: str,
        *,
        share_with_name: str,
        share_with_version: str,
        registry_name: str,
        **kwargs: Any,
    ) -> Data:
        """Not offline: registries are shared by workspaces in the cloud."""
        raise NotOffline("ml_client.data.share")

    def mount(
        self,
        path: str,
        *,
        mount_point: str | None = None,
        mode: str = "ro_mount",
        debug: bool = False,
        persistent: bool = False,
        **kwargs: Any,
    ) -> None:
        """Not offline: it needs a file system driver of the service's machines."""
        raise NotOffline("ml_client.data.mount")


# --- inside ----------------------------------------------------------------------------------------------


def _spec(ws: Workspace, data: Data) -> dict[str, Any]:
    """What is stored of an entity; local files are uploaded."""
    if not data.path:
        raise missing("Missing data path. Path is required for data.", ErrorTarget.DATA)
    if data.type not in _TYPES:
        raise invalid(f"Unknown DataType {data.type}", ErrorTarget.DATA)
    referenced: builtins.list[str] | None = None
    if uploads.is_remote(data.path):
        path = str(data.path)
        if uris.parse(path).form == "datastore":
            uris.locate(ws, path)  # there has to be such a datastore, and the path has to stay in it
        if data.type == AssetTypes.MLTABLE:
            referenced = mltable_file.referenced_at(ws, path)
    else:
        place = uploads.absolute(data.path, data.base_path)
        if data.type == AssetTypes.MLTABLE:
            referenced = mltable_file.referenced_in(place)
        else:
            _check_type(place, data.type)
        path = uploads.upload(ws, place, ErrorTarget.DATA, data.datastore)
    spec = {
        "type": data.type,
        "path": path,
        "description": data.description,
        "tags": dict(data.tags or {}),
        "properties": dict(data.properties or {}),
        "referenced_uris": referenced,
        "anonymous": bool(data._is_anonymous),
    }
    return {key: value for key, value in spec.items() if value not in (None, False)}


def _check_type(place: Path, kind: str) -> None:
    if (kind == AssetTypes.URI_FOLDER and not place.is_dir()) or (
        kind == AssetTypes.URI_FILE and not place.is_file()
    ):
        raise invalid(
            f"File path does not match asset type {kind}: {place}",
            ErrorTarget.DATA,
            ValidationErrorType.FILE_OR_FOLDER_NOT_FOUND,
        )


def _stored(ws: Workspace, data: Data, spec: dict[str, Any]) -> Asset:
    held = AssetStore(ws, "data")
    name = str(data.name)
    try:
        return held.create(name, data.version, spec)
    except AlreadyExists as error:
        there = held.get(name, data.version)
        if there.spec.get("type") == data.type and uploads.same_place(
            ws, there.spec.get("path"), spec["path"]
        ):
            open_to_change = ("description", "tags", "properties")
            return held.update(name, there.version, {key: spec[key] for key in open_to_change if key in spec})
        raise refused(
            AssetPathException,
            error.message,
            ErrorTarget.DATA,
            plain="The data asset is already linked to an asset.",
        ) from error


def _entity(ws: Workspace, found: Asset) -> Data:
    return Data(
        id=found.id,
        name=found.name,
        version=found.version,
        type=found.spec.get("type") or AssetTypes.URI_FOLDER,
        path=uploads.shown(ws, found.spec.get("path")),
        description=found.spec.get("description"),
        tags=found.spec.get("tags"),
        properties=found.spec.get("properties"),
        creation_context=records.created(found.created, found.created_by, found.modified),
        is_anonymous=bool(found.spec.get("anonymous")),
        referenced_uris=found.spec.get("referenced_uris"),
    )


def _container(latest: Asset) -> Data:
    data = Data(
        name=latest.name,
        type=latest.spec.get("type") or AssetTypes.URI_FOLDER,
        creation_context=records.created(latest.created, latest.created_by, latest.modified),
    )
    data.latest_version = latest.version  # type: ignore[assignment]
    return data
