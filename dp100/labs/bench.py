"""A learner at work on a lab: a step is run, then checked, and what came of it is kept.

Checking a step means: run its command, unless the files have not changed since it last ran; wait for the jobs that
it submitted; run the check. So a save is enough to be told, and what takes long is not done twice.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from dp100.curriculum.lab import Step
from dp100.labs import checking
from dp100.labs.checking import Stopped, Told, Verdict
from dp100.labs.environment import lab_environment
from dp100.labs.folder import LabFolder, NoLabHere
from dp100.labs.running import Outcome, Run, Tell
from dp100.labs.seen import Job, workspaces
from dp100.labs.trouble import trouble
from dp100.memory import labs as log
from dp100.memory.labs import Progress
from dp100.memory.store import Store

_RUNS = "runs.json"
_REMEMBERED = 20_000  # characters of a run's output that are kept for the next check
_POLL = 0.05

Running = Callable[[Step], None]
"""Is given a step whose command is about to start; from another thread."""


class Bench:
    """One lab folder, its last runs and its progress.

    Attributes:
        folder: the learner's folder.
    """

    def __init__(self, folder: LabFolder, store: Store | None) -> None:
        """Takes up the work.

        Args:
            folder: the learner's folder.
            store: where progress is kept; without one it is not.
        """
        self.folder = folder
        self._store = store
        self._run: Run | None = None
        self._stop = threading.Event()
        self._runs: dict[str, dict[str, Any]] = self._remembered()

    # Where the learner is

    @property
    def store(self) -> Store:
        """Where progress is kept."""
        if self._store is None:
            raise RuntimeError("this work is not kept")
        return self._store

    def progress(self) -> Progress:
        """How far the work is. A folder that memory does not know is entered: progress goes with the folder."""
        store = self.store
        found = log.progress(store, self.folder.key)
        known = self.folder.work(found.work.started if found else store.clock.now())
        if found is None or found.work != known:
            log.begin(store, known)
            found = log.progress(store, self.folder.key) or log.nothing_yet(known)
        return found

    def current(self) -> Step | None:
        """The first step that is not done yet; None when the lab is through."""
        done = self.progress().done
        return next((step for step in self.folder.lab.steps if step.id not in done), None)

    def note(self, kind: log.Kind, step: Step | None = None) -> None:
        """Keeps that something happened."""
        if self._store is not None:
            self.progress()  # the folder must be known
            log.note(self._store, self.folder.key, kind, step.id if step else None)

    # Running

    def run(self, step: Step, tell: Tell | None = None, running: Running | None = None) -> Outcome | None:
        """Runs the step's command and waits for the jobs it submitted; None where nothing is to be run.

        Args:
            step: the step.
            tell: is given what it prints.
            running: is given the step before its command starts.

        Raises:
            Stopped: :meth:`stop` was called meanwhile.
        """
        self._stop.clear()
        return self._run_step(step, tell, running)

    def _run_step(self, step: Step, tell: Tell | None, running: Running | None) -> Outcome | None:
        if not step.command:
            return None
        if running is not None:
            running(step)
        outcome = self._run_words(step.command, step.seconds, tell, needs=step.file)
        self._remember(step, outcome)
        return outcome

    def run_words(
        self, words: Sequence[str], seconds: float, tell: Tell | None = None, *, needs: str | None = None
    ) -> Outcome:
        """Runs any command as a step's is run.

        Args:
            words: the command.
            seconds: its time limit, that for its jobs included.
            tell: is given what it prints.
            needs: a file without which it is not tried.
        """
        self._stop.clear()
        return self._run_words(words, seconds, tell, needs=needs)

    def _run_words(
        self, words: Sequence[str], seconds: float, tell: Tell | None, *, needs: str | None
    ) -> Outcome:
        if not self.folder.path.is_dir():
            return Outcome(None, "", 0.0, f"The folder {self.folder.path} is not there any more.")
        if needs is not None and not (self.folder.path / needs).is_file():
            return Outcome(None, "", 0.0, self._gone(needs))
        began = time.monotonic()
        env = lab_environment(self.folder.home, self.folder.azure, self.folder.path)
        self._run = Run(words, folder=self.folder.path, env=env, tell=tell)
        try:
            outcome = self._run.wait(seconds)
        finally:
            self._run = None
        if self._stop.is_set():
            raise Stopped
        waiting = self._settle(began + seconds)
        if waiting and not outcome.why:
            outcome = outcome._replace(
                why=f"The job {waiting[0].id} is still {waiting[0].status} after {seconds:.0f} s. It goes on; "
                "check again when it has ended."
            )
        return outcome._replace(seconds=time.monotonic() - began)

    def stop(self) -> None:
        """Ends what is running; from another thread."""
        self._stop.set()
        if (run := self._run) is not None:
            run.stop()

    def jobs(self) -> list[Job]:
        """The jobs of the lab's workspaces, the latest first."""
        found = [job for seen in workspaces(self.folder.azure) for job in seen.jobs()]
        return sorted(found, key=lambda job: job.state.submitted, reverse=True)

    def _settle(self, until: float) -> list[Job]:
        """Waits for jobs to end; those that have not."""
        while True:
            waiting = [job for job in self.jobs() if not job.state.over]
            if not waiting or time.monotonic() > until:
                return waiting
            if self._stop.wait(_POLL):
                raise Stopped

    def _gone(self, name: str) -> str:
        near = sorted(
            path.name for path in self.folder.path.iterdir() if path.suffix == f".{name.rpartition('.')[2]}"
        )
        there = f" There is: {', '.join(near[:6])}." if near else ""
        return (
            f"{name} is not in the folder, so nothing was run.{there} If you renamed it, give it its name back; "
            "`dp100 lab reset` brings the starting files back and keeps a copy of yours."
        )

    # Checking

    def check(
        self,
        steps: Sequence[Step] | None = None,
        *,
        tell: Tell | None = None,
        told: Told | None = None,
        running: Running | None = None,
        anew: bool = False,
        through: bool = False,
    ) -> list[Verdict]:
        """Tells which steps hold, running first what has to be run.

        Args:
            steps: which steps, in order; all by default.
            tell: is given what the commands print.
            told: is given each verdict as it comes.
            running: is given each step whose command is about to start.
            anew: run every command again, also where nothing changed.
            through: go on behind a step that does not hold; otherwise the steps after it are not tried.

        Raises:
            NoLabHere: the folder is gone.
            Stopped: :meth:`stop` was called meanwhile.
        """
        self._stop.clear()
        if not self.folder.path.is_dir():
            raise NoLabHere(
                f"The folder {self.folder.path} is not there any more. If you moved it, open the lab again where it "
                "is now: your progress goes with it."
            )
        found: list[Verdict] = []
        waiting: list[tuple[Step, Outcome | None]] = []
        just_run: set[tuple[str, ...]] = set()
        done = self.progress().done if self._store is not None else frozenset[str]()
        wanted = list(steps if steps is not None else self.folder.lab.steps)
        for step in wanted:
            ran = self.last_run(step)
            stale = anew or self._is_stale(step, only_own=step.id in done)
            if step.command and stale and step.command not in just_run:
                # What ran before is judged first: a later command may change what an earlier step left.
                if not self._hold(waiting, found, told) and not through:
                    return found
                ran = self._run_step(step, tell, running)
                just_run.add(step.command)
            waiting.append((step, ran))
            if step.id not in done and not self._hold(waiting, found, told) and not through:
                return found
        self._hold(waiting, found, told)
        return found

    def _hold(
        self, waiting: list[tuple[Step, Outcome | None]], found: list[Verdict], told: Told | None
    ) -> bool:
        """Checks what is waiting; whether everything so far holds."""
        if waiting:
            ran = {step.id: outcome for step, outcome in waiting}
            by_id = {step.id: step for step, _ in waiting}

            def tell(verdict: Verdict) -> None:
                outcome = ran[verdict.step]
                if (
                    verdict.verdict != "broken"
                    and outcome is not None
                    and (why := trouble(outcome, self.folder.path))
                ):
                    verdict = verdict._replace(message=f"{why}\n{verdict.message}".rstrip("\n"))
                found.append(verdict)
                self._keep(by_id[verdict.step], verdict)
                if told is not None:
                    told(verdict)

            checking.check(self.folder, waiting, tell, stopped=self._stop.is_set)
            waiting.clear()
        return all(verdict.passed for verdict in found)

    def _keep(self, step: Step, verdict: Verdict) -> None:
        if self._store is None:
            return
        done = self.progress().done
        if verdict.passed and step.id not in done:
            self.note("passed", step)
        elif verdict.verdict == "failed" and step.id not in done:
            self.note("failed", step)

    # What is known of the last runs

    def _is_stale(self, step: Step, *, only_own: bool) -> bool:
        """Whether the command has to run before the check means anything."""
        if not step.command:
            return False
        held = self._runs.get(_name(step))
        if held is None:
            return True
        if only_own:  # a step that is done is run again only when its own file changed
            return bool(held["own"] != self._print([step.file]))
        return bool(held["status"] != 0 or held["all"] != self._print(self.folder.sources()))

    def last_run(self, step: Step) -> Outcome | None:
        """How the step's command ran last; None where it has not, or there is none."""
        held = self._runs.get(_name(step)) if step.command else None
        return Outcome(held["status"], held["output"], held["seconds"], held["why"]) if held else None

    def _remember(self, step: Step, outcome: Outcome) -> None:
        self._runs[_name(step)] = {
            "status": outcome.status if not outcome.why else None,
            "output": outcome.output[-_REMEMBERED:],
            "seconds": outcome.seconds,
            "why": outcome.why,
            "own": self._print([step.file]),
            "all": self._print(self.folder.sources()),
        }
        with contextlib.suppress(OSError):  # it only saves time
            self.folder.store.mkdir(parents=True, exist_ok=True)
            part = self.folder.store / f"{_RUNS}.tmp"
            part.write_text(json.dumps(self._runs), encoding="utf-8")
            part.replace(self.folder.store / _RUNS)

    def _remembered(self) -> dict[str, dict[str, Any]]:
        try:
            held = json.loads((self.folder.store / _RUNS).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        keys = {"status", "output", "seconds", "why", "own", "all"}
        return {name: run for name, run in held.items() if isinstance(run, dict) and keys <= run.keys()}

    def forget(self) -> None:
        """Runs everything again at the next check: after the folder was put back to its start."""
        self._runs = {}
        with contextlib.suppress(OSError):
            (self.folder.store / _RUNS).unlink(missing_ok=True)

    def _print(self, names: Sequence[str]) -> str:
        """A fingerprint of files; one that is missing counts, too."""
        digest = hashlib.sha256()
        for name in names:
            try:
                data = (self.folder.path / name).read_bytes()
            except OSError:
                data = b"\0missing"
            digest.update(f"{name}\0{len(data)}\0".encode() + data)
        return digest.hexdigest()


def _name(step: Step) -> str:
    return " ".join(step.command)
