"""What a job may read and not write: a copy of the files, so that no script changes what it was given.

The service mounts such an input from storage, and a script that writes to it is told that the file system is
read-only. There are no mounts here that need no rights; a small input is copied into the job's folder, and its files
and folders lose their write permission. A large one is not copied, which would cost more than it protects.
"""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

#: Bytes and files up to which an input is copied; that takes a second at most.
LARGEST, MOST = 200 * 1000 * 1000, 5000
_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def copy(source: Path, target: Path) -> bool:
    """Copy a file or folder so that nothing in the copy can be written.

    Args:
        source: what is to be read.
        target: where the copy goes; it is not there yet.

    Returns:
        Whether it was copied; False for one that is too large.
    """
    if not _small(source):
        return False
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copyfile(source, target)
        _protect(target)
        return True
    shutil.copytree(source, target, copy_function=shutil.copyfile, ignore_dangling_symlinks=True)
    for place, folders, files in os.walk(target, topdown=False):
        for name in (*files, *folders):
            _protect(Path(place, name))
    _protect(target)
    return True


def _protect(path: Path) -> None:
    path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_WRITE)


def _small(source: Path) -> bool:
    if source.is_file():
        return source.stat().st_size <= LARGEST
    size = count = 0
    folders = [source]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                try:
                    if entry.is_dir():
                        folders.append(Path(entry.path))
                        continue
                    size += entry.stat().st_size
                except OSError:
                    continue  # a link that leads nowhere
                count += 1
                if size > LARGEST or count > MOST:
                    return False
    return True
