"""The files of a run: those logged or uploaded, the models that MLflow logged from it, and the logs of its job."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from dp100.standin.engine.errors import AlreadyExists, Invalid, NotFound
from dp100.standin.engine.store import inside, replace
from dp100.standin.engine.tracking import permission
from dp100.standin.engine.tracking.database import Database
from dp100.standin.engine.tracking.template import Place

#: Folders of a job that the service shows among the run's files while it runs.
LIVE = ("user_logs", "system_logs", "logs", "outputs", "azureml-logs")
_PART = ".uploading"


class Artifacts:
    """The files of the workspace's runs. Names have forward slashes, as in the service.

    Args:
        ws: the workspace.
    """

    def __init__(self, ws: Place) -> None:
        self.ws = ws
        self.database = Database(ws)

    def folder(self, run_id: str) -> Path:
        """The folder of the files that were logged to a run; it may not be there yet.

        Raises:
            NotFound: there is no such run.
            Invalid: the run keeps its artifacts somewhere that is no local folder.
        """
        with self.database.reading() as connection:
            row = connection.execute("SELECT artifact_uri FROM runs WHERE run_uuid = ?", (run_id,)).fetchone()
        if row is None:
            raise NotFound("Run", run_id, message=f"Run {run_id} was not found.", target="run")
        return local_path(row[0])

    def upload(
        self,
        run_id: str,
        name: str,
        source: str | os.PathLike[str] | bytes | BinaryIO,
        *,
        overwrite: bool = True,
    ) -> Path:
        """Put one file among the run's artifacts; a reader sees all of it or nothing.

        Args:
            name: where in the run, such as ``outputs/model.pkl``.
            source: a file, its bytes, or an open binary (or text) stream.
            overwrite: whether it may take the place of one of that name; the service's own ``upload_file`` may not.

        Raises:
            Invalid: the name leaves the run's folder.
            AlreadyExists: there is one and ``overwrite`` is false.
            Forbidden: the principal may not write artifacts.
            FileNotFoundError: there is no such source.
        """
        permission.check(self.ws, permission.WRITE_ARTIFACTS)
        target = self._target(run_id, name)
        if not overwrite and target.exists():
            raise AlreadyExists(
                "Artifact",
                name,
                message=f"Resource Conflict: ArtifactId ExperimentRun/dcid.{run_id}/{name} already exists.",
                code="Conflict",
                target="artifact",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}{_PART}")
        try:
            if isinstance(source, str | os.PathLike):
                shutil.copyfile(source, part)
            else:
                with part.open("wb") as file:
                    for block in _blocks(source):
                        file.write(block)
            replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        return target

    def upload_folder(
        self, run_id: str, name: str, source: str | os.PathLike[str], *, overwrite: bool = True
    ) -> list[str]:
        """Put a folder's files among the run's artifacts, below ``name``; returns their names there.

        Raises:
            NotADirectoryError: the source is no folder.
        """
        root = Path(source)
        if not root.is_dir():
            raise NotADirectoryError(f"Cannot upload path: {root} since it is not a valid directory.")
        prefix = name.replace("\\", "/").strip("/")
        names = []
        for path in sorted(root.rglob("*")):
            if path.is_file():
                below = path.relative_to(root).as_posix()
                names.append(f"{prefix}/{below}" if prefix else below)
                self.upload(run_id, names[-1], path, overwrite=overwrite)
        return names

    def names(self, run_id: str, prefix: str | None = None) -> list[str]:
        """Names of the run's files, sorted.

        Args:
            prefix: only those that begin with it.
        """
        permission.check(self.ws, permission.READ_ARTIFACTS)
        return sorted(
            name for name in self._all(run_id) if not prefix or name.startswith(prefix.replace("\\", "/"))
        )

    def locate(self, run_id: str, name: str) -> Path:
        """The file or folder on disk that is the run's artifact ``name``.

        Raises:
            NotFound: the run has none of that name.
            Invalid: the name leaves the run's folder.
        """
        permission.check(self.ws, permission.READ_ARTIFACTS)
        for base, prefix in self._places(run_id):
            wanted = name.replace("\\", "/").strip("/")
            if prefix and wanted != prefix and not wanted.startswith(f"{prefix}/"):
                continue
            path = inside(base, wanted.removeprefix(prefix))
            if path.exists() and (wanted or prefix):
                return path
        raise NotFound(
            "Artifact",
            name,
            message=f"File with path {name} was not found,\navailable files include: {','.join(self.names(run_id))}.",
            target="artifact",
        )

    def download(self, run_id: str, name: str, target: str | os.PathLike[str]) -> Path:
        """Copy one of the run's files to ``target``, or into it if it is a folder; returns where it is now."""
        source = self.locate(run_id, name)
        if source.is_dir():
            raise NotFound("Artifact", name, message=f"{name} is a folder, not a file.", target="artifact")
        path = Path(target)
        if path.is_dir() or str(target).endswith(("/", os.sep)):
            path = path / source.name
        copy_file(source, path)
        return path

    def download_all(
        self,
        run_id: str,
        target: str | os.PathLike[str],
        prefix: str | None = None,
        *,
        append_prefix: bool = True,
    ) -> list[Path]:
        """Copy the run's files into a folder, keeping their folders.

        Args:
            prefix: only the files in this folder of the run.
            append_prefix: whether that folder is made in ``target`` too.
        """
        permission.check(self.ws, permission.READ_ARTIFACTS)
        start = prefix.replace("\\", "/").strip("/") + "/" if prefix and prefix.strip("/\\") else ""
        copied = []
        for name, source in sorted(self._all(run_id).items()):
            if name.startswith(start):
                copied.append(inside(Path(target), name if append_prefix else name[len(start) :]))
                copy_file(source, copied[-1])
        return copied

    def read(self, run_id: str, name: str) -> bytes:
        """The bytes of one of the run's files."""
        return self.locate(run_id, name).read_bytes()

    def _target(self, run_id: str, name: str) -> Path:
        base = self.folder(run_id)
        target = inside(base, name)
        if target == base:
            raise Invalid("The name of an artifact must not be empty.", target="artifact")
        return target

    def _places(self, run_id: str) -> Iterator[tuple[Path, str]]:
        """Folders that hold files of the run, each with the name that it has in the run; the first one wins."""
        yield self.folder(run_id), ""
        with self.database.reading() as connection:
            models = connection.execute(
                "SELECT name, artifact_location FROM logged_models WHERE source_run_id = ?"
                " AND lifecycle_stage = 'active' ORDER BY creation_timestamp_ms DESC",
                (run_id,),
            ).fetchall()
        for name, location in models:
            yield local_path(location), name
        for name in LIVE:
            yield self.ws.folder / "jobs" / run_id / name, name

    def _all(self, run_id: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for base, prefix in self._places(run_id):
            for path in _files(base):
                below = path.relative_to(base).as_posix()
                found.setdefault(f"{prefix}/{below}" if prefix else below, path)
        return found


def local_path(location: str) -> Path:
    """The folder that a ``file:`` URI or a plain path means.

    Raises:
        Invalid: it is the address of something that is not on this machine.
    """
    if location.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        path = unquote(urlsplit(location).path)
        # file:///C:/folder has a slash before the drive that the path has not.
        return Path(path[1:] if os.name == "nt" and path[2:3] == ":" else path)
    if "://" in location or location.startswith(("runs:", "models:", "mlflow-artifacts:", "dbfs:")):
        raise Invalid(f"The artifacts at {location} are not on this machine.", target="artifact")
    return Path(location)


def copy_file(source: Path, target: Path) -> None:
    """Copy a file so that ``target`` is either what it was or all of the copy; folders are made."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{os.getpid()}-{os.urandom(4).hex()}{_PART}")
    try:
        shutil.copyfile(source, part)
        replace(part, target)
    finally:
        part.unlink(missing_ok=True)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in files:
            if not file.endswith(_PART):
                yield Path(root, file)


def _blocks(source: bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(source, bytes | bytearray | memoryview):
        yield bytes(source)
        return
    while block := source.read(1 << 20):
        yield block.encode("utf-8") if isinstance(block, str) else block
