"""The files of registered models."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

from dp100.standin.engine.errors import AlreadyExists, EngineError, Invalid
from dp100.standin.engine.store import file_name
from dp100.standin.engine.tracking.artifacts import copy_file
from dp100.standin.engine.tracking.template import Place

_INCOMING = ".incoming-"
_STALE = 24 * 3600  # seconds after which a copy that never finished is nobody's any more
MLMODEL = "MLmodel"


def folder_of(ws: Place, name: str) -> Path:
    """The folder of all versions of a model."""
    return ws.folder / "models" / file_name(name)


def bring(ws: Place, name: str, source: Path) -> Path:
    """Copy a file or folder beside the model's versions; :func:`settle` then gives it its version.

    Returns:
        a new folder that holds the copy, under the name that the source has.
    """
    folder = folder_of(ws, name)
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    incoming = folder / f"{_INCOMING}{os.getpid()}-{os.urandom(6).hex()}"
    incoming.mkdir()
    try:
        if source.is_dir():
            shutil.copytree(source, incoming / source.name)
        else:
            shutil.copyfile(source, incoming / source.name)
    except BaseException:
        discard(incoming)
        raise
    return incoming


def settle(incoming: Path, version: int) -> Path:
    """Turn a folder from :func:`bring` into that of a version; the caller holds the database's lock."""
    target = incoming.parent / str(version)
    while target.exists():
        # What is there belongs to a version whose registration was cut off, or on a file system that does not
        # tell case apart to a model whose name differs in case only. It is not ours to touch.
        target = incoming.parent / f"{version}-{os.urandom(3).hex()}"
    for attempt in range(50):
        try:
            incoming.rename(target)
            return target
        except PermissionError:  # a virus scanner on Windows has one of the files open
            if os.name != "nt" or attempt == 49:
                raise
            time.sleep(0.02)
    return target


def discard(folder: Path) -> None:
    """Remove a folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)


def owned(ws: Place, path: Path) -> bool:
    """Whether the registry keeps this folder itself, so that it goes with the version."""
    return ws.folder / "models" in path.parents


def read_mlmodel(path: Path) -> dict[str, Any] | None:
    """What the MLmodel file of an MLflow model says; None if the path is no such folder.

    Raises:
        Invalid: there is an MLmodel file, but it is damaged.
    """
    file = path / MLMODEL
    if not file.is_file():
        return None
    from dp100.standin.engine.store import read_yaml

    try:
        return read_yaml(file)
    except EngineError as error:
        raise Invalid(error.message, target="model") from error


def copy_out(source: Path, target: Path, *, overwrite: bool) -> Path:
    """Copy a model's file or folder into the folder ``target``; returns where it is now.

    Raises:
        AlreadyExists: one of its files is there and ``overwrite`` is false; nothing has been copied then.
    """
    base = target / source.name
    pairs = (
        [(path, base / path.relative_to(source)) for path in sorted(source.rglob("*")) if path.is_file()]
        if source.is_dir()
        else [(source, base)]
    )
    if not overwrite and any(to.exists() for _, to in pairs):
        raise AlreadyExists(
            "File",
            str(base),
            message=f"File already exists. To overwrite, set exist_ok to True. {base}",
            target="model",
        )
    if source.is_dir():
        base.mkdir(parents=True, exist_ok=True)
    for path, to in pairs:
        copy_file(path, to)
    return base


def _sweep(folder: Path) -> None:
    """Remove what registrations that were killed have left."""
    for left in folder.glob(f"{_INCOMING}*"):
        try:
            if left.stat().st_mtime < time.time() - _STALE:
                discard(left)
        except OSError:
            continue  # another process was faster
