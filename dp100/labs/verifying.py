"""Proving a lab: every check fails on what the learner starts with, and passes on the solution."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from dp100.curriculum.lab import Lab
from dp100.curriculum.problem import did_you_mean
from dp100.errors import Dp100Error
from dp100.labs import checking, folder
from dp100.labs.bench import Bench
from dp100.labs.checking import Verdict
from dp100.labs.trouble import trouble


class Proof(NamedTuple):
    """What verifying a lab found.

    Attributes:
        lab: its id.
        faults: what is wrong, a sentence each; none where the lab is sound.
        seconds: how long it took.
        messages: by step, what its check says of the starting files.
    """

    lab: str
    faults: list[str]
    seconds: float
    messages: dict[str, str]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify(lab: Lab, *, twice: bool = False) -> Proof:
    """Prove one lab in a temporary folder, with nothing of the learner's.

    Args:
        lab: the lab.
        twice: run the solution a second time: a script that worked once must work on its own leftovers.
    """
    began = time.monotonic()
    faults: list[str] = []
    messages: dict[str, str] = {}
    with TemporaryDirectory(prefix="dp100-verify-", ignore_cleanup_errors=True) as temporary:
        home = Path(temporary) / "home"
        home.mkdir()
        try:
            faults += _prove(lab, Path(temporary) / lab.id, home, messages, twice=twice)
        except Dp100Error as error:
            faults.append(str(error))
    return Proof(lab.id, faults, time.monotonic() - began, messages)


def verify_all(
    labs: Sequence[Lab], *, twice: bool = False, jobs: int | None = None, told: Callable[[Proof], None]
) -> list[Proof]:
    """Prove several labs side by side; ``told`` is given each proof as it is there.

    Args:
        jobs: how many at once; by default one for each processor. Each is a process of its own anyway, so here
            threads wait for them.
    """
    proofs: dict[str, Proof] = {}
    with ThreadPoolExecutor(jobs or os.cpu_count() or 2) as pool:
        for done in as_completed([pool.submit(verify, lab, twice=twice) for lab in labs]):
            proof = done.result()
            proofs[proof.lab] = proof
            told(proof)
    return [proofs[lab.id] for lab in labs]


def unknown_topics(lab: Lab, known: Collection[str]) -> list[str]:
    """A sentence for each topic of a lab that no outline has."""
    return [
        f"{lab.id}/lab.yaml: no outline has the topic `{topic}`; use one that an outline has."
        f"{did_you_mean(topic, known) or ' `dp100 outline` prints them.'}"
        for topic in lab.topics
        if topic not in known
    ]


def _prove(lab: Lab, path: Path, home: Path, messages: dict[str, str], *, twice: bool) -> list[str]:
    made = folder.create(lab, path, home)
    checking.prepare(made)
    bench = Bench(made, None)
    faults = []
    for verdict in bench.check(through=True):
        if verdict.verdict == "failed":
            messages[verdict.step] = verdict.message
        else:
            faults.append(_on_start(verdict))
    # As a learner would: the work is done in the folder, and in the workspace, that the start has been run in.
    folder.copy(lab.solution, path)
    rounds = 2 if twice else 1
    for number in range(rounds):
        bench.forget()
        again = " when it is run again" if number else ""
        for verdict in bench.check(through=True):
            if not verdict.passed:
                faults.append(f"step {verdict.step}: the solution does not pass{again}: {verdict.message}")
        for step in lab.steps:
            ran = bench.last_run(step)
            if ran is not None and (why := trouble(ran, path)):
                faults.append(f"step {step.id}: the solution passes, but its command fails{again}: {why}")
    return faults


def _on_start(verdict: Verdict) -> str:
    if verdict.passed:
        return f"step {verdict.step}: the check passes on start/, where nothing has been done"
    return f"step {verdict.step}: on start/ the check has no message of its own: {verdict.message}"
