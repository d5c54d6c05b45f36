"""JSON Schemas of the content files, so that an editor completes and checks them."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from dp100.curriculum.lab import Lab
from dp100.curriculum.note import Note
from dp100.curriculum.outline_file import Outline
from dp100.curriculum.question import Entry

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> dict[str, dict[str, Any]]:
    """The schema of each kind of file: ``questions``, ``notes``, ``outline`` and ``lab``.

    A file may hold questions and notes, so either schema knows both keys; it asks for its own.
    """
    return {
        "questions": _bank("questions", "A bank of questions"),
        "notes": _bank("notes", "Notes on topics"),
        "outline": {"$schema": _DIALECT, **Outline.model_json_schema()},
        "lab": {"$schema": _DIALECT, **Lab.model_json_schema()},
    }


def _bank(required: str, title: str) -> dict[str, Any]:
    questions = TypeAdapter(list[Entry]).json_schema(ref_template="#/$defs/{model}")
    notes = TypeAdapter(list[Note]).json_schema(ref_template="#/$defs/{model}")
    definitions = {**questions.pop("$defs"), **notes.pop("$defs")}
    for name, definition in definitions.items():
        definition.get("properties", {}).pop("case", None)
        if name == "SeriesQuestion":
            definition["properties"].pop("stem")
    return {
        "$schema": _DIALECT,
        "title": title,
        "type": "object",
        "properties": {"questions": questions, "notes": notes},
        "required": [required],
        "additionalProperties": False,
        "$defs": definitions,
    }
