"""What the dialogues have in common: printing a question, reading an answer, saying how it went."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from string import ascii_lowercase

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


def read(prompt: str) -> str:
    """Read a line.

    Raises:
        EndOfInput: when there is none.
    """
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not line:
        say()
        raise EndOfInput
    if not sys.stdin.isatty():
        say()
    return line.replace("\0", "").strip()


def ask(
    presentation: Presentation, commands: Mapping[str, Command], *, skip: str | None = None
) -> Reading | None:
    """Read lines until one is an answer. A line that begins with a colon is a command.

    Args:
        commands: by name; called with what follows the name.
        skip: a line that leaves the question open, such as ``-``.

    Returns:
        The answer; None when the question was left open. After :data:`TRIES` lines that cannot be read,
        the empty answer, which counts as wrong.

    Raises:
        EndOfInput: at the end of the input and on ``:q``.
    """
    if presentation.form == "series":
        return _ask_series(presentation, commands, skip=skip)
    tries = TRIES
    while tries:
        line = read("> ")
        if skip is not None and line == skip:
            return None
        if _is_command(line, commands):
            continue
        try:
            return read_line(line, presentation)
        except Unreadable as problem:
            tries -= 1
            say(str(problem) if tries else "That could not be read either; it counts as wrong.")
    return Reading((), Confidence.SURE)


def _ask_series(
    presentation: Presentation, commands: Mapping[str, Command], *, skip: str | None
) -> Reading | None:
    """The solutions one after the other. A line may answer several of them in advance."""
    said: list[int | None] = []
    confidence = Confidence.SURE
    ahead: list[str] = []
    for number, slot in enumerate(presentation.slots, start=1):
        say(f"Solution {number} of {len(presentation.slots)}: {slot.prompt}")
        say(presentation.ask)
        tries = TRIES
        while tries:
            if not ahead:
                line = read("y or n > ")
                if skip is not None and line == skip and not said:
                    return None
                if _is_command(line, commands):
                    continue
                marks = len(line) - len(line.rstrip("?"))
                confidence = min(
                    confidence, (Confidence.SURE, Confidence.UNSURE)[marks] if marks < 2 else Confidence.GUESS
                )
                ahead = line.rstrip("?").replace(",", " ").lower().split() or [""]
            word = ahead.pop(0)
            if word in ("y", "yes", "1"):
                said.append(YES)
                break
            if word in ("n", "no", "2"):
                said.append(NO)
                break
            ahead.clear()
            tries -= 1
            say("Answer y or n." if tries else "That could not be read either; it counts as wrong.")
        else:
            said.append(None)
    return Reading(tuple(said), confidence)


def _is_command(line: str, commands: Mapping[str, Command]) -> bool:
    if line.lower() in ("q", "quit", ":q", ":quit"):
        raise EndOfInput
    if not line.startswith(":"):
        return False
    name, _, rest = line[1:].partition(" ")
    if command := commands.get(name.lower()):
        command(rest.strip())
    else:
        say(f"There is no command :{name}. There are {', '.join(f':{known}' for known in commands)} and :q.")
    return True


def print_question(presentation: Presentation) -> None:
    """Print stem, body and options."""
    say(presentation.stem.strip())
    say()
    if presentation.body:
        count = iter(range(1, len(presentation.slots) + 1))
        say(BLANK.sub(lambda _: f"[{next(count)}: ______]", presentation.body).rstrip())
        say()
    if presentation.form == "series":
        return
    if presentation.ask:
        say(presentation.ask)
    letters = presentation.interaction == "arrange"
    for number, option in enumerate(presentation.options):
        say(f"  {ascii_lowercase[number] if letters else number + 1}  {_one_line(option.text)}")
    if presentation.interaction == "slots":
        _print_slots(presentation)
    say(hint(presentation))


def _print_slots(presentation: Presentation) -> None:
    if presentation.form == "match":
        for number, option in enumerate(presentation.slots[0].options):
            say(f"  {ascii_lowercase[number]}  {_one_line(option.text)}")
        say()
    for number, slot in enumerate(presentation.slots, start=1):
        if presentation.form == "fill":
            say(f"  Blank {number}:")
            for place, option in enumerate(slot.options, start=1):
                say(f"    {place}  {_one_line(option.text)}")
        else:
            say(f"  {number}. {_one_line(slot.prompt)}")


def print_case(case: CaseStudy) -> None:
    """Print the scenario of a case study."""
    say(f"Case study: {case.title}" if case.title else "Case study")
    for tab in case.tabs:
        say()
        say(f"{tab.title}:")
        say(tab.text.strip())
    say()


def print_feedback(presentation: Presentation, lines: list[Line]) -> None:
    """Print what was right, the reasons of the chosen and the right entries, the explanation and the links."""
    signs = {"right": "right:", "missed": "right, not chosen:", "wrong": "wrong:"}
    slots = presentation.interaction == "slots"
    for number, line in enumerate(lines):
        if line.mark == "neutral":
            continue
        if slots:
            prompt = f"Blank {number + 1}" if presentation.form == "fill" else _one_line(line.prompt or "")
            say(f"  {'right' if line.mark == 'right' else 'wrong'}: {prompt}: {_one_line(line.text)}")
        elif presentation.interaction == "arrange" and number < presentation.choose:
            say(f"  {number + 1}. {'right' if line.mark == 'right' else 'wrong'}: {_one_line(line.text)}")
        else:
            say(f"  {signs[line.mark]} {_one_line(line.text)}")
        if line.given and line.mark == "wrong":
            say(f"     you chose: {_one_line(line.given)}{f'. {line.given_why}' if line.given_why else ''}")
        if line.formula:
            say(f"     = {line.formula}")
        if line.why:
            say(f"     {_one_line(line.why)}")
    if presentation.explain:
        say(presentation.explain.strip())
    for link in presentation.links:
        say(f"{link.title}: {link.url}")


def describe(answer: Answer, presentation: Presentation) -> str:
    """An answer in words, for reports."""
    if presentation.interaction == "slots":
        given = [slot.option(part) for slot, part in zip(presentation.slots, answer, strict=False)]
        return ", ".join(option.text if option else "-" for option in given) or "nothing"
    chosen = [presentation.option(part) for part in answer]
    return ", ".join(option.text for option in chosen if option) or "nothing"


def _one_line(text: str) -> str:
    return " ".join(text.split()) if "```" not in text else text.strip()
