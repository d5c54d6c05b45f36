"""Telling which steps hold: a lab's checks, in a process of their own, each with a time limit."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from dp100.curriculum.lab import CHECKS, Step
from dp100.errors import Dp100Error
from dp100.labs.environment import lab_environment
from dp100.labs.folder import LabFolder, unwritable
from dp100.labs.running import Outcome, Run

LIMIT = 20.0
"""Seconds for one check."""

PREPARING = 180.0
"""Seconds for a lab to make its workspace and data. The first one ever also waits for MLflow's empty database."""

_PAUSE = 0.01


class Verdict(NamedTuple):
    """What a check said.

    Attributes:
        step: the step's id.
        verdict: ``broken`` when the check itself failed, so that nothing is known.
        message: for the learner. Where the step holds it is empty, or says what went wrong in its last run: what an
            earlier one left may hold all the same.
    """

    step: str
    verdict: Literal["passed", "failed", "broken"]
    message: str

    @property
    def passed(self) -> bool:
        """Whether the step holds."""
        return self.verdict == "passed"


Told = Callable[[Verdict], None]


class Stopped(Exception):
    """The learner asked for an end before it came."""


class CannotPrepare(Dp100Error):
    """A lab that could not make its workspace or its data."""


def prepare(folder: LabFolder) -> None:
    """Make the workspace that the lab begins with, its config.json, and the lab's data.

    Raises:
        CannotPrepare: it did not work; the learner's files are there all the same.
    """
    with _Request(folder) as request:
        run = request.start("prepare", [])
        outcome = run.wait(PREPARING)
        said = request.said()
    if said and said[-1]["verdict"] == "passed":
        return
    what = said[-1]["message"] if said else outcome.why or _last_line(outcome.output)
    raise CannotPrepare(
        f"The lab {folder.lab.id} could not make its workspace or its data ({what}). Try `dp100 lab reset`; "
        "if that says the same, please report it."
    )


def check(
    folder: LabFolder,
    steps: Sequence[tuple[Step, Outcome | None]],
    told: Told | None = None,
    *,
    limit: float = LIMIT,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Verdict]:
    """Run the checks of some steps, each whatever became of the one before.

    Args:
        steps: each with the last run of its command.
        told: is given each verdict as soon as it is known.
        limit: seconds for one check.
        stopped: whether to end now; asked again and again.

    Raises:
        Stopped: it was to end.
    """
    found: list[Verdict] = []
    left = list(steps)
    while left:
        with _Request(folder) as request:
            for verdict in _batch(request, left, limit, stopped):
                found.append(verdict)
                if told is not None:
                    told(verdict)
        left = list(steps[len(found) :])
    return found


def _batch(
    request: _Request,
    steps: Sequence[tuple[Step, Outcome | None]],
    limit: float,
    stopped: Callable[[], bool],
) -> Iterator[Verdict]:
    """Verdicts, as they come, of the steps up to the first one that ended the process; at least one."""
    run = request.start("check", steps)
    begun, since, found = "", time.monotonic(), list[Verdict]()
    while True:
        over = not run.running
        for said in request.said(anew=True):
            since = time.monotonic()
            if said["verdict"] == "begun":
                begun = said["step"]
            else:
                found.append(_verdict(said))
                yield found[-1]
        if len(found) == len(steps):
            run.wait(limit)
            return
        if over:
            outcome = run.wait(0)
            ended = begun if begun not in [verdict.step for verdict in found] else ""
            yield _ended(ended or steps[len(found)][0].id, outcome, begun=bool(ended))
            return
        if stopped():
            run.stop()
            raise Stopped
        if time.monotonic() - since > limit + (0 if begun else 30):
            run.stop()
            step = begun or steps[len(found)][0].id
            what = (
                f"The check was still running after {limit:.0f} s and was stopped. It calls your code: look for a "
                "loop that never ends, or for work at the top of the file that belongs into a function."
            )
            yield Verdict(step, "failed", what)
            return
        time.sleep(_PAUSE)


def _verdict(said: dict[str, Any]) -> Verdict:
    if said["verdict"] != "broken":
        return Verdict(said["step"], said["verdict"], said["message"])
    what = (
        f"The check itself failed ({said['message']}, {said['where']}), so it cannot tell whether this step holds. "
        "Your work and your progress are kept. Please report it; `dp100 lab solution` shows one way to go on."
    )
    return Verdict(said["step"], "broken", what)


def _ended(step: str, outcome: Outcome, *, begun: bool) -> Verdict:
    if begun:
        what = (
            "Your code ended the process of the check (os._exit, or a crash), so nothing could be looked at. "
            "Take that out, or move it behind `if __name__ == '__main__':`."
        )
        return Verdict(step, "failed", what)
    what = (
        f"The check could not be started ({_last_line(outcome.output) or outcome.why or outcome.status}). "
        "Your work and your progress are kept. Please report it."
    )
    return Verdict(step, "broken", what)


def _last_line(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1][:300] if lines else ""


class _Request:
    """One process of :mod:`dp100.labs.inside`, and the folder in which the two sides talk."""

    def __init__(self, folder: LabFolder) -> None:
        self._folder = folder
        self._read = 0
        try:
            folder.store.mkdir(parents=True, exist_ok=True)
            self._temporary = TemporaryDirectory(
                prefix="check-", dir=folder.store, ignore_cleanup_errors=True
            )
        except OSError as error:
            raise unwritable(folder.store, error) from error
        self._results = Path(self._temporary.name) / "results.jsonl"
        self._results.touch()

    def __enter__(self) -> _Request:
        return self

    def __exit__(self, *_: object) -> None:
        self._temporary.cleanup()

    def start(self, what: str, steps: Sequence[tuple[Step, Outcome | None]]) -> Run:
        folder, lab = self._folder, self._folder.lab
        request = Path(self._temporary.name) / "request.json"
        held = {
            "what": what,
            "results": str(self._results),
            "folder": str(folder.path),
            "azure": str(folder.azure),
            "checks": str(lab.folder / CHECKS),
            "workspace": lab.workspace.model_dump() if lab.workspace else None,
            "steps": [{"id": step.id, "check": step.check, "ran": _ran(outcome)} for step, outcome in steps],
        }
        request.write_text(json.dumps(held), encoding="utf-8")
        # -P: a file of the learner's that is named like a module must not be taken for it.
        words = [sys.executable, "-P", "-m", "dp100.labs.inside", str(request)]
        return Run(words, folder=folder.path, env=lab_environment(folder.home, folder.azure, folder.path))

    def said(self, *, anew: bool = False) -> list[dict[str, Any]]:
        """What was told so far; with ``anew`` only what was told since the last time."""
        data = self._results.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        lines = whole[self._read if anew else 0 :].splitlines()
        if anew:
            self._read = len(whole)
        return [json.loads(line) for line in lines]


def _ran(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {"status": outcome.status, "output": outcome.output, "seconds": outcome.seconds}
