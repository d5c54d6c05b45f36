"""A lab as lines: its steps, a verdict, a hint."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from dp100.cli.plain.dialogue import say
from dp100.cli.prose import hang, print_markdown
from dp100.cli.streams import shows_all
from dp100.curriculum.lab import Lab, Step
from dp100.labs.bench import Bench
from dp100.labs.checking import Verdict
from dp100.labs.desk import Hint
from dp100.labs.editor import todo


def sign(passed: bool | None) -> str:
    """✓, ✗ or a blank; plain letters where the terminal has no such signs."""
    if passed is None:
        return " "
    if shows_all():
        return "✓" if passed else "✗"
    return "+" if passed else "x"


def print_lab(lab: Lab) -> None:
    """What a lab is about."""
    say(f"Lab {lab.number} · {lab.title} · {sdk_words(lab.sdk)} · {lab.minutes} min")
    say()
    print_markdown(lab.goal)
    say()
    print_markdown(lab.why)


def print_steps(bench: Bench, current: Step | None) -> None:
    """The steps with what is done, the current one marked."""
    done = bench.progress().done
    for number, step in enumerate(bench.folder.lab.steps, start=1):
        here = ">" if current is not None and step.id == current.id else " "
        say(f" {here} {sign(True if step.id in done else None)} {number} {step.title}{_of(step)}")


def print_step(bench: Bench, step: Step) -> None:
    """What a step asks for, and where."""
    number = bench.folder.lab.steps.index(step) + 1
    say(f"Step {number} of {len(bench.folder.lab.steps)} · {step.title}{_of(step)}")
    say()
    print_markdown(step.instructions)
    say()
    line = todo(bench.folder.path / step.file, number)
    say(f"Edit  {step.file}" + (f"  line {line}" if line else ""))


def print_verdict(lab: Lab, verdict: Verdict) -> None:
    """One line for a step that holds; what to look at for one that does not."""
    number = next(place for place, step in enumerate(lab.steps, start=1) if step.id == verdict.step)
    step = lab.steps[number - 1]
    head = f"{sign(verdict.passed)} step {number}: "
    if verdict.passed:
        say(f"{head}{step.title}")
        if verdict.message:  # its last run failed, and what an earlier one left holds all the same
            say(hang("  but ", verdict.message))
        return
    for place, line in enumerate(verdict.message.splitlines() or [""]):
        say(hang(head if place == 0 else "  ", line))


def print_waiting(lab: Lab, verdicts: Sequence[Verdict]) -> None:
    """Names the steps that were not tried, because one before them does not hold."""
    tried = {verdict.step for verdict in verdicts}
    numbers = [str(place) for place, step in enumerate(lab.steps, start=1) if step.id not in tried]
    if numbers:
        words = "step" if len(numbers) == 1 else "steps"
        say(f"  {words} {', '.join(numbers)}: not tried yet")


def print_hint(hint: Hint) -> None:
    """A hint."""
    say(f"Hint {hint.number} of {hint.of}")
    print_markdown(hint.text)


def tell(text: str) -> None:
    """What a learner's command prints, as it comes."""
    sys.stdout.write(text)
    sys.stdout.flush()


def sdk_words(sdk: str) -> str:
    """``v1``, ``v2``, or ``v1 and v2``."""
    return "v1 and v2" if sdk == "any" else sdk


def _of(step: Step) -> str:
    return f" ({step.sdk})" if step.sdk else ""
