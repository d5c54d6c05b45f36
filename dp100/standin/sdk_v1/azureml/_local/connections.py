"""Workspace connections: how to reach something else, kept without being used."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store
from dp100.standin.engine.workspace import access


def put(ws, name, category, target, auth_type, value):
    """Keep a connection; returns it as :func:`get` does."""
    access.check(ws, "connections/write")
    path = _path(ws)
    held = {"name": name, "category": category, "target": target, "authType": auth_type}
    with store.locked(path):
        known = _read(path)
        known[name] = {**held, "value": value}
        store.write_json(path, known, mode=0o600)
    return {**held, "value": value}


def get(ws, name):
    """The connection of that name."""
    access.check(ws, "connections/read")
    held = _read(_path(ws)).get(name)
    if held is None:
        raise UserErrorException(f"Connection {name} not found.")
    return held


def find(ws, category=None, target=None):
    """The connections of a category and target, without their values."""
    access.check(ws, "connections/read")
    return [
        {key: value for key, value in held.items() if key != "value"}
        for held in _read(_path(ws)).values()
        if category in (None, held["category"]) and target in (None, held["target"])
    ]


def remove(ws, name):
    """Forget a connection."""
    access.check(ws, "connections/delete")
    path = _path(ws)
    with store.locked(path):
        known = _read(path)
        known.pop(name, None)
        store.write_json(path, known, mode=0o600)


def _path(ws):
    return ws.folder / "connections-v1.json"


def _read(path):
    try:
        return store.read_json(path)
    except FileNotFoundError:
        return {}
