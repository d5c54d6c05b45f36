"""Snapshots of a job's code: copies that nobody changes, kept once however often they are submitted."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dp100.standin.engine import locations
from dp100.standin.engine.errors import Invalid, TooLarge
from dp100.standin.engine.jobs import ignore
from dp100.standin.engine.store import replace
from dp100.standin.engine.workspace.workspace import Workspace

LIMIT = 300 * 1024 * 1024  # bytes; SNAPSHOT_MAX_SIZE_BYTES of azureml-core
FILES = 2000  # SNAPSHOT_MAX_FILES of azureml-core; SDK v2 has no such limit

_TOO_LARGE = """====================================================================

While attempting to take snapshot of {}
Your total snapshot size exceeds the limit of {} MB.
Please see http://aka.ms/aml-largefiles on how to work with large files.

====================================================================

"""
_TOO_MANY = """====================================================================

While attempting to take snapshot of {}
Your project exceeds the file limit of {}.

====================================================================

"""


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    name: str
    size: int


def take(ws: Workspace, folder: str | Path, *, max_files: int | None = None) -> str:
    """Keep a copy of a folder, or of one file, as it is now.

    Args:
        folder: what to copy, without what .amlignore (or, if there is none, .gitignore) leaves out.
        max_files: refuse more files than that, as SDK v1 does unless ``AML_SNAPSHOT_NO_FILE_LIMIT`` is set.

    Returns:
        The snapshot's hash: equal content has an equal one.

    Raises:
        Invalid: there is no such folder.
        TooLarge: more than 300 MB, with the SDK's message.
    """
    source = Path(folder)
    if not source.exists():
        raise Invalid(f"The code folder {source} does not exist.", target="code")
    files = sorted(_files(source, ws), key=lambda each: each.name)
    if sum(each.size for each in files) > LIMIT:
        raise TooLarge(_TOO_LARGE.format(folder, LIMIT / 1024 / 1024), target="code")
    if max_files and len(files) > max_files and not os.environ.get("AML_SNAPSHOT_NO_FILE_LIMIT"):
        raise TooLarge(_TOO_MANY.format(folder, max_files), target="code")
    kept = ws.folder / "code"
    kept.mkdir(parents=True, exist_ok=True)
    # Copied first and hashed from the copy, so that the hash is that of what is kept.
    part = kept / f".new-{secrets.token_hex(8)}"
    part.mkdir()
    try:
        whole = hashlib.sha256()
        for each in files:
            target = part / each.name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(each.path, target)
            shutil.copymode(each.path, target)
            whole.update(f"{each.name}\0{_hash(target)}\0".encode("utf-8", "surrogateescape"))
        name = whole.hexdigest()[:32]
        place = kept / name
        if not place.exists():
            try:
                replace(part, place)
            except OSError:
                if not place.exists():  # not another process, which has just kept the same
                    raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return name


def place(ws: Workspace, name: str) -> Path:
    """The folder of a snapshot."""
    return ws.folder / "code" / name


def _files(source: Path, ws: Workspace) -> Iterator[_File]:
    if source.is_file():
        yield _File(source, source.name, source.stat().st_size)
        return
    rules = ignore.of_folder(source)
    # The learner's data may lie in the folder that is submitted; a copy of every snapshot in each would never end.
    seen = {os.path.realpath(each) for each in (locations.home(), locations.azure(), ws.folder)}
    seen.discard(os.path.realpath(source))
    for root, folders, names in os.walk(source, followlinks=True):
        here = Path(root)
        real = os.path.realpath(root)
        if real in seen:  # or a link that leads back
            folders.clear()
            continue
        seen.add(real)
        prefix = here.relative_to(source).as_posix()
        prefix = "" if prefix == "." else f"{prefix}/"
        folders[:] = [each for each in folders if not rules.leaves_out_folder(f"{prefix}{each}")]
        for each in names:
            if rules.leaves_out(f"{prefix}{each}"):
                continue
            path = here / each
            try:
                size = path.stat().st_size
            except OSError:  # a link to nothing
                continue
            if path.is_file():
                yield _File(path, f"{prefix}{each}", size)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
