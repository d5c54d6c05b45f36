"""The MLTable file of a folder: read and checked before a data asset of the type mltable is registered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from azure.ai.ml.exceptions import ErrorTarget, ValidationErrorType

from dp100.standin.engine.data import uris
from dp100.standin.engine.errors import EngineError, NotOffline
from dp100.standin.engine.workspace.workspace import Workspace
from dp100.standin.sdk_v2.errors import invalid

NAME = "MLTable"
_KEYS = frozenset({"$schema", "type", "paths", "transformations", "traits", "metadata"})
_KINDS = ("file", "folder", "pattern")


def referenced_in(folder: Path) -> list[str] | None:
    """The paths that the MLTable file in a folder names.

    Raises:
        ValidationException: there is no such folder or file, or it is no MLTable.
    """
    file = folder / NAME
    if not file.is_file():
        raise invalid(
            f"No such file or directory: {file}", ErrorTarget.DATA, ValidationErrorType.CANNOT_PARSE
        )
    try:
        held = yaml.safe_load(file.read_bytes())
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise invalid(
            f"Error while parsing yaml file: {file} \n\n {error}",
            ErrorTarget.DATA,
            ValidationErrorType.CANNOT_PARSE,
        ) from error
    return _paths(held, file)


def referenced_at(ws: Workspace, uri: str) -> list[str] | None:
    """:func:`referenced_in` for a folder in a datastore. One that cannot be read is not checked, as in the SDK.

    Raises:
        ValidationException: what is there is no MLTable.
    """
    try:
        folder = uris.locate(ws, uri)
    except (EngineError, NotOffline):
        return None
    return referenced_in(folder) if (folder / NAME).is_file() else None


def _paths(held: Any, file: Path) -> list[str] | None:
    if not isinstance(held, dict):
        raise _wrong(file, "", f"{held!r} is not of type 'object'")
    unknown = [str(key) for key in held if key not in _KEYS]
    if unknown:
        raise _wrong(file, "", f"'{unknown[0]}' is no part of an MLTable: it has {', '.join(sorted(_KEYS))}")
    paths = held.get("paths")
    if paths is not None and (not isinstance(paths, list) or not paths):
        raise _wrong(file, "paths: ", "a list of entries with file, folder or pattern is expected")
    found = []
    for number, entry in enumerate(paths or ()):
        where = f"paths.{number}: "
        if not isinstance(entry, dict) or len(entry) != 1 or next(iter(entry)) not in _KINDS:
            raise _wrong(file, where, f"{entry!r} is not one of file, folder or pattern with a path")
        value = next(iter(entry.values()))
        if not isinstance(value, str) or not value:
            raise _wrong(file, where, f"{value!r} is not a path")
        found.append(value)
    transformations = held.get("transformations")
    if transformations is not None:
        if not isinstance(transformations, list):
            raise _wrong(file, "transformations: ", f"{transformations!r} is not of type 'array'")
        for number, step in enumerate(transformations):
            if not isinstance(step, str) and not (isinstance(step, dict) and len(step) == 1):
                raise _wrong(
                    file, f"transformations.{number}: ", f"{step!r} is not the name of one transformation"
                )
    return found or None


def _wrong(file: Path, where: str, what: str) -> Exception:
    return invalid(f"{where}{what}\nInvalid MLTable metadata schema: {file}", ErrorTarget.DATA)
