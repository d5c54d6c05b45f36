"""From the bytes of a content file to entries that the index can keep, and what is wrong with the rest."""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError

from dp100.curriculum import computed, keys
from dp100.curriculum.note import Note
from dp100.curriculum.outline_file import Outline
from dp100.curriculum.problem import did_you_mean, one_line
from dp100.curriculum.question import CaseStudy, ComputedQuestion, Entry, Question
from dp100.curriculum.validation import named, place, sentences
from dp100.curriculum.yaml_file import OPEN, Document, parse
from dp100.curriculum.yaml_trouble import Fault

MOST_FAULTS = 50
"""Faults of one file that are told; the rest is counted."""

_ENTRY: TypeAdapter[Question | CaseStudy] = TypeAdapter(Entry)


class Asked(NamedTuple):
    """A question or a case study, with what the index keeps beside its JSON: the columns of ``entry``.

    Attributes:
        study: position of the case study that the question belongs to.
        askable: whether it is a question; False for a case study as a whole.
        guess: share of the points that blind guessing earns, 0 to 1.
    """

    position: int
    study: int | None
    askable: bool
    id: str
    topic: str
    kind: str
    form: str
    sdk: str
    level: str
    revision: int
    guess: float
    case: str | None
    lab: str | None
    line: int
    topic_line: int
    body: str


@dataclass(frozen=True, slots=True)
class Written:
    """A note."""

    topic: str
    line: int
    body: str


@dataclass(frozen=True, slots=True)
class Planned:
    """An outline."""

    id: str
    line: int
    body: str


@dataclass(slots=True)
class Content:
    """What one file holds."""

    questions: list[Asked] = field(default_factory=list)
    notes: list[Written] = field(default_factory=list)
    outlines: list[Planned] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(data: bytes, *, outline: bool = False) -> Content:
    """Read a whole file. Never raises: what cannot be read is a fault, and the entries around it are kept."""
    document = parse(data)
    content = Content(faults=document.faults)
    reader = _Reader(document, content)
    if outline:
        reader.read_outline()
    else:
        reader.read_bank()
    content.faults.sort(key=lambda fault: fault.line)
    if (more := len(content.faults) + reader.untold - MOST_FAULTS) > 0:
        del content.faults[MOST_FAULTS:]
        last = content.faults[-1].line
        content.faults.append(Fault(last, f"and {more} more problems after this one; mend these first"))
    return content


def _kind_of_list(entries: list[Any]) -> str | None:
    """What a bare list holds, told by its first entry: a bank and a file of notes may go without their key."""
    first = next((entry for entry in entries if isinstance(entry, dict)), {})
    if "id" in first and "kind" in first:
        return "questions"
    return "notes" if "topic" in first and "summary" in first else None


class _Reader:
    def __init__(self, document: Document, content: Content) -> None:
        self.document = document
        self.content = content
        self.spoiled = sorted(fault.line for fault in document.faults)
        self.position = 0
        # Faults beyond those that will be told; putting each into words would take minutes for a huge file.
        self.untold = 0

    def read_bank(self) -> None:
        file = self._mapping("`questions:` or `notes:`")
        for key in file:
            line = self.document.line_of(file, key) or 1
            name = key.partition("\0")[0]
            if name == "questions":
                for value, at in self._entries(file, key):
                    self._question(value, at)
            elif name == "notes":
                for value, at in self._entries(file, key):
                    self._note(value, at)
            elif name in ("areas", "exam"):
                self._fault(
                    line, f"`{name}` belongs to an outline; put an outline into a folder named outlines"
                )
                return
            else:
                hint = did_you_mean(name, keys.FILE)
                self._fault(line, f"a content file has `questions` and `notes`, but no `{name}`.{hint}")

    def read_outline(self) -> None:
        value = self._mapping("`id:`, `title:`, `exam:` and `areas:`")
        if not value or self.spoiled:
            return
        line = self.document.line
        try:
            outline = Outline.model_validate_json(json.dumps(value, default=dt.date.isoformat))
        except ValidationError as error:
            self.content.faults += sentences(error, value, self.document, line)
            return
        body = outline.model_dump_json(exclude_none=True)
        self.content.outlines.append(Planned(outline.id, self.document.line_of(value, "id") or line, body))

    def _mapping(self, wanted: str) -> dict[str, Any]:
        value = self.document.value
        if isinstance(value, dict):
            if not value and not self.spoiled:
                self._fault(self.document.line, f"the file holds nothing; write {wanted} or delete it")
            return value
        if not self.spoiled:
            if value is None:
                self._fault(1, f"the file is empty; write {wanted} or delete it")
            elif isinstance(value, list):
                if kind := _kind_of_list(value):
                    return {kind: value}
                self._fault(self.document.line, f"a list stands at the top level; put it under {wanted}")
            else:
                self._fault(self.document.line, f"there is only a text here; write {wanted}")
        return {}

    def _entries(self, file: dict[str, Any], key: str) -> list[tuple[Any, int]]:
        """The entries of a list that nothing is wrong with as YAML, each with its line."""
        listed = file[key]
        line = self.document.line_of(file, key) or 1
        if listed is None:
            return []
        if not isinstance(listed, list):
            if self._is_whole(listed, line):
                self._fault(line, f"`{key}` must be a list; begin each entry with `- `")
            return []
        lines = [self.document.line_of(listed, index) or line for index in range(len(listed))]
        return [(value, at) for value, at in zip(listed, lines, strict=True) if self._is_whole(value, at)]

    def _is_whole(self, value: Any, line: int) -> bool:
        """Whether no fault stands between the first line of ``value`` and its last."""
        last = self.document.last_line(value) or line
        index = bisect_left(self.spoiled, line)
        return last != OPEN and (index == len(self.spoiled) or self.spoiled[index] > last)

    def _question(self, value: Any, line: int) -> None:
        try:
            entry = _ENTRY.validate_python(value)
        except ValidationError as error:
            self._invalid(error, value, line)
            return
        if entry.kind != "case" and value.get("case") is not None:
            at = self.document.line_of(value, "case") or line
            self._fault(
                at,
                "`case` is set by the program; write the question under the case study's `questions` instead",
            )
            return
        if isinstance(entry, CaseStudy):
            self._case(entry, value, line)
        elif self._can_be_drawn(entry, value, line, ()):
            self._keep(entry, value, line)

    def _case(self, study: CaseStudy, value: Any, line: int) -> None:
        lines = [
            place(("questions", index), value, self.document, line) for index in range(len(study.questions))
        ]
        able = [
            self._can_be_drawn(question, value, line, ("questions", index))
            for index, question in enumerate(study.questions)
        ]
        if not all(able):
            return
        whole = self.position
        self.position += 1
        self.content.questions.append(
            Asked(
                position=whole,
                study=None,
                askable=False,
                id=study.id,
                topic=study.topic,
                kind="case",
                form="case",
                sdk=study.sdk,
                level="",
                revision=study.revision,
                guess=0.0,
                case=study.id,
                lab=None,
                line=place(("id",), value, self.document, line),
                topic_line=place(("topic",), value, self.document, line),
                body=study.model_dump_json(exclude_defaults=True),
            )
        )
        for index, question in enumerate(study.asked()):
            self._keep(question, value["questions"][index], lines[index], study=whole)

    def _keep(self, question: Question, value: Any, line: int, study: int | None = None) -> None:
        self.content.questions.append(
            Asked(
                position=self.position,
                study=study,
                askable=True,
                id=question.id,
                topic=question.topic,
                kind=question.kind if study is None else "case",
                form=question.kind,
                sdk=question.sdk,
                level=question.level,
                revision=question.revision,
                guess=question.guess_rate,
                case=question.case,
                lab=question.lab,
                line=place(("id",), value, self.document, line),
                topic_line=place(("topic",), value, self.document, line),
                body=question.model_dump_json(exclude_defaults=True),
            )
        )
        self.position += 1

    def _can_be_drawn(self, question: Question, value: Any, line: int, path: tuple[str | int, ...]) -> bool:
        able = True
        if isinstance(question, ComputedQuestion):
            for fault in computed.faults(question):
                able = False
                where = (*path, *fault.path)
                self._fault(
                    place(where, value, self.document, line),
                    f"`{question.id}`: {named(where)}: {fault}",
                )
        return able

    def _note(self, value: Any, line: int) -> None:
        try:
            note = Note.model_validate(value)
        except ValidationError as error:
            self._invalid(error, value, line)
            return
        at = place(("topic",), value, self.document, line)
        self.content.notes.append(Written(note.topic, at, note.model_dump_json(exclude_defaults=True)))

    def _invalid(self, error: ValidationError, value: Any, line: int) -> None:
        if len(self.content.faults) > MOST_FAULTS:
            self.untold += error.error_count()
            return
        name = (value.get("id") or value.get("topic")) if isinstance(value, dict) else None
        prefix = f"`{name}`: " if isinstance(name, str) else ""
        for fault in sentences(error, value, self.document, line):
            self._fault(fault.line, prefix + fault.message)

    def _fault(self, line: int, message: str) -> None:
        self.content.faults.append(Fault(line, one_line(message)))
