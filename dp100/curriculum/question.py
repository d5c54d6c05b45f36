"""The nine kinds of questions, after the formats of the real exam.

A question that can be asked on its own is an :data:`Askable`. A :class:`CaseStudy` is a scenario in
tabs that several askable questions share; each of them is remembered by its own id.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from dp100.curriculum.model import Identifier, Level, Link, Model, Sdk, Text, TopicId

BLANK = re.compile(r"\{\{(\w+)\}\}")
"""A blank in the body of a ``fill`` question: ``{{a}}``."""

Revision = Annotated[int, Field(ge=1, le=1_000_000)]
"""Raised only when the answer changes; memory then starts anew."""


class Choice(Model):
    """One option, and why it is right or wrong."""

    text: Text
    correct: bool = False
    why: Text


class Question(Model):
    """What every question has, whatever its kind."""

    id: Identifier
    revision: Revision = 1
    topic: TopicId
    kind: str
    sdk: Sdk = "any"
    level: Level
    stem: Text
    explain: Text | None = None
    links: list[Link] = []
    lab: Identifier | None = None
    case: Identifier | None = Field(
        default=None, description="Set by the program: the case study it belongs to."
    )

    @property
    def guess_rate(self) -> float:
        """Share of the points that blind guessing is expected to earn, 0 to 1."""
        raise TypeError(f"{type(self).__name__} has no guess rate")


def _exactly_one(choices: list[Choice], where: str) -> None:
    right = sum(choice.correct for choice in choices)
    if right == 0:
        raise ValueError(f"{where} has no right answer; mark one choice with `correct: true`")
    if right > 1:
        raise ValueError(f"{where} has {right} right answers; leave `correct: true` on one of them only")
    _distinct([choice.text for choice in choices], where)


def _distinct(texts: list[str], where: str) -> None:
    if repeated := next((text for text in texts if texts.count(text) > 1), None):
        raise ValueError(f"{where} has the same entry twice: {repeated!r}")


class SingleQuestion(Question):
    """One best answer."""

    kind: Literal["single"]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=9)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        _exactly_one(self.choices, "the question")
        return self

    @property
    def guess_rate(self) -> float:
        """One choice of all."""
        return 1 / len(self.choices)


class MultipleQuestion(Question):
    """Choose N; N is told."""

    kind: Literal["multiple"]
    choose: Annotated[int, Field(ge=2)]
    choices: Annotated[list[Choice], Field(min_length=3, max_length=9)]

    @model_validator(mode="after")
    def _as_many_as_told(self) -> Self:
        right = sum(choice.correct for choice in self.choices)
        if right != self.choose:
            raise ValueError(
                f"the question says choose {self.choose}, but {right} choices are marked correct"
            )
        if right == len(self.choices):
            raise ValueError("every choice is correct; add one that is not")
        _distinct([choice.text for choice in self.choices], "the question")
        return self

    @property
    def guess_rate(self) -> float:
        """As many right ones among those picked as there are among all."""
        return self.choose / len(self.choices)


class Statement(Model):
    """A sentence that is true or not."""

    text: Text
    answer: bool
    why: Text


class YesNoQuestion(Question):
    """A table of statements, each to be answered yes or no."""

    kind: Literal["yes_no"]
    statements: Annotated[list[Statement], Field(min_length=2, max_length=6)]

    @property
    def guess_rate(self) -> float:
        """Yes or no."""
        return 0.5


class Extra(Model):
    """An entry of the pool that belongs nowhere in the sequence."""

    text: Text
    why: Text


class OrderQuestion(Question):
    """Build a list, in order, from a pool that may hold entries that are not needed."""

    kind: Literal["order"]
    sequence: Annotated[list[Text], Field(min_length=2, max_length=8)]
    extras: list[Extra] = []

    @model_validator(mode="after")
    def _no_twins(self) -> Self:
        _distinct([*self.sequence, *(extra.text for extra in self.extras)], "the pool")
        return self

    @property
    def guess_rate(self) -> float:
        """The right entry of the pool, place by place."""
        return 1 / (len(self.sequence) + len(self.extras))


class Pair(Model):
    """A prompt and the entry of the pool that goes with it."""

    prompt: Text
    answer: Text
    why: Text


class MatchQuestion(Question):
    """Drag and drop: an entry of the pool for every prompt; entries may be used more than once."""

    kind: Literal["match"]
    pairs: Annotated[list[Pair], Field(min_length=2, max_length=8)]
    pool: Annotated[list[Text], Field(min_length=2, max_length=9)]

    @model_validator(mode="after")
    def _answers_in_pool(self) -> Self:
        for pair in self.pairs:
            if pair.answer not in self.pool:
                raise ValueError(f"the answer {pair.answer!r} is not in the pool")
        _distinct(self.pool, "the pool")
        return self

    @property
    def guess_rate(self) -> float:
        """The right entry of the pool, prompt by prompt."""
        return 1 / len(self.pool)


class FillQuestion(Question):
    """Hot area: drop-downs inside code or text, written ``{{name}}`` in the body."""

    kind: Literal["fill"]
    body: Text
    language: Literal["python", "yaml", "bash", "json", "text"] = "python"
    blanks: Annotated[
        dict[str, Annotated[list[Choice], Field(min_length=2, max_length=9)]], Field(min_length=1)
    ]

    @model_validator(mode="after")
    def _blanks_in_body(self) -> Self:
        named = BLANK.findall(self.body)
        if sorted(named) != sorted(self.blanks):
            raise ValueError(
                f"the body names the blanks {sorted(named)}, but choices are given for {sorted(self.blanks)}"
            )
        for name, choices in self.blanks.items():
            _exactly_one(choices, f"blank {name}")
        return self

    @property
    def names(self) -> list[str]:
        """The blanks in the order in which the body shows them."""
        return BLANK.findall(self.body)

    @property
    def guess_rate(self) -> float:
        """One choice of each blank, on average."""
        return sum(1 / len(choices) for choices in self.blanks.values()) / len(self.blanks)


class Solution(Model):
    """A proposed solution that meets the goal or does not."""

    text: Text
    meets: bool
    why: Text


class SeriesQuestion(Question):
    """One scenario, several proposed solutions, shown one after the other with no way back."""

    kind: Literal["series"]
    stem: Text = Field(default="", description="Set by the program: the scenario.")
    scenario: Text
    question: Text
    solutions: Annotated[list[Solution], Field(min_length=2, max_length=6)]

    @model_validator(mode="before")
    @classmethod
    def _scenario_is_the_stem(cls, data: Any) -> Any:
        if isinstance(data, dict) and "stem" not in data and isinstance(data.get("scenario"), str):
            return {**data, "stem": data["scenario"]}
        return data

    @property
    def guess_rate(self) -> float:
        """Yes or no."""
        return 0.5


MOST_STEPS = 1_000_000
LARGEST = 1e15


class Range(Model):
    """Numbers from ``low`` to ``high``, both included, ``step`` apart."""

    low: int | float
    high: int | float
    step: int | float

    @model_validator(mode="after")
    def _not_empty(self) -> Self:
        if self.step <= 0 or self.high < self.low:
            raise ValueError("a range needs low <= high and a step above 0")
        if max(abs(self.low), abs(self.high), self.step) > LARGEST:
            raise ValueError("the numbers of a range are too large; keep them below 1e15")
        if self.high - self.low > self.step * MOST_STEPS:
            raise ValueError(f"a range has at most {MOST_STEPS:,} steps; give it a larger step")
        return self


class ComputedQuestion(Question):
    """A template whose numbers are drawn and whose answers are computed by a generator of the program."""

    kind: Literal["computed"]
    generator: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    draw: Annotated[
        dict[str, Range | Annotated[list[int | float | str], Field(min_length=1)]], Field(min_length=1)
    ]
    choices: Annotated[list[Choice], Field(min_length=2, max_length=9)]

    @model_validator(mode="after")
    def _one_right(self) -> Self:
        _exactly_one(self.choices, "the question")
        return self

    @property
    def guess_rate(self) -> float:
        """One choice of all."""
        return 1 / len(self.choices)


Askable = Annotated[
    SingleQuestion
    | MultipleQuestion
    | YesNoQuestion
    | OrderQuestion
    | MatchQuestion
    | FillQuestion
    | SeriesQuestion
    | ComputedQuestion,
    Field(discriminator="kind"),
]


class Tab(Model):
    """One tab of a case study's scenario."""

    title: Text
    text: Text


class CaseStudy(Model):
    """A scenario in tabs with several questions of any kind."""

    id: Identifier
    revision: Revision = 1
    topic: TopicId
    kind: Literal["case"]
    sdk: Sdk = "any"
    title: Text | None = None
    tabs: Annotated[list[Tab], Field(min_length=1, max_length=6)]
    questions: Annotated[list[Askable], Field(min_length=2, max_length=8)]
    links: Annotated[list[Link], Field(min_length=1)]

    def asked(self) -> list[Question]:
        """Its questions, each with what it inherits: the case's id and, where it has none, its links and SDK.

        A new revision of the scenario is one of each of its questions, so that memory starts anew for all.
        """
        return [
            question.model_copy(
                update={
                    "case": self.id,
                    "revision": self.revision + question.revision - 1,
                    "links": question.links or self.links,
                    "sdk": question.sdk if question.sdk != "any" else self.sdk,
                }
            )
            for question in self.questions
        ]


Entry = Annotated[Askable | CaseStudy, Field(discriminator="kind")]
"""What a bank lists."""
