"""ml_client.models."""

from __future__ import annotations

import builtins
import contextlib
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from azure.ai.ml.constants import AssetTypes, ListViewType
from azure.ai.ml.entities import Environment, Model, ModelPackage
from azure.ai.ml.exceptions import AssetPathException, ErrorTarget

from dp100.standin.engine.data import uris
from dp100.standin.engine.errors import AlreadyExists, EngineError, NotOffline
from dp100.standin.engine.models import registry
from dp100.standin.engine.models.entities import STAGES
from dp100.standin.engine.models.entities import Model as Registered
from dp100.standin.engine.models.files import MLMODEL
from dp100.standin.engine.tracking.store import Tracking
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2 import assets, places, records, uploads
from dp100.standin.sdk_v2.answers import paged
from dp100.standin.sdk_v2.errors import bad_request, invalid, missing, not_found, refused
from dp100.standin.sdk_v2.scope import Operations


class ModelOperations(Operations):
    """Registered models of the workspace; the registry is MLflow's."""

    def create_or_update(self, model: Model) -> Model:
        """Register a version of a model, the next one if it has none. A local path is uploaded.

        A version that is there gets the description, tags and stage; its path cannot change.

        Raises:
            ValidationException: no path, or nothing at it, or a file for an MLflow model.
            AssetPathException: the version is there with another path.
            ResourceNotFoundError: the path names a job, datastore or asset that is not there.
        """
        if not isinstance(model, Model):
            raise NotOffline("ml_client.models.create_or_update of a model of a registry")
        with self._scope.opened() as ws:
            return _entity(ws, _registered(ws, model))

    def get(self, name: str, version: str | None = None, label: str | None = None) -> Model:
        """A version of a model.

        Raises:
            ValidationException: both a version and a label, or neither, or a label that there is not.
            ResourceNotFoundError: there is no such version.
        """
        with self._scope.opened() as ws:
            if (
                label
                and not version
                and label != "latest"
                and any(label in each.labels for each in registry.list(ws, name, archived=None))
            ):
                return _entity(ws, registry.get(ws, name, label=label))
            wanted = assets.chosen(
                name, version, label, ErrorTarget.MODEL, "Must provide either version or label"
            )
            return _entity(ws, registry.get(ws, name, wanted))

    def download(self, name: str, version: str, download_path: PathLike[str] | str = ".") -> None:
        """Copy a model's file or folder into ``download_path/name``.

        Raises:
            ResourceNotFoundError: there is no such version, or its files are gone.
        """
        with self._scope.opened() as ws:
            registry.download(ws, name, version, Path(download_path) / name)

    def archive(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Hide a version, or the model as a whole, from lists.

        Raises:
            ResourceNotFoundError: there is no such model or version.
        """
        self._set_archived(name, version, label, True)

    def restore(self, name: str, version: str | None = None, label: str | None = None, **kwargs: Any) -> None:
        """Undo :meth:`archive`."""
        self._set_archived(name, version, label, False)

    def list(
        self,
        name: str | None = None,
        stage: str | None = None,
        *,
        list_view_type: ListViewType = ListViewType.ACTIVE_ONLY,
    ) -> Iterable[Model]:
        """The versions of a model, the latest first; or every model, with only its latest version's number.

        Args:
            stage: only versions of this stage (when a name is given).

        Raises:
            ResourceNotFoundError: while iterating: there is no model of that name.
        """

        def read() -> builtins.list[Model]:
            archived = {"ActiveOnly": False, "ArchivedOnly": True}.get(assets.view_of(list_view_type))
            with self._scope.opened() as ws:
                if name is None:
                    return [_container(ws, each) for each in registry.containers(ws, archived=archived)]
                registry.container(ws, name)
                found = [_entity(ws, each) for each in registry.list(ws, name, archived=archived)]
                return [each for each in found if stage is None or each.stage == stage]

        return paged(read)

    def share(
        self, name: str, version: str, *, share_with_name: str, share_with_version: str, registry_name: str
    ) -> Model:
        """Not offline: registries are shared by workspaces in the cloud."""
        raise NotOffline("ml_client.models.share")

    def package(self, name: str, version: str, package_request: ModelPackage, **kwargs: Any) -> Environment:
        """Not offline: it builds a Docker image."""
        raise NotOffline("ml_client.models.package")

    def _set_archived(self, name: str, version: str | None, label: str | None, archived: bool) -> None:
        if version and label:
            raise invalid("Cannot specify both version and label.", ErrorTarget.ASSET)
        with self._scope.opened() as ws:
            act = registry.archive if archived else registry.restore
            act(ws, name, version or None, label=label)


# --- inside ----------------------------------------------------------------------------------------------


def _registered(ws: Workspace, model: Model) -> Registered:
    if not model.path:
        raise missing("Missing model path. Path is required for models.", ErrorTarget.MODEL)
    tags = {key: str(value) for key, value in (model.tags or {}).items() if value is not None}
    properties = {key: str(value) for key, value in (model.properties or {}).items() if value is not None}
    there = _there(ws, str(model.name), model.version) if model.version else None
    if there is not None and str(model.path) == str(_entity(ws, there).path):
        # As `get` returned it, with other tags perhaps. One that SDK v1 registered has no path to upload from.
        return _changed(ws, there, model, tags, properties)
    run_id = None
    if uploads.is_remote(model.path):
        uri = str(model.path)
        place = places.locate(ws, uri, "models")
        run_id = places.job_of(uri)
    else:
        place = uploads.absolute(model.path, model.base_path)
        uri = uploads.upload(ws, place, ErrorTarget.MODEL, model.datastore)
        place = uris.locate(ws, uri)
    if not place.exists():
        raise not_found(f'Error, provided model path "{uri}" cannot be found')
    if model.type == AssetTypes.MLFLOW_MODEL and place.is_file():
        raise invalid(
            f"Error with path {uri}. Model of type mlflow_model cannot register a file.", ErrorTarget.MODEL
        )
    if model.type == AssetTypes.MLFLOW_MODEL and not (place / MLMODEL).is_file():
        raise bad_request(f"{uri} is no MLflow model: it is not a folder with an MLmodel file.")
    extra = {"path": uri, "stage": model.stage, "flavors": model.flavors}
    if there is not None:
        return _updated(ws, there, model, uri, tags, properties)
    try:
        made = registry.register(
            ws,
            str(model.name),
            place,
            run_id=model.job_name or run_id,
            version=model.version,
            type=model.type,
            tags=tags,
            properties=properties,
            description=model.description,
            created_by=(ws.principal or access.user()).name,
            extra=extra,
        )
    except AlreadyExists as error:
        raise _path_changed(error.message) from error
    return _staged(ws, made, model.stage)


def _there(ws: Workspace, name: str, version: str) -> Registered | None:
    return next(
        (each for each in registry.list(ws, name, archived=None) if str(each.version) == str(version)), None
    )


def _updated(
    ws: Workspace, there: Registered, model: Model, uri: str, tags: dict[str, str], properties: dict[str, str]
) -> Registered:
    """A version that is there, with what may change of it."""
    if not uploads.same_place(ws, _path(ws, there), uri):
        raise _path_changed(
            f"A model version with the name {there.name} and version {there.version} already exists with another path. "
            "Please provide a unique name or version to successfully create a new model."
        )
    return _changed(ws, there, model, tags, properties)


def _changed(
    ws: Workspace, there: Registered, model: Model, tags: dict[str, str], properties: dict[str, str]
) -> Registered:
    new = {key: value for key, value in properties.items() if key not in there.properties}
    made = registry.update(
        ws,
        there.name,
        there.version,
        description=model.description,
        tags=tags,
        add_properties=new,
        extra={"stage": model.stage, "flavors": model.flavors},
    )
    return _staged(ws, made, model.stage)


def _path_changed(message: str) -> Any:
    return refused(
        AssetPathException, message, ErrorTarget.MODEL, plain="The model asset is already linked to an asset."
    )


def _staged(ws: Workspace, made: Registered, stage: str | None) -> Registered:
    """With MLflow's stage too, where the stage is one that MLflow has."""
    known = {each.casefold(): each for each in STAGES}
    if stage and stage.casefold() in known:
        return registry.set_stage(ws, made.name, made.version, known[stage.casefold()])
    return made


def _path(ws: Workspace, found: Registered) -> str:
    """The model's path as the service gives it: in the datastore that it was uploaded to, or in its run."""
    if uri := found.extra.get("path"):
        text = places.normal(str(uri))
        parts = uris.parse(text)
        if parts.form == "job" and parts.output == "default":
            return _artifact(ws, parts.job or "", parts.path)
        return uploads.shown(ws, text) or text
    if found.run_id and found.extra.get("artifact"):
        return _artifact(ws, found.run_id, str(found.extra["artifact"]))
    if found.run_id:
        # The run may be gone, and a model that MLflow logged is not among its files.
        with contextlib.suppress(EngineError, ValueError):
            below = found.path.relative_to(Tracking(ws).artifacts.folder(found.run_id)).as_posix()
            return _artifact(ws, found.run_id, below)
    # Its files are in no datastore; the registry itself is the place that can be named.
    return (
        f"azureml://subscriptions/{ws.subscription_id}/resourcegroups/{ws.group}/workspaces/{ws.name}"
        f"/models/{found.name}/versions/{found.version}"
    )


def _artifact(ws: Workspace, job: str, path: str) -> str:
    return uris.long_uri(ws, "workspaceartifactstore", f"ExperimentRun/dcid.{job}/{path}")


def _entity(ws: Workspace, found: Registered) -> Model:
    flavors = found.extra.get("flavors") or found.flavors
    stage = found.extra.get("stage") or (found.stage if found.stage != "None" else None)
    return Model(
        id=uris.asset_id(ws, "models", found.name, str(found.version)),
        name=found.name,
        version=str(found.version),
        type=found.type,
        path=_path(ws, found),
        description=found.description,
        tags=dict(found.tags),
        properties=dict(found.properties),
        flavors={name: flavor for name, flavor in flavors.items() if isinstance(flavor, dict)} or None,
        stage=stage,
        job_name=found.run_id,
        creation_context=records.created(found.created, found.created_by, found.updated),
    )


def _container(ws: Workspace, found: Any) -> Model:
    model = Model(
        name=found.name,
        version="1",
        id=f"{ws.id}/models/{found.name}",
        creation_context=records.created(found.created, None, found.updated),
    )
    model.latest_version = None if found.latest is None else str(found.latest)  # type: ignore[assignment]
    model.version = None
    return model
