"""Quality beyond shape: what a valid bank can still do badly.

:func:`defects` are mistakes, as bad as one that keeps a question from loading. :func:`advice` is what an
author should look at; a bank can be sound in spite of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dp100.curriculum.problem import Problem, did_you_mean, one_line
from dp100.curriculum.python_code import fenced, texts, trouble
from dp100.locations import bundled

if TYPE_CHECKING:
    from dp100.curriculum.catalogue import Catalogue, Item
    from dp100.curriculum.note import Note
    from dp100.curriculum.question import CaseStudy, Choice, FillQuestion, Question

LEAST = 3
"""Questions that a topic of the exam should have."""

LEAST_OUTSIDE = 2
"""Questions that a topic outside the exam should have."""

MOST_SINGLE = 0.6
"""Largest share of ``single`` questions in an area."""

CUE = 0.05
"""How far from chance "always pick the longest" may score."""

ENOUGH = 40
"""Lists of options, or statements, from which on a share means anything."""


def defects(catalogue: Catalogue, *, labs: Collection[str] | None = None) -> list[Problem]:
    """Labs that do not exist, and Python that does not parse.

    Args:
        catalogue: what to check.
        labs: ids of the labs there are; by default those that come with the program.
    """
    known = _labs() if labs is None else labs
    found: list[Problem] = []
    for item in catalogue.items():
        question = catalogue.question(item.id)
        if item.lab is not None and item.lab not in known:
            hint = did_you_mean(item.lab, known)
            found.append(_at(catalogue, item.id, f"there is no lab `{item.lab}`; mend or remove it.{hint}"))
        found += [_at(catalogue, item.id, f"{what}; mend it") for what in _code_of(question)]
    for study in sorted({item.case for item in catalogue.items() if item.case}):
        found += [_at(catalogue, study, f"{what}; mend it") for what in _code_of(catalogue.case(study))]
    for entry in catalogue.notes():
        note, place = catalogue.note(entry.topic), catalogue.note_place(entry.topic)
        if note is not None and place is not None:
            found += [
                Problem(*place, one_line(f"`{entry.topic}`: {what}; mend it")) for what in _code_in(note)
            ]
    return found


def advice(catalogue: Catalogue, *, least: int = LEAST, least_outside: int = LEAST_OUTSIDE) -> list[Problem]:
    """What an author should look at: missing links and notes, thin topics, cues that give answers away.

    Args:
        catalogue: what to check.
        least: questions that a topic of a weighted area should have.
        least_outside: questions that any other topic of the active outline should have.
    """
    return [
        *_without_link(catalogue),
        *_thin_topics(catalogue, least, least_outside),
        *_cues(catalogue),
    ]


def _labs() -> set[str]:
    folder = bundled("labs")
    return {lab.parent.name for lab in folder.glob("*/lab.yaml")} if folder.is_dir() else set()


def _at(catalogue: Catalogue, id: str, message: str) -> Problem:
    return Problem(*catalogue.place(id), one_line(f"`{id}`: {message}"))


def _code_of(entry: Question | CaseStudy) -> Iterator[str]:
    """What is wrong with the Python of a question, or of the tabs of a case study."""
    from dp100.curriculum.computed import draw
    from dp100.curriculum.question import CaseStudy, ComputedQuestion, FillQuestion

    if isinstance(entry, CaseStudy):
        yield from _unparsed(texts([tab.text for tab in entry.tabs]))
        return
    data = entry.model_dump()
    if isinstance(entry, ComputedQuestion):
        drawn = draw(entry, 0)
        data = {"stem": drawn.stem, "choices": drawn.results, "explain": entry.explain}
    yield from _unparsed(texts(data))
    if isinstance(entry, FillQuestion) and entry.language == "python" and (why := trouble(_filled(entry))):
        yield f"the body with the right answers is not Python ({why})"


def _code_in(note: Note) -> Iterator[str]:
    """What is wrong with the Python of a note."""
    yield from _unparsed(texts([note.summary, note.text, note.exam, note.remember or ""]))
    for number, block in enumerate(note.code, start=1):
        if block.language == "python" and (why := trouble(block.text)):
            yield f"code block {number} is not Python ({why})"


def _unparsed(parts: Iterable[str]) -> Iterator[str]:
    for part in parts:
        for code in fenced(part):
            if why := trouble(code):
                yield f"a block marked python is not Python ({why})"


def _filled(question: FillQuestion) -> str:
    body = question.body
    for name, choices in question.blanks.items():
        right = next(choice.text for choice in choices if choice.correct)
        body = body.replace(f"{{{{{name}}}}}", right)
    return body


def _without_link(catalogue: Catalogue) -> Iterator[Problem]:
    for item in catalogue.items():
        if not catalogue.question(item.id).links:
            yield _at(catalogue, item.id, "no link; name the official page that settles the answer")


def _thin_topics(catalogue: Catalogue, least: int, least_outside: int) -> Iterator[Problem]:
    path, line = catalogue.outline_place
    count = Counter(item.topic for item in catalogue.items())
    noted = {entry.topic for entry in catalogue.notes()}
    for area in catalogue.outline.areas:
        wanted = least if area.weight else least_outside
        for topic in area.topics:
            if topic.id not in noted:
                yield Problem(path, line, f"the topic `{topic.id}` has no note; write one")
            if count[topic.id] < wanted:
                told = f"{count[topic.id]} of at least {wanted} questions"
                yield Problem(path, line, f"the topic `{topic.id}` has {told}; write more")


@dataclass(slots=True)
class _Tally:
    """How often a rule of thumb finds the right one of a list of options."""

    lists: int = 0
    chance: float = 0.0
    longest: float = 0.0
    shortest: float = 0.0

    def add(self, options: Sequence[Choice]) -> None:
        self.lists += 1
        self.chance += 1 / len(options)
        for rule in ("longest", "shortest"):
            length = (max if rule == "longest" else min)(len(option.text) for option in options)
            picked = [option.correct for option in options if len(option.text) == length]
            setattr(self, rule, getattr(self, rule) + sum(picked) / len(picked))


def _cues(catalogue: Catalogue) -> Iterator[Problem]:
    """Habits of the author that show over a whole area."""
    areas: dict[str, list[Item]] = {}
    for item in catalogue.items():
        areas.setdefault(catalogue.area_of(item.topic) or "", []).append(item)
    for items in areas.values():
        folder = _common_folder([item.path for item in items])
        questions = [catalogue.question(item.id) for item in items]
        for message in (*_length_cue(questions), *_yes_cue(questions), *_too_many_single(questions)):
            yield Problem(folder, None, message)


def _length_cue(questions: list[Question]) -> Iterator[str]:
    tally = _Tally()
    for question in questions:
        for options in _options(question):
            tally.add(options)
    if tally.lists < ENOUGH:
        return
    chance = tally.chance / tally.lists
    for rule, hits in (("longest", tally.longest), ("shortest", tally.shortest)):
        score = hits / tally.lists
        if abs(score - chance) > CUE:
            yield (
                f"the {rule} option is right in {score:.0%} of {tally.lists} lists, by chance it would be "
                f"{chance:.0%}; make options alike in length"
            )


def _options(question: Question) -> Iterator[Sequence[Choice]]:
    from dp100.curriculum.question import FillQuestion, SingleQuestion

    if isinstance(question, SingleQuestion):
        yield question.choices
    elif isinstance(question, FillQuestion):
        yield from question.blanks.values()


def _yes_cue(questions: list[Question]) -> Iterator[str]:
    from dp100.curriculum.question import SeriesQuestion, YesNoQuestion

    answers = [
        statement.answer
        for question in questions
        if isinstance(question, YesNoQuestion)
        for statement in question.statements
    ]
    answers += [
        solution.meets
        for question in questions
        if isinstance(question, SeriesQuestion)
        for solution in question.solutions
    ]
    if len(answers) >= ENOUGH and not 0.4 <= (share := sum(answers) / len(answers)) <= 0.6:
        yield f"yes is right for {share:.0%} of {len(answers)} statements and solutions; bring it near half"


def _too_many_single(questions: list[Question]) -> Iterator[str]:
    share = sum(question.kind == "single" for question in questions) / len(questions)
    if len(questions) >= ENOUGH and share > MOST_SINGLE:
        yield f"{share:.0%} of {len(questions)} questions are of the kind single; vary the kinds"


def _common_folder(paths: list[str]) -> str:
    """The folder that holds all of ``paths``."""
    parents = [PurePosixPath(path).parent.parts for path in paths]
    common: list[str] = []
    for parts in zip(*parents, strict=False):
        if len(set(parts)) > 1:
            break
        common.append(parts[0])
    return str(PurePosixPath(*common)) if common else "questions"
