"""The files of a run: uploaded, listed, downloaded."""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path, PurePosixPath

from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine import store
from dp100.standin.engine.data import datastores, transfer
from dp100.standin.engine.errors import AlreadyExists, EngineError, Forbidden, NotFound
from dp100.standin.engine.jobs import logs as job_logs
from dp100.standin.engine.jobs import records
from dp100.standin.engine.tracking.artifacts import copy_file

_logger = logging.getLogger("azureml.core.run")


class _Uploaded:
    """What an upload returns: the names by which the service knows the files."""

    def __init__(self, run_id, names):
        self.artifacts = {
            name: {"path": name, "origin": "ExperimentRun", "container": run_id} for name in names
        }


def upload(tracking, ws, run_id, files, datastore_name=None):
    """Put files among the run's files.

    Args:
        files: paths or streams by name.
        datastore_name: a datastore that gets a copy, below ``ExperimentRun/dcid.<run id>``.

    Raises:
        UserErrorException: a name is taken, leaves the run, or the datastore is missing. Nothing is uploaded if the
            first of them is so.
        OSError: a file cannot be read.
    """
    store_name = _datastore(ws, datastore_name)
    taken = set(tracking.artifacts.names(run_id))
    for name, source in files.items():
        if name in taken:
            raise _conflict(run_id, name)
        if isinstance(source, str | os.PathLike):
            Path(source).absolute().open("rb").close()
    for name, source in files.items():
        try:
            tracking.artifacts.upload(run_id, name, source, overwrite=False)
        except AlreadyExists as error:
            raise _conflict(run_id, name) from error
        except Forbidden:
            raise
        except EngineError as error:
            raise UserErrorException(error.message) from error
        if store_name is not None:
            source = tracking.artifacts.locate(run_id, name)
            folder = PurePosixPath("ExperimentRun", f"dcid.{run_id}", name).parent
            transfer.upload(ws, store_name, [source], str(folder), overwrite=True)
    return _Uploaded(run_id, list(files))


def upload_folder(tracking, ws, run_id, name, path, datastore_name=None):
    """Put a folder's files among the run's files."""
    if not Path(path).is_dir():
        raise UserErrorException(f"Cannot upload path: {path} since it is not a valid directory.")
    top = Path(path)
    files = {
        f"{name.rstrip('/')}/{file.relative_to(top).as_posix()}": file
        for file in sorted(top.rglob("*"))
        if file.is_file()
    }
    return upload(tracking, ws, run_id, files, datastore_name)


def check_free(tracking, run_id, name):
    """Refuse the name of a file that the run has."""
    if name in tracking.artifacts.names(run_id):
        raise _conflict(run_id, name)


def _conflict(run_id, name):
    return UserErrorException(
        f"UserError: Resource Conflict: ArtifactId ExperimentRun/dcid.{run_id}/{name} already exists."
    )


def tracked_folders(folders):
    """Folders whose files a run is to have at its end, made if they are missing: absolute paths by their names."""
    given = [folders] if isinstance(folders, str | os.PathLike) else folders or ()
    found = {}
    for each in given:
        path = Path(os.path.normpath(each))
        path.mkdir(parents=True, exist_ok=True)
        inside = not path.is_absolute() and ".." not in path.parts
        found[path.as_posix() if inside else path.name] = path.absolute()
    return found


def upload_tracked(tracking, ws, run_id, folders):
    """Put the files of :func:`tracked_folders` among the run's files, but for those whose names are taken."""
    for name, folder in folders.items():
        taken = set(names(tracking, ws, run_id))
        prefix = "" if name == "." else f"{name}/"
        files = {
            f"{prefix}{file.relative_to(folder).as_posix()}": file
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }
        upload(tracking, ws, run_id, {key: file for key, file in files.items() if key not in taken})


def names(tracking, ws, run_id):
    """The names of the run's files, with the logs of a job that still runs."""
    found = set(tracking.artifacts.names(run_id))
    if records.exists(ws, run_id):
        found.update(job_logs.files(ws, run_id))
    return sorted(found)


def logs(tracking, ws, run_id):
    """The logs of a run by name, as paths."""
    found = {}
    if records.exists(ws, run_id):
        found.update(job_logs.files(ws, run_id))
    for name in tracking.artifacts.names(run_id):
        if name.startswith(("logs/", "azureml-logs/", "user_logs/", "system_logs/")) and name not in found:
            found[name] = tracking.artifacts.locate(run_id, name)
    return found


def locate(tracking, ws, run_id, name):
    """The path of one of the run's files.

    Raises:
        UserErrorException: there is none of that name.
    """
    if records.exists(ws, run_id) and name in (live := job_logs.files(ws, run_id)):
        return live[name]
    try:
        found = tracking.artifacts.locate(run_id, name)
    except NotFound as error:
        raise UserErrorException(
            f"UserError: File with path {name} was not found,\navailable files include: "
            f"{','.join(names(tracking, ws, run_id))}."
        ) from error
    if found.is_dir():
        raise UserErrorException(
            f"UserError: File with path {name} was not found,\navailable files include: "
            f"{','.join(names(tracking, ws, run_id))}."
        )
    return found


def download(tracking, ws, run_id, name, target=None):
    """Copy one of the run's files."""
    source = locate(tracking, ws, run_id, name)
    place = Path(target) if target else Path(Path(name).name)
    if place.is_dir() or (target and str(target).endswith(("/", os.sep))):
        place = place / Path(name).name
    copy_file(source, place)


def download_many(tracking, ws, run_id, prefix, folder, paths, append_prefix):
    """Copy the run's files below a prefix.

    Args:
        folder: where to; the working folder by default.
        paths: a path in the folder for each file, instead of its name; of another number they are not used.
        append_prefix: whether the prefix stays part of the names; without a folder it does.
    """
    found = [name for name in names(tracking, ws, run_id) if _below(name, prefix)]
    if paths is not None and (len(paths) != len(found) or len(set(paths)) != len(paths)):
        _logger.warning(
            "Length of output paths is not the same as the length of paths or output_paths contains duplicates. Using "
            "paths as output_paths."
        )
        paths = found
    if paths is not None:
        targets = [Path(folder or ".", each) for each in paths]
    else:
        cut = "" if append_prefix or not prefix or folder is None else prefix.rstrip("/") + "/"
        targets = [store.inside(Path(folder or "."), name.removeprefix(cut)) for name in found]
    for name, target in zip(found, targets, strict=True):
        copy_file(locate(tracking, ws, run_id, name), target)


def download_logs(tracking, ws, run_id, destination=None):
    """Copy the logs to a folder, ``assets/<run id>`` by default; returns their paths."""
    if destination and Path(destination).exists() and not Path(destination).is_dir():
        raise UserErrorException(f"{destination} exists and is not a directory.")
    top = Path(destination) if destination else Path("assets") / run_id
    top.mkdir(parents=True, exist_ok=True)
    done = []
    for name, path in logs(tracking, ws, run_id).items():
        target = store.inside(top, name)
        copy_file(path, target)
        done.append(str(target))
    return done


def populated(tracking, run_id, metrics):
    """Metrics with what the artifacts of charts hold instead of where they are."""
    prefix = f"aml://artifactId/ExperimentRun/dcid.{run_id}/"
    found = {}
    for name, value in metrics.items():
        if isinstance(value, str) and value.startswith(prefix):
            data = tracking.artifacts.read(run_id, value.removeprefix(prefix))
            try:
                value = json.loads(data)
            except ValueError:
                value = data
        found[name] = value
    return found


def restore_snapshot(ws, kept, path):
    """Write a snapshot to a ZIP file; returns its path."""
    import shutil

    from dp100.standin.engine.jobs import snapshot

    source = snapshot.place(ws, kept)
    if not source.is_dir():
        raise UserErrorException(f"There is no snapshot {kept}.")
    target = Path(path or ".") / kept
    return shutil.make_archive(str(target), "zip", source)


def _below(name, prefix):
    return not prefix or name == prefix or name.startswith(prefix.rstrip("/") + "/")


def _datastore(ws, name):
    if name is None:
        return None
    try:
        return datastores.get(ws, name).name
    except NotFound as error:
        raise UserErrorException(f"UserError: {error.message}") from error
