"""A question as it is put to the learner: shuffled, and reduced to one of four ways of answering.

The nine kinds of content need only four interactions: pick one, pick several, arrange a list, and
choose an option for every slot. Screens, the line dialogue, grading and feedback know these four.

An answer is a tuple of indexes into the content as it was written, so it means the same however the
options were shuffled; ``None`` stands for a slot that was left open:

- ``one``: the index of the choice; ``several``: the chosen indexes, ascending;
- ``arrange``: indexes into the pool, in the learner's order;
- ``slots``: for every slot the index of its option (0 is yes and 1 is no where the question asks that).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Literal, TypeVar

from dp100.curriculum.computed import draw
from dp100.curriculum.model import Link
from dp100.curriculum.question import (
    Choice,
    ComputedQuestion,
    FillQuestion,
    MatchQuestion,
    MultipleQuestion,
    OrderQuestion,
    Question,
    SeriesQuestion,
    SingleQuestion,
    YesNoQuestion,
)

Answer = tuple[int | None, ...]
Interaction = Literal["one", "several", "arrange", "slots"]

YES, NO = 0, 1

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen.

    Attributes:
        index: where it stands in the content; what an answer refers to.
        text: what is shown, as Markdown.
        why: why it is right or wrong; None where the slot says so for all of its options.
        formula: how a computed value comes about, shown only in the feedback.
    """

    index: int
    text: str
    why: str | None = None
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place that takes one of its options: a statement, a prompt, a blank or a proposed solution."""

    prompt: str
    options: tuple[Option, ...]
    key: int
    why: str | None = None

    def option(self, index: int | None) -> Option | None:
        """The option with this index, None for none."""
        return next((option for option in self.options if option.index == index), None)


@dataclass(frozen=True, slots=True)
class Presentation:
    """All that a screen needs to ask a question, and all that grading needs to judge the answer.

    Attributes:
        ask: the sentence between stem and options that says what to do, such as "Choose 2."
        body: text with blanks written ``{{a}}``, for ``fill`` alone; the slots follow the blanks in it.
        choose: how many entries a complete answer has.
        key: the right answer.
    """

    item: str
    form: str
    interaction: Interaction
    stem: str
    ask: str
    options: tuple[Option, ...]
    slots: tuple[Slot, ...]
    choose: int
    key: Answer
    seed: int
    topic: str
    sdk: str
    level: str
    body: str | None = None
    language: str | None = None
    explain: str | None = None
    links: tuple[Link, ...] = ()
    case: str | None = None
    lab: str | None = None

    def option(self, index: int | None) -> Option | None:
        """The option with this index, None for none."""
        return next((option for option in self.options if option.index == index), None)


def present(question: Question, seed: int) -> Presentation:
    """Put ``question``, shuffled by ``seed``. The same seed gives the same presentation again."""
    return _present(question, seed)


def _put(
    question: Question,
    seed: int,
    interaction: Interaction,
    ask: str,
    *,
    stem: str | None = None,
    options: Sequence[Option] = (),
    slots: Sequence[Slot] = (),
    key: Answer,
    body: str | None = None,
    language: str | None = None,
) -> Presentation:
    return Presentation(
        item=question.id,
        form=question.kind,
        interaction=interaction,
        stem=question.stem if stem is None else stem,
        ask=ask,
        options=tuple(options),
        slots=tuple(slots),
        choose=len(key),
        key=key,
        seed=seed,
        topic=question.topic,
        sdk=question.sdk,
        level=question.level,
        body=body,
        language=language,
        explain=question.explain,
        links=tuple(question.links),
        case=question.case,
        lab=question.lab,
    )


def _shuffled(entries: Sequence[_T], seed: int, salt: str = "") -> list[_T]:
    return random.Random(f"{seed}/{salt}").sample(list(entries), len(entries))


def _options(choices: Sequence[Choice]) -> list[Option]:
    return [Option(index, choice.text, choice.why) for index, choice in enumerate(choices)]


def _correct(choices: Sequence[Choice]) -> Answer:
    return tuple(index for index, choice in enumerate(choices) if choice.correct)


@singledispatch
def _present(question: Question, seed: int) -> Presentation:
    raise TypeError(f"{type(question).__name__} cannot be asked on its own")


@_present.register
def _(question: SingleQuestion, seed: int) -> Presentation:
    options = _shuffled(_options(question.choices), seed)
    return _put(question, seed, "one", "", options=options, key=_correct(question.choices))


@_present.register
def _(question: MultipleQuestion, seed: int) -> Presentation:
    options = _shuffled(_options(question.choices), seed)
    ask = f"Choose {question.choose}."
    return _put(question, seed, "several", ask, options=options, key=_correct(question.choices))


@_present.register
def _(question: YesNoQuestion, seed: int) -> Presentation:
    answers = (Option(YES, "Yes"), Option(NO, "No"))
    slots = [Slot(s.text, answers, YES if s.answer else NO, s.why) for s in question.statements]
    key = tuple(slot.key for slot in slots)
    return _put(question, seed, "slots", "Yes or no, for each statement.", slots=slots, key=key)


@_present.register
def _(question: OrderQuestion, seed: int) -> Presentation:
    steps = [Option(index, text) for index, text in enumerate(question.sequence)]
    extras = [Option(len(steps) + n, extra.text, extra.why) for n, extra in enumerate(question.extras)]
    ask = f"Put {len(steps)} of these in order." if extras else "Put these in order."
    options = _shuffled([*steps, *extras], seed)
    return _put(question, seed, "arrange", ask, options=options, key=tuple(range(len(steps))))


@_present.register
def _(question: MatchQuestion, seed: int) -> Presentation:
    pool = tuple(_shuffled([Option(index, text) for index, text in enumerate(question.pool)], seed))
    slots = [Slot(pair.prompt, pool, question.pool.index(pair.answer), pair.why) for pair in question.pairs]
    key = tuple(slot.key for slot in slots)
    ask = "Choose one for each."
    return _put(question, seed, "slots", ask, slots=slots, key=key)


@_present.register
def _(question: FillQuestion, seed: int) -> Presentation:
    slots = [
        Slot(
            name,
            tuple(_shuffled(_options(question.blanks[name]), seed, name)),
            next(index for index, choice in enumerate(question.blanks[name]) if choice.correct),
        )
        for name in question.names
    ]
    key = tuple(slot.key for slot in slots)
    ask = "Choose what belongs in each blank."
    return _put(
        question, seed, "slots", ask, slots=slots, key=key, body=question.body, language=question.language
    )


@_present.register
def _(question: SeriesQuestion, seed: int) -> Presentation:
    answers = (Option(YES, "Yes"), Option(NO, "No"))
    slots = [Slot(s.text, answers, YES if s.meets else NO, s.why) for s in question.solutions]
    key = tuple(slot.key for slot in slots)
    return _put(question, seed, "slots", question.question, stem=question.scenario, slots=slots, key=key)


@_present.register
def _(question: ComputedQuestion, seed: int) -> Presentation:
    drawn = draw(question, seed)
    options = [
        Option(index, result, choice.why, formula)
        for index, (result, choice, formula) in enumerate(
            zip(drawn.results, question.choices, drawn.formulas, strict=True)
        )
    ]
    key = _correct(question.choices)
    return _put(question, seed, "one", "", stem=drawn.stem, options=_shuffled(options, seed), key=key)
