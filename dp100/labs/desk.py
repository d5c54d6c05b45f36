"""What a learner does with labs, whatever they do it with: start one, take it up again, ask for help, start over."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import NamedTuple

from dp100.curriculum.lab import Lab, Step
from dp100.errors import Dp100Error
from dp100.labs import checking, shelf
from dp100.labs import folder as folders
from dp100.labs.bench import Bench
from dp100.labs.folder import LabFolder, NoLabHere
from dp100.memory import labs as log
from dp100.memory.labs import Progress
from dp100.memory.store import Store


class NotYet(Dp100Error):
    """The solution was asked for before the lab was through."""


class UnknownStep(Dp100Error):
    """A step that the lab does not have."""


class Hint(NamedTuple):
    """A hint, and which of how many it is."""

    step: Step
    number: int
    of: int
    text: str


def start(lab: Lab, target: Path, home: Path, store: Store) -> Bench:
    """Begins a lab in a folder that is missing or empty.

    Raises:
        LabFolderError: the folder cannot be used; nothing was touched.
        CannotPrepare: the lab's workspace or data could not be made.
    """
    bench = Bench(folders.create(lab, target, home), store)
    bench.progress()
    checking.prepare(bench.folder)
    return bench


def take_up(home: Path, store: Store, *, where: Path, lab: str | None = None) -> Bench:
    """The work in a folder, or what was done last on a lab.

    Args:
        where: the folder, or one inside it.
        lab: id of a lab; without it the folder tells.

    Raises:
        NoLabHere: no lab was started there, or the one asked for was not started anywhere.
    """
    if lab is None:
        return Bench(folders.open_folder(where, home), store)
    wanted = shelf.find(lab)
    try:
        here = folders.open_folder(where, home)
        if here.lab.id == wanted.id:
            return Bench(here, store)
    except NoLabHere:
        pass
    begun = log.works(store, wanted.id)
    if not begun:
        raise NoLabHere(f"The lab {wanted.id} was not started yet. Begin with: dp100 lab start {wanted.id}")
    return Bench(folders.open_folder(Path(begun[0].work.folder), home), store)


def latest(store: Store) -> dict[str, Progress]:
    """By lab id, the work on it that was touched last."""
    found: dict[str, Progress] = {}
    for progress in log.works(store):
        found.setdefault(progress.work.lab, progress)
    return found


def step_of(bench: Bench, name: str | None) -> Step:
    """The step of this id or number; without a name the one to do now, or the last when all are done.

    Raises:
        UnknownStep: when the lab has none of that name.
    """
    steps = bench.folder.lab.steps
    if name is None:
        return bench.current() or steps[-1]
    for number, step in enumerate(steps, start=1):
        if name in (step.id, str(number)):
            return step
    known = ", ".join(f"{number} {step.id}" for number, step in enumerate(steps, start=1))
    raise UnknownStep(f"The lab {bench.folder.lab.id} has no step `{name[:60]}`. It has: {known}.")


def hint(bench: Bench, step: Step) -> Hint | None:
    """The next hint of a step, which is kept as shown; the last one again when all were. None where there is none."""
    if not step.hints:
        return None
    shown = bench.progress().hints.get(step.id, 0)
    if shown < len(step.hints):
        bench.note("hint", step)
        shown += 1
    return Hint(step, shown, len(step.hints), step.hints[shown - 1])


def solution(bench: Bench, *, anyway: bool = False) -> dict[str, str]:
    """The files of the solution by name; what passes after it was shown early does not count as practice.

    Raises:
        NotYet: the lab is not through, and it was not asked for anyway.
    """
    if bench.current() is not None:
        if not anyway:
            raise NotYet(
                "The solution is shown when all steps hold. `dp100 lab hint` gives a nudge; "
                "`dp100 lab solution --anyway` shows it now, and then what you copy does not count as practice."
            )
        if not bench.progress().solution:
            bench.note("solution")
    root = bench.folder.lab.solution
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in folders.files(root)
    }


def differences(folder: LabFolder) -> str:
    """What the learner's files have otherwise than the solution, as a unified diff; empty where nothing."""
    parts: list[str] = []
    for path in folders.files(folder.lab.solution):
        name = path.relative_to(folder.lab.solution).as_posix()
        theirs = path.read_text(encoding="utf-8").splitlines(keepends=True)
        try:
            own = (folder.path / name).read_text(encoding="utf-8", errors="replace").splitlines(keepends=True)
        except OSError:
            own = []
        parts += difflib.unified_diff(own, theirs, f"yours/{name}", f"solution/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in parts)


def reset(bench: Bench) -> tuple[Bench, Path]:
    """Starts a lab over; what was there is kept in a folder beside it.

    Returns:
        The work from now on, and the folder with what was replaced.
    """
    store = bench.store
    kept = folders.start_over(bench.folder, store.clock.now())
    bench.forget()
    renewed = Bench(folders.open_folder(bench.folder.path, bench.folder.home), store)
    renewed.note("reset")
    checking.prepare(renewed.folder)
    return renewed, kept
