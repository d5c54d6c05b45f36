"""Answers as a line of text: ``2``, ``1 3``, ``c a b``, ``y n y``, with how sure one is behind it.

An entry is named by its number or its letter, whichever the question was printed with; both work
everywhere. ``?`` at the end means unsure and ``??`` a guess; nothing means sure. ``-`` leaves a slot
open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase

from dp100.memory.rating import Confidence
from dp100.quiz.presentation import NO, YES, Answer, Option, Presentation

_WORDS = {"y": YES, "yes": YES, "true": YES, "n": NO, "no": NO, "false": NO}


class Unreadable(ValueError):
    """The line is no answer to this question. The message is a sentence that says what would be one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line said."""

    answer: Answer
    confidence: Confidence


def read_line(line: str, presentation: Presentation) -> Reading:
    """Read ``line`` as an answer to ``presentation``.

    Raises:
        Unreadable: when it names too many or too few entries, one twice, or one that is not there.
    """
    text = line.strip().lower()
    marks = len(text) - len(text.rstrip("?"))
    if marks > 2:
        raise Unreadable("Put ? behind the answer for unsure, or ?? for a guess.")
    confidence = (Confidence.SURE, Confidence.UNSURE, Confidence.GUESS)[marks]
    words = [word for word in re.split(r"[\s,;]+", text.rstrip("?")) if word]
    if not words:
        raise Unreadable(hint(presentation))
    if presentation.interaction == "slots":
        return Reading(_slots(words, presentation), confidence)
    picked = [_entry(word, presentation.options, presentation) for word in words]
    if len(set(picked)) < len(picked):
        raise Unreadable(f"An entry was named twice. {hint(presentation)}")
    if len(picked) != presentation.choose:
        raise Unreadable(hint(presentation))
    return Reading(tuple(picked if presentation.interaction == "arrange" else sorted(picked)), confidence)


def hint(presentation: Presentation) -> str:
    """One sentence on what an answer to this question looks like."""
    last = len(presentation.options)
    if presentation.interaction == "one":
        return f"Answer with one number from 1 to {last}, such as 2."
    if presentation.interaction == "several":
        return f"Answer with {presentation.choose} numbers from 1 to {last}, such as {_numbers(presentation.choose)}."
    if presentation.interaction == "arrange":
        return f"Answer with {presentation.choose} letters in order, such as {_letters(presentation.choose)}."
    count = len(presentation.slots)
    if asks_yes_or_no(presentation):
        return f"Answer with {count} times y or n, such as {' '.join('yn'[n % 2] for n in range(count))}."
    kind, entries = ("letters", "ba") if presentation.form == "match" else ("numbers", "21")
    example = " ".join(entries[n % 2] for n in range(count))
    return f"Answer with {count} {kind}, one for each in order, such as {example}; - leaves one open."


def asks_yes_or_no(presentation: Presentation) -> bool:
    """Whether its slots are answered with y and n."""
    return presentation.form in ("yes_no", "series")


def _numbers(count: int) -> str:
    return " ".join(str(number) for number in range(1, count + 1))


def _letters(count: int) -> str:
    return " ".join(reversed(ascii_lowercase[:count]))


def _slots(words: list[str], presentation: Presentation) -> Answer:
    if len(words) == 1 and len(presentation.slots) > 1 and re.fullmatch(r"[yn]+", words[0]):
        words = list(words[0])
    if len(words) != len(presentation.slots):
        raise Unreadable(hint(presentation))
    answer: list[int | None] = []
    for word, slot in zip(words, presentation.slots, strict=True):
        if word == "-":
            answer.append(None)
        elif asks_yes_or_no(presentation) and word in _WORDS:
            answer.append(_WORDS[word])
        else:
            answer.append(_entry(word, slot.options, presentation))
    return tuple(answer)


def _entry(word: str, options: tuple[Option, ...], presentation: Presentation) -> int:
    position = -1
    if re.fullmatch(r"[0-9]{1,2}", word):
        position = int(word) - 1
    elif len(word) == 1 and word in ascii_lowercase:
        position = ascii_lowercase.index(word)
    if not 0 <= position < len(options):
        raise Unreadable(f"There is no entry {word!r}. {hint(presentation)}")
    return options[position].index
