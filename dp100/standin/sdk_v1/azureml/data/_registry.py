"""Datasets on disk: definitions by id, and registered versions among the workspace's data assets."""

from __future__ import annotations

import dataclasses
import json
import uuid

from azureml.data import _places
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store
from dp100.standin.engine.data.assets import AssetStore
from dp100.standin.engine.errors import NotFound


def save(ws, definition):
    """Keep a definition; equal ones have one id. Returns the id, a GUID."""
    text = json.dumps(definition, sort_keys=True, default=str)
    name = str(uuid.uuid5(uuid.UUID(ws.record["workspace_id"]), text))
    path = _path(ws, name)
    if not path.exists():
        store.write_json(path, definition)
    return name


def load(ws, identity):
    """The definition of that id.

    Raises:
        UserErrorException: there is none.
    """
    try:
        return store.read_json(_path(ws, identity))
    except (FileNotFoundError, IndexError):
        raise UserErrorException(f'Cannot find dataset with id "{identity}" in the workspace.') from None


def register(ws, definition, name, description, tags, new_version):
    """Register a definition as a version; returns the asset.

    Raises:
        UserErrorException: the name is taken and ``new_version`` is false.
    """
    assets = AssetStore(ws, "data")
    if not new_version and _exists(assets, name):
        raise UserErrorException(
            f'There is already a dataset registered under name "{name}". Specify `create_new_version=True` to '
            "register the dataset as a new version. Use `update`, `add_tags`, or `remove_tags` to change only the "
            "description or tags."
        )
    tabular = definition["kind"] == "tabular"
    spec = {
        "type": "mltable" if tabular else "uri_folder",
        "path": _places.uri(ws, definition["source"]["paths"]),
        "description": description,
        "tags": {str(key): str(value) for key, value in (tags or {}).items()},
        "properties": {},
        "v1": {"id": save(ws, definition), "definition": definition},
    }
    made = assets.create(name, None, spec)
    # Read when a run asks for a dataset by its id: looking through all versions would take too long.
    store.write_json(_path(ws, spec["v1"]["id"], ".registered"), {"name": made.name, "version": made.version})
    return made


def find(ws, name, version):
    """The asset of that name and version (a number or ``latest``).

    Raises:
        UserErrorException: there is none.
    """
    try:
        return AssetStore(ws, "data").get(name, None if version == "latest" else version)
    except NotFound:
        where = "" if version == "latest" else f" (version: {version})"
        raise UserErrorException(
            f'Cannot find dataset registered with name "{name}"{where} in the workspace.'
        ) from None


def names(ws):
    """The names of all datasets, with those of SDK v2's data assets."""
    return [asset.name for asset in AssetStore(ws, "data").list()]


def registered_as(ws, identity):
    """The last registered version whose definition has that id, or None."""
    try:
        held = store.read_json(_path(ws, identity, ".registered"))
        return AssetStore(ws, "data").get(held["name"], held["version"])
    except (FileNotFoundError, NotFound):
        return None


def of_output(ws, asset):
    """An asset with what SDK v1 said of it, if it is the registered output of a run of SDK v1.

    The engine registers the output when the run has ended; how it is to be read was only said when it was submitted.
    """
    from dp100.standin.engine.jobs import records

    run_id = (asset.spec.get("properties") or {}).get("run_id")
    if not run_id or not records.exists(ws, run_id):
        return asset
    said = (records.spec(ws, run_id).extra.get("registrations") or {}).get(asset.name)
    if not said:
        return asset
    known = {
        "description": said["description"],
        "tags": said["tags"] or {},
        "v1": {"id": save(ws, said["definition"]), "definition": said["definition"]},
    }
    return dataclasses.replace(asset, spec={**asset.spec, **known})


def _exists(assets, name):
    try:
        assets.get(name)
    except NotFound:
        return False
    return True


def _path(ws, identity, kind=""):
    return ws.folder / "datasets-v1" / f"{store.file_name(str(identity))}{kind}.json"
