"""What the dialogues have in common: printing a question, reading an answer, saying how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from string import ascii_lowercase

from dp100.cli.plain.meanwhile import Meanwhile
from dp100.cli.prose import fit, hang
from dp100.curriculum.question import BLANK, CaseStudy
from dp100.memory.rating import Confidence
from dp100.quiz.feedback import Line
from dp100.quiz.presentation import NO, YES, Answer, Presentation
from dp100.quiz.reading import Reading, Unreadable, hint, read_line

TRIES = 3
"""How often a line that cannot be read is asked for; after that the question counts as wrong."""


class EndOfInput(Exception):
    """There are no more lines, or the learner asked to stop."""


Command = Callable[[str], None]


def say(text: str = "") -> None:
    """Print a line, at once."""
    print(text, flush=True)


Remark = Callable[[], str | None]
"""Called again and again while a line is waited for; what it returns is said at once."""


def read(prompt: str, meanwhile: Remark | None = None) -> str:
    """Read a line.

    Args:
        meanwhile: called again and again, from another thread, while nothing comes.

    Raises:
        EndOfInput: when there is none.
    """
    sys.stdout.write(prompt)
    sys.stdout.flush()

    def remark() -> None:
        if meanwhile and (said := meanwhile()):
            sys.stdout.write(f"\n{said}\n{prompt}")
            sys.stdout.flush()

    with Meanwhile(remark) if meanwhile else nullcontext():
        line = sys.stdin.readline()
    if not line:
        say()
        raise EndOfInput
    if not sys.stdin.isatty():
        say()
    return line.replace("\0", "").strip()


def ask(
    presentation: Presentation,
    commands: Mapping[str, Command],
    *,
    skip: str | None = None,
    so_far: Answer = (),
    keep: Callable[[Answer], None] | None = None,
    meanwhile: Remark | None = None,
) -> Reading | None:
    """Read lines until one is an answer. A line that begins with a colon is a command.

    Args:
        commands: by name; called with what follows the name.
        skip: a line that leaves the question open, such as ``-``.
        so_far: what was answered before of a series, whose solutions are answered once.
        keep: called with the answer to a series after each of its solutions.
        meanwhile: see :func:`read`.

    Returns:
        The answer; None when the question was left open. After :data:`TRIES` lines that cannot be read,
        the empty answer, which counts as wrong.

    Raises:
        EndOfInput: at the end of the input and on ``:q``.
    """
    if presentation.form == "series":
        return _ask_series(presentation, commands, skip, so_far, keep, meanwhile)
    tries = TRIES
    while tries:
        line = read("> ", meanwhile)
        if skip is not None and line == skip:
            return None
        if _is_command(line, commands):
            continue
        try:
            return read_line(line, presentation)
        except Unreadable as problem:
            tries -= 1
            say(fit(str(problem)) if tries else UNREADABLE)
    return Reading((), Confidence.SURE)


def _ask_series(
    presentation: Presentation,
    commands: Mapping[str, Command],
    skip: str | None,
    so_far: Answer,
    keep: Callable[[Answer], None] | None,
    meanwhile: Remark | None,
) -> Reading | None:
    """The solutions one after the other. A line may answer several of them in advance."""
    said: list[int | None] = list(so_far) or [None] * len(presentation.slots)
    confidence = Confidence.SURE
    ahead: list[str] = []
    for number, slot in enumerate(presentation.slots):
        if said[number] is not None:
            continue
        say(hang(f"Solution {number + 1} of {len(said)}: ", one_line(slot.prompt)))
        say(fit(presentation.ask))
        tries = TRIES
        while tries:
            if not ahead:
                line = read("y or n > ", meanwhile)
                if skip is not None and line == skip:
                    return Reading(tuple(said), confidence) if any(p is not None for p in said) else None
                if _is_command(line, commands):
                    continue
                marks = len(line) - len(line.rstrip("?"))
                confidence = min(
                    confidence, (Confidence.SURE, Confidence.UNSURE)[marks] if marks < 2 else Confidence.GUESS
                )
                ahead = line.rstrip("?").replace(",", " ").lower().split() or [""]
            if (answer := _YES_OR_NO.get(ahead.pop(0))) is not None:
                said[number] = answer
                if keep is not None:
                    keep(tuple(said))
                break
            ahead.clear()
            tries -= 1
            say("Answer y or n." if tries else UNREADABLE)
    return Reading(tuple(said), confidence)


_YES_OR_NO = {"y": YES, "yes": YES, "1": YES, "n": NO, "no": NO, "2": NO}

UNREADABLE = "That could not be read either; it counts as wrong."


def _is_command(line: str, commands: Mapping[str, Command]) -> bool:
    if line.lower() in ("q", "quit", ":q", ":quit"):
        raise EndOfInput
    if not line.startswith(":"):
        return False
    name, _, rest = line[1:].partition(" ")
    if command := commands.get(name.lower()):
        command(rest.strip())
    else:
        known = ", ".join(f":{one}" for one in commands)
        say(fit(f"There is no command :{name}. There are {known} and :q."))
    return True


def print_question(presentation: Presentation, *, asking: bool = True) -> None:
    """Print stem, body and options; when ``asking``, what an answer looks like, too."""
    say(fit(presentation.stem.strip()))
    say()
    if presentation.body:
        count = iter(range(1, len(presentation.slots) + 1))
        say(BLANK.sub(lambda _: f"[{next(count)}: ______]", presentation.body).rstrip())
        say()
    if presentation.ask and (presentation.form != "series" or not asking):
        say(fit(presentation.ask))
    if presentation.form == "series":
        return
    letters = presentation.interaction == "arrange"
    for number, option in enumerate(presentation.options):
        say(hang(f"  {ascii_lowercase[number] if letters else number + 1}  ", one_line(option.text)))
    if presentation.interaction == "slots":
        _print_slots(presentation)
    if asking:
        say(fit(hint(presentation)))


def _print_slots(presentation: Presentation) -> None:
    if presentation.form == "match":
        for number, option in enumerate(presentation.slots[0].options):
            say(hang(f"  {ascii_lowercase[number]}  ", one_line(option.text)))
        say()
    for number, slot in enumerate(presentation.slots, start=1):
        if presentation.form == "fill":
            say(f"  Blank {number}:")
            for place, option in enumerate(slot.options, start=1):
                say(hang(f"    {place}  ", one_line(option.text)))
        else:
            say(hang(f"  {number}. ", one_line(slot.prompt)))


def print_case(case: CaseStudy) -> None:
    """Print the scenario of a case study."""
    say(f"Case study: {case.title}" if case.title else "Case study")
    for tab in case.tabs:
        say()
        say(f"{tab.title}:")
        say(fit(tab.text.strip()))
    say()


def print_feedback(presentation: Presentation, lines: list[Line]) -> None:
    """Print what was right, the reasons of the chosen and the right entries, the explanation and the links."""
    for number, line in enumerate(lines):
        if line.mark == "neutral":
            continue
        say(hang("  ", _judged(presentation, number, line)))
        for text in _reasons(presentation, line):
            say(hang("     ", text))
    if presentation.explain:
        say(fit(presentation.explain.strip()))
    for link in presentation.links:
        say(f"{link.title}: {link.url}")


def _judged(presentation: Presentation, number: int, line: Line) -> str:
    text = one_line(line.text)
    right = line.mark == "right"
    if presentation.interaction == "slots":
        given = f"you chose {one_line(line.given)}" if line.given else "left open"
        if presentation.form == "fill":
            return f"{blank(number)}: " + (f"right, {text}" if right else f"wrong, it is {text}, {given}")
        return f"{f'right ({text})' if right else f'wrong (it is {text}, {given})'}: {one_line(line.prompt or '')}"
    if presentation.interaction == "arrange" and number < presentation.choose:
        return f"{number + 1}. {'right' if right else 'wrong, here belongs'}: {text}"
    said = {"right": "right", "missed": "right, not chosen", "wrong": "wrong"}[line.mark]
    return f"{said}: {text}"


def _reasons(presentation: Presentation, line: Line) -> list[str]:
    reasons = [line.formula and f"= {line.formula}", line.why and one_line(line.why)]
    if line.given and line.mark == "wrong":
        if presentation.interaction == "arrange":
            reasons.insert(0, f"you chose: {one_line(line.given)}")
        elif line.given_why:
            reasons.append(f"not {one_line(line.given)}: {one_line(line.given_why)}")
    return [reason for reason in reasons if reason]


def describe(answer: Answer, presentation: Presentation) -> str:
    """An answer in words, for reports."""
    if presentation.interaction == "slots":
        given = [slot.option(part) for slot, part in zip(presentation.slots, answer, strict=False)]
        return "; ".join(one_line(option.text) if option else "-" for option in given) or "nothing"
    chosen = [presentation.option(part) for part in answer]
    return "; ".join(one_line(option.text) for option in chosen if option) or "nothing"


def blank(number: int) -> str:
    """What the blank with this number, from 0, is called where it is printed."""
    return f"Blank {number + 1}"


def one_line(text: str) -> str:
    """A text as one line, unless it holds a block of code."""
    return " ".join(text.split()) if "```" not in text else text.strip()
