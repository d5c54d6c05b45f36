"""Which files hold content: the folders that come with the program, and the learner's own packs."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from dp100.curriculum.problem import Problem, one_line
from dp100.locations import bundled

SUFFIXES = (".yaml", ".yml")


class Source(NamedTuple):
    """One content file as it stood when the folders were looked through.

    Attributes:
        path: absolute.
        label: how the reader knows it; see :class:`~dp100.curriculum.problem.Problem`.
        rank: its place among all files; where two files claim an id, the first has it.
        outline: whether it must hold an outline: it lies under a folder named ``outlines``.
        pack: 0 for bundled content, 1 for the first pack, and so on.
        size: in bytes.
        mtime_ns: when it was last changed, in nanoseconds.
    """

    path: str
    label: str
    rank: int
    outline: bool
    pack: int
    size: int
    mtime_ns: int


@dataclass(slots=True)
class Sources:
    """What was found, in order: outlines and notes, questions, then the packs as given."""

    files: list[Source] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def find(packs: Sequence[Path] = ()) -> Sources:
    """Look through the bundled folders and ``packs``. Reads no file."""
    found = Sources()
    for name in ("content", "questions"):
        folder = bundled(name)
        if folder.is_dir():
            _collect(found, folder, name, 0)
        else:
            found.problems.append(Problem(name, None, "the folder is missing; install dp100 again"))
    for number, pack in enumerate(packs, start=1):
        label = one_line(str(pack))
        if (folder := folder_of(pack)).is_dir():
            _collect(found, folder, label, number)
        else:
            advice = "this pack is not a folder; give the folder that holds your YAML files"
            found.problems.append(Problem(label, None, advice))
    return found


def folder_of(pack: Path) -> Path:
    """``pack`` as an absolute path, as far as it can be one."""
    try:
        return pack.expanduser().resolve()
    except (OSError, RuntimeError, ValueError):
        return pack


def _collect(found: Sources, folder: Path, label: str, pack: int) -> None:
    known = {source.path for source in found.files}
    walked = sorted(_Walk(found.problems).files(folder, label), key=lambda one: one[0].parts)
    for path, status in walked:
        inside = path.relative_to(folder)
        if str(path) in known:
            continue
        found.files.append(
            Source(
                path=str(path),
                label=one_line(f"{label}/{inside.as_posix()}"),
                rank=len(found.files),
                outline="outlines" in inside.parts[:-1],
                pack=pack,
                size=status.st_size,
                mtime_ns=status.st_mtime_ns,
            )
        )


class _Walk:
    """A walk through folders. Links to folders are followed, but no folder is entered twice."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        self.entered: set[tuple[int, int]] = set()

    def files(self, folder: Path, label: str) -> Iterator[tuple[Path, os.stat_result]]:
        """Every content file under ``folder`` with its state."""
        try:
            status = folder.stat()
            if (status.st_dev, status.st_ino) in self.entered:
                return
            self.entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as listing:
                entries = sorted(entry.name for entry in listing if not entry.name.startswith("."))
        except OSError as error:
            self._problem(label, f"the folder cannot be read ({error.strerror}); check its permissions")
            return
        for name in entries:
            path, inner = folder / name, f"{label}/{name}"
            wanted = name.lower().endswith(SUFFIXES)
            if path.is_dir():
                if wanted:
                    self._problem(inner, "this is a folder with the name of a file; rename it")
                yield from self.files(path, inner)
            elif wanted and (found := self._status(path, inner)) is not None:
                yield path, found

    def _status(self, path: Path, label: str) -> os.stat_result | None:
        try:
            status = path.stat()
        except OSError as error:
            what = "this link leads nowhere" if path.is_symlink() else f"it cannot be read ({error.strerror})"
            self._problem(label, f"{what}; mend or remove it")
            return None
        if not stat.S_ISREG(status.st_mode):
            self._problem(label, "this is not a plain file; remove it")
            return None
        if one_line(path.name) != path.name:
            self._problem(label, "the name of this file is not plain text; rename it")
            return None
        return status

    def _problem(self, label: str, message: str) -> None:
        self.problems.append(Problem(one_line(label), None, one_line(message)))
