"""Writing a table's MLTable file, beside its data or with paths that lead to it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from enum import Enum, auto
from pathlib import Path
from typing import Any

import yaml

from dp100.standin.engine import store
from dp100.standin.engine.data import uris
from dp100.standin.engine.errors import EngineError
from mltable._errors import UserErrorException
from mltable._places import Base, File, files_of, is_remote, local, workspace_of

_TAKEN = "Destination already exists or is not empty."


class MLTableSaveOverwriteOption(Enum):
    """What to do about a file that is there."""

    FAIL_ON_CONFLICT = auto()
    OVERWRITE = auto()
    SKIP = auto()

    @staticmethod
    def _parse(option: object) -> MLTableSaveOverwriteOption:
        for made, names in (
            (MLTableSaveOverwriteOption.FAIL_ON_CONFLICT, (False, "fail")),
            (MLTableSaveOverwriteOption.OVERWRITE, (True, "overwrite")),
            (MLTableSaveOverwriteOption.SKIP, ("skip",)),
        ):
            if option is made or option in names:
                return made
        raise UserErrorException(
            f"{option} is not a supported overwrite option. Support boolean, a MLTableSaveOverwriteOption, or string "
            '(one of "skip", "overwrite", or "fail").'
        )


def save(
    table: Mapping[str, Any],
    given: list[dict[str, str]],
    base: Base,
    path: str | None,
    overwrite: object,
    colocated: bool,
) -> None:
    """Write the MLTable file into a folder, and the data too when it is to lie there.

    Args:
        table: what the file is to hold; its paths are made anew.
        given: the paths as they were given, relative to ``base``.
        path: the folder, local or in a datastore; the working one by default.
        overwrite: an option of :class:`MLTableSaveOverwriteOption`.
        colocated: copy the data into the folder.

    Raises:
        UserErrorException: the folder is a file, or holds what would be overwritten.
    """
    option = MLTableSaveOverwriteOption._parse(overwrite)
    remote = path is not None and is_remote(path)
    target = _target(path, base)
    if target.is_file():
        raise UserErrorException(_TAKEN)
    copies: dict[Path, Path] = {}
    paths = []
    for entry in given:
        ((kind, value),) = entry.items()
        if colocated:
            name = _relative_name(value)
            for file in files_of(kind, value, base):
                copies[target / _place_of(file, kind, value, name, base)] = file.path
            paths.append({kind: name})
        elif is_remote(value):
            paths.append({kind: value})
        elif base.uri is not None and not Path(local(value)).is_absolute():
            paths.append({kind: f"{base.uri}/{value.removeprefix('./')}"})
        elif remote:
            raise UserErrorException(
                "Local paths can not be uploaded to remote storage if `colocated` is False. This may result in "
                "non-colocated file paths which are not supported with remote URIs."
            )
        else:
            paths.append({kind: _way(Path(os.path.normpath(base.folder / local(value))), target)})
    made = target / "MLTable"
    if option is MLTableSaveOverwriteOption.FAIL_ON_CONFLICT and any(
        place.exists() for place in (made, *copies) if copies.get(place) != place
    ):
        raise UserErrorException(_TAKEN)
    for place, source in copies.items():
        if place.resolve() != source.resolve() and not (
            option is MLTableSaveOverwriteOption.SKIP and place.exists()
        ):
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, place)
    if not (option is MLTableSaveOverwriteOption.SKIP and made.exists()):
        held = dict(table)
        if paths:
            held["paths"] = paths
        store.atomic_write(made, yaml.safe_dump(held))


def _target(path: str | None, base: Base) -> Path:
    if path is None:
        return Path.cwd()
    if not is_remote(path):
        return Path(local(os.fspath(path))).absolute()
    try:
        workspace = base.workspace or workspace_of(uris.parse(path))
        return uris.locate(workspace, path)
    except EngineError as error:
        raise UserErrorException(error.message) from error


def _relative_name(value: str) -> str:
    """The path that the data will have below the new folder."""
    if not is_remote(value) and not Path(local(value)).is_absolute():
        parts = local(value).replace("\\", "/").split("/")
        return "/".join(part for part in parts if part not in (".", "..")) or "."
    text = uris.parse(value).path if is_remote(value) else local(value)
    parts = [part for part in text.replace("\\", "/").split("/") if part]
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts) - 1)
    return "/".join(parts[first:]) if parts else "."


def _place_of(file: File, kind: str, value: str, name: str, base: Base) -> str:
    """Where a file of an entry goes, below the new folder."""
    if kind == "file":
        return name
    fixed = name.split("/")
    first = next((i for i, part in enumerate(fixed) if any(c in part for c in "*?[")), len(fixed))
    top = _top(value, base)
    return "/".join([*fixed[:first], file.path.relative_to(top).as_posix()])


def _top(value: str, base: Base) -> Path:
    """The folder of an entry, down to the first wildcard."""
    parts = value.replace("\\", "/").split("/")
    first = next((i for i, part in enumerate(parts) if any(c in part for c in "*?[")), len(parts))
    fixed = "/".join(parts[:first]) or ("/" if value.startswith("/") else ".")
    if is_remote(fixed):
        return uris.locate(base.workspace or workspace_of(uris.parse(fixed)), fixed)
    return Path(os.path.normpath(base.folder / local(fixed)))


def _way(file: Path, folder: Path) -> str:
    """From a folder to a file: a relative path, unless that would only go up to the root and down again."""
    if file.drive != folder.drive:
        return file.as_posix()
    way = Path(os.path.relpath(file, folder)).as_posix()
    return file.as_posix() if way.endswith(file.as_posix()) else way
