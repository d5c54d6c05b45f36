"""Which keys a mapping may have, by where it stands; for suggesting the one that was meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dp100.curriculum import lab, note, outline_file, question
from dp100.curriculum.model import Coded, Link, Model

FILE = ("questions", "notes")
"""Top-level keys of a bank."""

KINDS: dict[str, type[Model]] = {
    "single": question.SingleQuestion,
    "multiple": question.MultipleQuestion,
    "yes_no": question.YesNoQuestion,
    "order": question.OrderQuestion,
    "match": question.MatchQuestion,
    "fill": question.FillQuestion,
    "series": question.SeriesQuestion,
    "case": question.CaseStudy,
    "computed": question.ComputedQuestion,
}
"""The nine kinds of questions."""

_UNDER: dict[str, type[Model]] = {
    "choices": question.Choice,
    "statements": question.Statement,
    "extras": question.Extra,
    "pairs": question.Pair,
    "blanks": question.Choice,
    "solutions": question.Solution,
    "draw": question.Range,
    "tabs": question.Tab,
    "links": Link,
    "code": Coded,
}
_IN_OUTLINE: dict[str, type[Model]] = {
    "exam": outline_file.Exam,
    "areas": outline_file.Area,
    "objectives": outline_file.Objective,
    "topics": outline_file.Topic,
    "links": Link,
}
_IN_LAB: dict[str, type[Model]] = {"steps": lab.Step, "workspace": lab.LabWorkspace}


def keys_at(path: Sequence[str | int], entry: Any) -> list[str]:
    """Keys that the mapping at ``path`` of ``entry`` (a question, a note, an outline or a lab) may have."""
    names = [key for key in path if isinstance(key, str)]
    if isinstance(entry, dict) and ("areas" in entry or isinstance(entry.get("exam"), dict)):
        part = _IN_OUTLINE.get(names[-1], outline_file.Outline) if names else outline_file.Outline
        return list(part.model_fields)
    if isinstance(entry, dict) and "steps" in entry:
        return list((_IN_LAB.get(names[-1], lab.Lab) if names else lab.Lab).model_fields)
    for name in reversed(names):
        if name == "questions" and len(path) > 1:
            return list(_model(entry["questions"][path[1]]).model_fields)
        if name in _UNDER:
            return list(_UNDER[name].model_fields)
    return list(_model(entry).model_fields)


def _model(entry: Any) -> type[Model]:
    if isinstance(entry, dict) and "kind" in entry:
        return KINDS.get(str(entry["kind"]), question.Question)
    return note.Note
