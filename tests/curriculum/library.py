"""A small library of content in a folder, and the texts to fill it with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from dp100.curriculum.catalogue import Catalogue

OUTLINE = """\
id: exam-1
title: An exam
exam:
  code: EX-1
  name: An exam
  status: current
  minutes: 100
  questions: [40, 60]
  default_questions: 50
  short_form: 15
  passing_score: 700
  scoring: A point for each part.
areas:
  - id: data
    title: Data
    short: Data
    weight: [30, 40]
    objectives:
      - id: data.stores
        title: Keep data
        topics:
          - {id: data.stores.blob, title: Keep blobs}
          - {id: data.stores.lake, title: Keep a lake}
  - id: models
    title: Models
    weight: [60, 70]
    objectives:
      - id: models.train
        title: Train
        topics:
          - {id: models.train.tree, title: Train a tree}
  - id: extra
    title: Extra
    objectives:
      - id: extra.more
        title: More
        topics:
          - {id: extra.more.all, title: All the rest}
"""

QUESTION = """\
- id: {id}
  topic: {topic}
  kind: single
  sdk: {sdk}
  level: apply
  stem: {stem}
  choices:
    - {{text: Alpha, correct: true, why: Right.}}
    - {{text: Beta, why: Wrong.}}
  links:
    - {{title: A page, url: "https://example.org/page"}}
"""

CASE = """\
- id: {id}
  topic: data.stores.blob
  kind: case
  sdk: v2
  tabs:
    - {{title: Overview, text: What there is.}}
    - {{title: Goals, text: What is wanted.}}
  questions:
    - id: {id}-one
      topic: data.stores.blob
      kind: single
      level: apply
      stem: First?
      choices:
        - {{text: Alpha, correct: true, why: Right.}}
        - {{text: Beta, why: Wrong.}}
    - id: {id}-two
      revision: 3
      topic: models.train.tree
      kind: yes_no
      sdk: v1
      level: recall
      stem: Second?
      statements:
        - {{text: One., answer: true, why: So it is.}}
        - {{text: Two., answer: false, why: It is not.}}
  links:
    - {{title: A page, url: "https://example.org/page"}}
"""

NOTE = """\
- topic: {topic}
  summary: {summary}
  text: {text}
  exam: {exam}
  links:
    - {{title: A page, url: "https://example.org/page"}}
"""


def question(id: str, *, topic: str = "data.stores.blob", sdk: str = "any", stem: str = "What?") -> str:
    """A valid question of eleven lines; ``id`` stands on the first, ``topic`` on the second."""
    return QUESTION.format(id=id, topic=topic, sdk=sdk, stem=stem)


def case(id: str) -> str:
    """A valid case study with the questions ``id-one`` and ``id-two``."""
    return CASE.format(id=id)


def note(topic: str, *, summary: str = "A summary.", text: str = "A text.", exam: str = "Asked.") -> str:
    """A valid note; ``topic`` stands on the first line."""
    return NOTE.format(topic=topic, summary=summary, text=text, exam=exam)


def questions(*entries: str) -> str:
    """A bank: the first entry begins on line 2."""
    return "questions:\n" + "".join(entries)


def notes(*entries: str) -> str:
    """A file of notes: the first begins on line 2."""
    return "notes:\n" + "".join(entries)


class Library:
    """Bundled content and packs under one folder, and the catalogue of it."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.home = home
        self.opened: list[Catalogue] = []
        for name in ("content/outlines", "questions", "labs"):
            (root / name).mkdir(parents=True)
        self.write("content/outlines/exam.yaml", OUTLINE)

    def bundled(self, name: str) -> Path:
        """Stands in for :func:`dp100.locations.bundled`."""
        return self.root / name

    def write(self, path: str, text: str | bytes, *, settled: bool = True) -> Path:
        """Write a file; a settled one is old enough for its time to be trusted."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        if settled:
            self.age(file)
        return file

    def age(self, file: Path, seconds: float = 60) -> None:
        """Make a file look as if it was changed that long ago."""
        status = file.stat()
        changed = status.st_mtime_ns - int(seconds * 1e9)
        os.utime(file, ns=(changed, changed))

    def open(self, **options: Any) -> Catalogue:
        """Open the catalogue; the fixture closes it."""
        catalogue = Catalogue.open(self.home, **options)
        self.opened.append(catalogue)
        return catalogue

    def ids(self, **options: Any) -> list[str]:
        """Ids of all questions that can be asked."""
        return [item.id for item in self.open(**options).items()]

    def problems(self, **options: Any) -> list[str]:
        """All problems as they are printed."""
        return [str(problem) for problem in self.open(**options).problems]
