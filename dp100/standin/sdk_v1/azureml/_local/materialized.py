"""File datasets as files and folders on disk, for runs that mount or download them."""

from __future__ import annotations

import hashlib
import os
import shutil

from azureml.data import _places

from dp100.standin.engine.data import transfer


def place(workspace, dataset):
    """Where the files of a file dataset are, as they are now: a folder, and its one file where it is made of that.

    "When the dataset is created from path of a single file, the mount point will be path of the single mounted file.
    Otherwise, the mount point will be path of the enclosing folder", and the same of downloads, says the SDK's
    documentation of DatasetConsumptionConfig.
    """
    files = dataset._chosen()
    if not files:
        raise _places.gone(dataset._definition["source"]["paths"])
    top = _folder(workspace, files)
    return top / _places.relative(files[0].name) if len(files) == 1 and files[0].alone else top


def _folder(workspace, files):
    """A folder with copies of files; the same files have the same folder."""
    whole = hashlib.sha256()
    for file in files:
        found = file.path.stat()
        whole.update(f"{file.name}\0{file.path}\0{found.st_size}\0{found.st_mtime_ns}\0".encode())
    kept = workspace._ws.folder / "datasets-v1" / "files"
    target = kept / whole.hexdigest()[:24]
    if target.is_dir():
        return target
    part = kept / f".{target.name}.{os.urandom(4).hex()}"
    for file in files:
        transfer.copy_file(file.path, part / _places.relative(file.name))
    try:
        part.rename(target)
    except OSError:  # somebody else has just made it
        shutil.rmtree(part, ignore_errors=True)
    return target
