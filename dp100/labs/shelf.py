"""The labs that come with the program, and others by the path of their folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dp100.curriculum.lab import DEFINITION, Lab
from dp100.curriculum.lab_reading import LabTrouble, read_lab
from dp100.curriculum.problem import Problem, close, one_line
from dp100.errors import Dp100Error
from dp100.locations import bundled


class UnknownLab(Dp100Error):
    """A name that no lab has."""


@cache
def labs() -> tuple[Lab, ...]:
    """The sound labs that come with the program, by number."""
    return tuple(lab for lab, _ in _read() if lab is not None)


@cache
def problems() -> tuple[Problem, ...]:
    """What keeps other labs from being used."""
    return tuple(problem for _, found in _read() for problem in found)


@cache
def by_topic() -> dict[str, tuple[Lab, ...]]:
    """The labs of each topic that has one."""
    found: dict[str, tuple[Lab, ...]] = {}
    for lab in labs():
        for topic in lab.topics:
            found[topic] = (*found.get(topic, ()), lab)
    return found


def find(name: str) -> Lab:
    """The lab of this id (``03-datastores``), number (``3``), words of the id (``datastores``), or folder.

    Raises:
        UnknownLab: when there is none.
        LabTrouble: when a folder was named and its lab is not whole.
    """
    folder = Path(name).expanduser()
    if (folder / DEFINITION).is_file():
        return read_lab(folder.resolve())
    for lab in labs():
        if name in (lab.id, lab.id[3:]) or (name.isdecimal() and int(name) == int(lab.number)):
            return lab
    match = close(name, [part for lab in labs() for part in (lab.id, lab.id[3:])])
    hint = f" Did you mean `{match}`?" if match else " `dp100 lab list` prints them."
    raise UnknownLab(f"There is no lab `{one_line(name)[:80]}`.{hint}")


@cache
def _read() -> tuple[tuple[Lab | None, tuple[Problem, ...]], ...]:
    root = bundled("labs")
    found: list[tuple[Lab | None, tuple[Problem, ...]]] = []
    for file in sorted(root.glob(f"*/{DEFINITION}")) if root.is_dir() else []:
        try:
            found.append((read_lab(file.parent), ()))
        except LabTrouble as trouble:
            found.append((None, tuple(trouble.problems)))
    return tuple(found)
