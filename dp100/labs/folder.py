"""A lab in a folder of the learner's: starting it, finding it again, and starting over.

The folder carries a small file that names the lab, so it may be moved or renamed. The lab's own account and
workspaces are kept with the learner's data, so that a job's snapshot of the folder does not hold them.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from dp100.curriculum.lab import DEFINITION, Lab
from dp100.curriculum.lab_reading import read_lab
from dp100.errors import Dp100Error
from dp100.labs import shelf
from dp100.memory.labs import Work

MARKER = ".dp100-lab.json"
IGNORE = ".amlignore"
_FORMAT = 1


class LabFolderError(Dp100Error):
    """A folder that cannot be used as it is; the sentence says what to do."""


class NoLabHere(LabFolderError):
    """A folder in which no lab was started."""


@dataclass(frozen=True, slots=True)
class LabFolder:
    """A folder in which a lab was started.

    Attributes:
        path: the folder, absolute.
        key: what ties it to its progress and its workspace.
        lab: the lab, as this program has it.
        revision: the lab's revision when it was started.
        home: the learner's data.
    """

    path: Path
    key: str
    lab: Lab
    revision: int
    home: Path

    @property
    def store(self) -> Path:
        """What is kept of this lab beside the folder."""
        return self.home / "labs" / self.key

    @property
    def azure(self) -> Path:
        """The lab's account and workspaces."""
        return self.store / "azure"

    @property
    def outdated(self) -> bool:
        """Whether the lab has another revision now than when it was started."""
        return self.revision != self.lab.revision

    def sources(self) -> list[str]:
        """Names of the files that the learner works on, there or not: those of start/ and of the steps."""
        names = {path.relative_to(self.lab.start).as_posix() for path in files(self.lab.start)}
        return sorted(names | {step.file for step in self.lab.steps})

    def work(self, started: dt.datetime) -> Work:
        """This folder, as memory keeps it."""
        return Work(
            key=self.key,
            lab=self.lab.id,
            revision=self.revision,
            title=self.lab.title,
            steps=tuple(step.id for step in self.lab.steps),
            topics=tuple(self.lab.topics),
            folder=str(self.path),
            started=started,
        )


def create(lab: Lab, target: Path, home: Path) -> LabFolder:
    """Copy a lab's starting files into a folder that is missing or empty.

    Raises:
        LabFolderError: the folder holds something, or cannot be written. Then nothing is left behind.
    """
    path = Path(os.path.abspath(target.expanduser()))  # noqa: PTH100 - resolve() would follow links
    try:
        if path.is_dir() and any(path.iterdir()):
            raise LabFolderError(_occupied(lab, path))
        if path.exists() and not path.is_dir():
            raise LabFolderError(f"{path} is a file. Name another folder: dp100 lab start {lab.id} FOLDER")
        path.mkdir(parents=True, exist_ok=True)
        made = LabFolder(path, secrets.token_hex(6), lab, lab.revision, home)
        lay_out(made)
    except OSError as error:
        raise unwritable(path, error) from error
    return made


def lay_out(folder: LabFolder) -> None:
    """Put the starting files and the marker into an empty folder."""
    copy(folder.lab.start, folder.path)
    own = folder.path / IGNORE
    if not own.exists():
        # What a job needs not: the lab's marker and what Python and the runner leave behind.
        own.write_text(f"{MARKER}\n__pycache__/\n.ipynb_checkpoints/\n", encoding="utf-8")
    _mark(folder)


def _mark(folder: LabFolder) -> None:
    held = {
        "about": "A lab of dp100. Leave this file here: it ties the folder to your progress.",
        "format": _FORMAT,
        "lab": folder.lab.id,
        "revision": folder.revision,
        "key": folder.key,
    }
    if folder.lab.folder.parent != _shelf_root():
        held["folder"] = str(folder.lab.folder)  # a lab of the learner's own
    part = folder.path / f"{MARKER}.tmp"
    part.write_text(json.dumps(held, indent=1) + "\n", encoding="utf-8")
    part.replace(folder.path / MARKER)


def open_folder(start: Path, home: Path) -> LabFolder:
    """The lab that was started in ``start`` or in a folder above it.

    Raises:
        NoLabHere: there is none.
        LabFolderError: the folder belongs to a lab that this program does not have.
    """
    path = Path(os.path.abspath(start.expanduser()))  # noqa: PTH100
    for folder in (path, *path.parents):
        if (folder / MARKER).is_file():
            return _opened(folder, home)
    if not path.is_dir():
        raise NoLabHere(
            f"The folder {path} is not there. If you moved it, go to where it is now and run `dp100 lab check`; "
            "your progress goes with it. If it is gone, `dp100 lab start` begins anew."
        )
    raise NoLabHere(
        f"No lab was started in {path}. Go to the folder of your lab, or begin with: dp100 lab start LAB"
    )


def _opened(folder: Path, home: Path) -> LabFolder:
    try:
        held = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        lab_id, revision, key = str(held["lab"]), int(held["revision"]), str(held["key"])
        if not (key.isalnum() and 4 <= len(key) <= 64):
            raise ValueError(key)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabFolderError(
            f"{folder / MARKER} is damaged, so it is not known which lab this is. Start the lab in another folder "
            "(dp100 lab start LAB FOLDER) and copy your files there; nothing in this one was touched."
        ) from error
    if int(held.get("format", 0)) > _FORMAT:
        raise LabFolderError(
            f"The lab in {folder} was started with a newer dp100. Update dp100 to go on with it; nothing was touched."
        )
    own = held.get("folder")
    if own and (Path(own) / DEFINITION).is_file():
        return LabFolder(folder, key, read_lab(Path(own)), revision, home)
    try:
        lab = shelf.find(lab_id)
    except shelf.UnknownLab as error:
        raise LabFolderError(
            f"The folder {folder} belongs to the lab {lab_id}, which this dp100 does not have. Update dp100, or "
            "start another lab; your files stay as they are."
        ) from error
    return LabFolder(folder, key, lab, revision, home)


def start_over(folder: LabFolder, now: dt.datetime) -> Path:
    """Put the starting files back, and an empty workspace; what was there is kept beside the folder.

    Returns:
        The folder that now holds what was replaced.

    Raises:
        LabFolderError: it could not be copied; then everything is as it was.
    """
    kept = _free(folder.path.with_name(f"{folder.path.name}-before-{now.astimezone():%Y%m%d-%H%M%S}"))
    renewed = LabFolder(folder.path, folder.key, folder.lab, folder.lab.revision, folder.home)
    try:
        shutil.copytree(folder.path, kept, ignore=shutil.ignore_patterns(MARKER))
        _empty(folder.path)
        lay_out(renewed)
        if folder.azure.exists():
            shutil.move(folder.azure, _free(folder.store / f"azure-before-{now.astimezone():%Y%m%d-%H%M%S}"))
    except OSError as error:
        raise unwritable(folder.path, error) from error
    return kept


def _empty(path: Path) -> None:
    """Remove what the folder holds; the folder itself may be the working folder of a shell."""
    for inner in path.iterdir():
        if inner.is_dir() and not inner.is_symlink():
            shutil.rmtree(inner)
        elif inner.name != MARKER:
            inner.unlink()


def _free(path: Path) -> Path:
    """``path``, or with a number behind it the first that is not there."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name}-{number}")
    return found


def files(root: Path) -> list[Path]:
    """The files of a lab's folder, without what Python leaves there."""
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    )


def copy(source: Path, target: Path) -> None:
    """Copy the files of a lab's folder; the copies may be written whatever the originals are."""
    for path in files(source):
        copied = target / path.relative_to(source)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copied)


def unwritable(path: Path, error: OSError) -> LabFolderError:
    """What to say when a folder cannot be written."""
    return LabFolderError(
        f"{path} cannot be written ({error.strerror or error}). Choose a folder that you may write to, "
        "or give yourself the right to."
    )


def _shelf_root() -> Path:
    from dp100.locations import bundled

    return bundled("labs")


def _occupied(lab: Lab, path: Path) -> str:
    if (path / MARKER).is_file():
        return (
            f"A lab was started in {path} already, and nothing of it was touched. Go on there with "
            f"`dp100 lab check`, start over with `dp100 lab reset`, or name another folder: "
            f"dp100 lab start {lab.id} FOLDER"
        )
    return f"{path} holds files, which were not touched. Name another folder: dp100 lab start {lab.id} FOLDER"
