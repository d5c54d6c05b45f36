"""Copying between the learner's files and datastores: each file at once or not at all."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores
from dp100.standin.engine.data.datastores import Datastore
from dp100.standin.engine.errors import Invalid, NotFound
from dp100.standin.engine.workspace import access
from dp100.standin.engine.workspace.workspace import Workspace

_ABANDONED = 24 * 3600  # seconds after which half a copy belongs to a process that is gone


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a transfer did.

    Attributes:
        done: paths that were copied: in the datastore for an upload, local ones for a download.
        skipped: paths that were there and not to be overwritten.
    """

    done: tuple[str, ...]
    skipped: tuple[str, ...]


def upload(
    ws: Workspace,
    datastore: str | Datastore,
    source: str | Path | Iterable[str | Path],
    target: str = "",
    *,
    overwrite: bool = False,
    relative_root: str | Path | None = None,
    progress: Callable[[Path, str], None] | None = None,
) -> Transfer:
    """Copy a folder's files, a file, or several files into a datastore.

    Args:
        ws: the workspace.
        datastore: where to.
        source: a folder (its files keep their places below it), a file, or files.
        target: the folder in the datastore; "" is its root.
        overwrite: replace files that are there instead of leaving them.
        relative_root: for files: the folder below which they keep their places; without it only their names count.
        progress: called with the local file and its path in the datastore, before each copy.

    Raises:
        NotFound: the source is missing.
        Invalid: ``..`` in the target, or a file outside of ``relative_root``.
        Forbidden: the principal may not write there.
    """
    access.check(ws, "datastores/listsecrets/action")  # what the SDK asks for before it uploads
    base = datastores.folder(ws, datastore)
    done, skipped = [], []
    pairs = list(_pairs(source, relative_root))
    top = PurePosixPath(store.inside(base, target).relative_to(base).as_posix())
    places = [(file, top / name) for file, name in pairs]
    with _staging(ws) as staging:
        for file, name in places:
            goal = store.inside(base, name)
            if goal.exists() and not overwrite:
                skipped.append(str(name))
                continue
            if progress:
                progress(file, str(name))
            part = staging / os.urandom(8).hex()
            _copy(file, part)
            goal.parent.mkdir(parents=True, exist_ok=True)
            store.replace(part, goal)
            done.append(str(name))
    return Transfer(tuple(done), tuple(skipped))


def download(
    ws: Workspace,
    datastore: str | Datastore,
    prefix: str = "",
    target: str | Path = ".",
    *,
    overwrite: bool = False,
    progress: Callable[[str, Path], None] | None = None,
) -> Transfer:
    """Copy every file whose path begins with ``prefix`` to ``target``, where it keeps its whole path.

    Args:
        ws: the workspace.
        datastore: where from.
        prefix: a file, a folder, or the beginning of a path; "" is everything.
        target: a local folder; made if missing.
        overwrite: replace local files instead of leaving them.
        progress: called with the path in the datastore and the local file, before each copy.

    Raises:
        Invalid: ``..`` in the prefix.
    """
    base = datastores.folder(ws, datastore)
    done, skipped = [], []
    for name in files(ws, datastore, prefix):
        goal = store.inside(Path(target), name)
        if goal.exists() and not overwrite:
            skipped.append(str(goal))
            continue
        if progress:
            progress(name, goal)
        copy_file(base / name, goal)
        done.append(str(goal))
    return Transfer(tuple(done), tuple(skipped))


def files(ws: Workspace, datastore: str | Datastore, prefix: str = "") -> list[str]:
    """The paths in a datastore that begin with ``prefix``, sorted, with forward slashes.

    Raises:
        Invalid: ``..`` in the prefix.
    """
    base = datastores.folder(ws, datastore)
    wanted = store.inside(base, prefix).relative_to(base).as_posix()
    wanted = "" if wanted == "." else wanted
    if wanted and prefix.endswith(("/", "\\")):
        wanted += "/"
    # Only the folder that the prefix ends in has to be walked.
    top = base / wanted.rpartition("/")[0] if wanted else base
    found = (each.relative_to(base).as_posix() for each in walk(top))
    return sorted(name for name in found if name.startswith(wanted))


def walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, those of linked files too; linked folders are not entered."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file():  # a link that leads nowhere, or a socket, is not
                yield path


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that ``target`` is never seen half written; its folder is made if missing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name[:40]}.{os.urandom(4).hex()}.part")
    try:
        _copy(source, part)
        store.replace(part, target)
    finally:
        part.unlink(missing_ok=True)


# --- inside ----------------------------------------------------------------------------------------------


def _pairs(
    source: str | Path | Iterable[str | Path], relative_root: str | Path | None
) -> Iterator[tuple[Path, PurePosixPath]]:
    """Local files, and where they go below the target."""
    if isinstance(source, str | Path):
        top = Path(source).expanduser()
        if top.is_dir():
            for file in walk(top):
                yield file, PurePosixPath(file.relative_to(top).as_posix())
            return
        source = [top]
    root = Path(os.path.abspath(relative_root)) if relative_root is not None else None  # noqa: PTH100
    for each in source:
        file = Path(each).expanduser()
        if not file.is_file():
            raise NotFound(
                "File",
                str(each),
                message=f"'{each}' does not point to a file. Please upload the file to cloud first if running in a "
                "cloud notebook.",
                code="UserError",
                target="path",
            )
        if root is None:
            yield file, PurePosixPath(file.name)
            continue
        whole = Path(os.path.abspath(file))  # noqa: PTH100
        if not whole.is_relative_to(root):
            raise Invalid(
                f"relative_root: '{relative_root}' is not part of the file_path: '{each}'.",
                code="UserError",
                target="path",
            )
        yield file, PurePosixPath(whole.relative_to(root).as_posix())


@contextlib.contextmanager
def _staging(ws: Workspace) -> Iterator[Path]:
    """A folder for half copies, on the file system of the datastores but in none of them."""
    import shutil

    top = ws.folder / "storage" / ".incoming"
    with store.changing(top):
        top.mkdir(parents=True, exist_ok=True)
    for left in top.iterdir():
        with contextlib.suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED:
                shutil.rmtree(left, ignore_errors=True)
    folder = top / os.urandom(8).hex()
    with store.changing(folder):
        folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    import shutil

    try:
        shutil.copyfile(source, target)
    except FileNotFoundError as error:
        raise NotFound(
            "File", str(source), message=f"The file {source} does not exist.", target="path"
        ) from error
