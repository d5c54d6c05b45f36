"""How a lab stands: the step on show, what is done, what runs, what was said. All that is shown is drawn from this."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from dp100.curriculum.lab import Lab, Step
from dp100.labs.bench import Bench
from dp100.labs.checking import Verdict
from dp100.memory.labs import Progress


@dataclass(slots=True)
class Standing:
    """Where the learner is.

    Attributes:
        bench: the learner's.
        progress: how far the work is, as last read.
        step: the one on show; None while what is shown is that the lab is through.
        verdicts: by step, what the last check said.
        doing: what runs now, in words; empty while nothing does.
        since: when that began, in seconds of the monotonic clock.
        again: whether files were saved meanwhile, so that a check comes next.
        remark: a sentence that is told in place of the verdicts.
    """

    bench: Bench
    progress: Progress
    step: Step | None
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    doing: str = ""
    since: float = 0.0
    again: bool = False
    remark: str = ""

    @classmethod
    def of(cls, bench: Bench) -> Standing:
        """The lab at the first step that is not done."""
        progress = bench.progress()
        return cls(bench, progress, bench.folder.lab.step(progress.current or ""))

    # Where the learner is

    @property
    def lab(self) -> Lab:
        """Which lab it is."""
        return self.bench.folder.lab

    @property
    def through(self) -> bool:
        """Whether what is shown is that the lab is through, and no step."""
        return self.step is None

    @property
    def finished(self) -> bool:
        """Whether all steps are done, whatever is shown."""
        return self.progress.current is None

    @property
    def holds(self) -> bool:
        """Whether the step on show is done, and no check has said otherwise since."""
        if self.step is None or self.step.id not in self.progress.done:
            return False
        verdict = self.verdicts.get(self.step.id)
        return verdict is None or verdict.passed

    @property
    def failed(self) -> Verdict | None:
        """The first verdict that is not a pass."""
        return next((verdict for verdict in self.verdicts.values() if not verdict.passed), None)

    @property
    def so_far(self) -> list[Step]:
        """The steps up to the one on show, in order."""
        steps = self.lab.steps
        return list(steps if self.step is None else steps[: steps.index(self.step) + 1])

    @property
    def before(self) -> Step | None:
        """The step before the one on show."""
        earlier = self.lab.steps if self.step is None else self.so_far[:-1]
        return earlier[-1] if earlier else None

    @property
    def after(self) -> Step | None:
        """The step to go on to: the next one; behind the last the first that is not done, and None without any."""
        rest = self.lab.steps[len(self.so_far) :]
        return rest[0] if rest else self.lab.step(self.progress.current or "")

    @property
    def hints(self) -> list[str]:
        """The hints of the step on show that were given."""
        return [] if self.step is None else [*self.step.hints[: self.progress.hints.get(self.step.id, 0)]]

    def number(self, step: Step) -> int:
        """The place of a step, from 1."""
        return self.lab.steps.index(step) + 1

    # What changes it

    def renew(self) -> None:
        """Reads anew how far the work is.

        Raises:
            StoreError: it cannot be read.
        """
        self.progress = self.bench.progress()

    def go_to(self, step: Step | None) -> None:
        """Puts a step on show; what failed elsewhere is no longer told."""
        self.step, self.remark = step, ""
        self.verdicts = {id: verdict for id, verdict in self.verdicts.items() if verdict.passed}

    def begin(self, doing: str) -> None:
        """Something begins to run, and what the last check said is not known any more."""
        self.doing, self.since = doing, time.monotonic()
        self.verdicts, self.remark, self.again = {}, "", False

    def end(self, remark: str = "") -> None:
        """What ran has come to its end."""
        self.doing, self.remark = "", remark
