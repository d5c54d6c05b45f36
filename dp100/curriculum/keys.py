"""Which keys a mapping may have, by where it stands; for suggesting the one that was meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from dp100.curriculum import note, outline, question
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
_IN_OUTLINE: dict[str, Any] = {
    "exam": outline.Exam,
    "areas": outline.Area,
    "objectives": outline.Objective,
    "topics": outline.Topic,
    "links": outline.Page,
}


def keys_at(path: Sequence[str | int], entry: Any) -> list[str]:
    """Keys that the mapping at ``path`` of ``entry`` (a question, a note or an outline) may have."""
    names = [key for key in path if isinstance(key, str)]
    if isinstance(entry, dict) and ("areas" in entry or isinstance(entry.get("exam"), dict)):
        part = _IN_OUTLINE.get(names[-1], outline.Outline) if names else outline.Outline
        return [one.name for one in fields(part)]
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
