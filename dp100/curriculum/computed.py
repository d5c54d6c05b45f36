"""Drawing a ``computed`` question: numbers from the content, answers from a generator of the program."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from string import Formatter
from typing import TYPE_CHECKING

from dp100.curriculum.generators import Generator, Redraw, Value, generators
from dp100.curriculum.problem import did_you_mean
from dp100.errors import Dp100Error

if TYPE_CHECKING:
    from dp100.curriculum.question import ComputedQuestion, Range

REDRAWS = 1000
"""How often other values are drawn before a question is given up."""

TRIALS = 12
"""Seeds that are tried out when a question is read."""

_SPEC = re.compile(r",?(?:\.\d)?[dfeg%]?")
"""Formats that a template may ask for, as in ``{best:.2f}``. Widths are left out: they could be endless."""


class Undrawable(Dp100Error):
    """A computed question cannot be drawn. ``path`` leads to the part of the question that is at fault."""

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawing of a computed question.

    Attributes:
        values: what was drawn, by name.
        stem: the stem with the values filled in.
        results: the text of each choice, in the order of the question's choices.
        formulas: the text of each choice as the content gives it, with the values filled in.
    """

    values: dict[str, Value]
    stem: str
    results: list[str]
    formulas: list[str]


def draw(question: ComputedQuestion, seed: int) -> Drawn:
    """Draw ``question``; the same seed always gives the same numbers.

    Other values are drawn, up to 1,000 times, when the generator asks for it or two choices come out alike.

    Raises:
        Undrawable: when the generator is unknown, fails or never finds a fair question, or when a template
            names a value that is not drawn.
    """
    generator = _generator(question)
    dice = random.Random(seed)
    for _ in range(REDRAWS):
        values = {name: _value(options, dice) for name, options in question.draw.items()}
        try:
            results = _results(question, generator, values)
        except Redraw:
            continue
        if len(set(results)) < len(results):
            continue
        return Drawn(
            values=values,
            stem=fill_in(question.stem, values, "stem"),
            results=results,
            formulas=[
                fill_in(choice.text, values, "choices", index, "text")
                for index, choice in enumerate(question.choices)
            ],
        )
    raise Undrawable(
        f"in {REDRAWS} attempts the generator `{question.generator}` found no values that make a fair "
        "question with distinct choices; widen `draw`",
        "draw",
    )


def faults(question: ComputedQuestion) -> Iterator[Undrawable]:
    """What would keep ``question`` from being asked; found by drawing it with a few seeds."""
    try:
        for seed in range(TRIALS):
            draw(question, seed)
    except Undrawable as fault:
        yield fault


def fill_in(template: str, values: Mapping[str, Value], *path: str | int) -> str:
    """``template`` with each ``{name}`` replaced; ``{{`` and ``}}`` stand for single braces.

    Only names of ``values`` and plain number formats are understood: a template can reach nothing else.

    Raises:
        Undrawable: for an unknown name, a format that does not fit, or a stray brace; it carries ``path``.
    """
    filled: list[str] = []
    try:
        for text, name, spec, conversion in Formatter().parse(template):
            filled.append(text)
            if name is None:
                continue
            if name not in values:
                hint = did_you_mean(name, values)
                raise Undrawable(
                    f"`{{{name}}}` is not drawn; name one of {', '.join(values)}, "
                    f"or double the braces if they are meant as written.{hint}",
                    *path,
                )
            if conversion or not _SPEC.fullmatch(spec or ""):
                raise Undrawable(
                    f"the format of `{{{name}}}` is not known; write it like `{{{name}:.2f}}`", *path
                )
            filled.append(format(values[name], spec) if spec else plain(values[name]))
    except ValueError as error:
        raise Undrawable(
            f"the braces cannot be filled in ({error}); double a brace that is meant as written", *path
        ) from error
    return "".join(filled)


def plain(value: Value) -> str:
    """``value`` as a person would write it: 0.00001, not 1e-05."""
    text = str(value)
    if isinstance(value, float) and "e" in text:
        return format(Decimal(text), "f")
    return text


def _generator(question: ComputedQuestion) -> Generator:
    try:
        known = generators()
    except Exception as error:
        raise Undrawable(
            f"the generators of this program cannot be loaded ({error}); install it again", "generator"
        ) from error
    if question.generator not in known:
        hint = did_you_mean(question.generator, known)
        raise Undrawable(
            f"there is no generator `{question.generator}`; use one that the program has.{hint}", "generator"
        )
    return known[question.generator]


def _results(question: ComputedQuestion, generator: Generator, values: Mapping[str, Value]) -> list[str]:
    try:
        results = list(generator(values))
    except Redraw:
        raise
    except KeyError as error:
        raise Undrawable(
            f"the generator `{question.generator}` needs {error}, which is not drawn; add it to `draw`",
            "draw",
        ) from error
    except Exception as error:
        shown = ", ".join(f"{name}={plain(value)}" for name, value in values.items())
        raise Undrawable(
            f"the generator `{question.generator}` fails for {shown} ({type(error).__name__}: {error}); "
            "narrow `draw`",
            "draw",
        ) from error
    if len(results) != len(question.choices):
        raise Undrawable(
            f"the generator `{question.generator}` gives {len(results)} results, but the question has "
            f"{len(question.choices)} choices; write one choice for each result",
            "choices",
        )
    return results


def _value(options: Range | list[int | float | str], dice: random.Random) -> Value:
    if isinstance(options, list):
        return options[int(dice.random() * len(options))]
    low, high, step = (Decimal(str(number)) for number in (options.low, options.high, options.step))
    value = low + step * int(dice.random() * (int((high - low) / step) + 1))
    whole = all(isinstance(number, int) for number in (options.low, options.high, options.step))
    return int(value) if whole else float(value)
