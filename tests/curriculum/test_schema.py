"""The JSON Schemas: what an editor needs to know."""

from __future__ import annotations

import json

from dp100.curriculum.schema import schemas


def test_there_is_one_for_each_kind_of_file() -> None:
    made = schemas()
    assert list(made) == ["questions", "notes", "outline", "lab"]
    for schema in made.values():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["additionalProperties"] is False
        json.dumps(schema)


def test_every_reference_leads_somewhere() -> None:
    for schema in schemas().values():
        text = json.dumps(schema)
        names = {part.partition('"')[0] for part in text.split("#/$defs/")[1:]}
        assert names
        assert names <= set(schema["$defs"])


def test_a_bank_lists_the_nine_kinds() -> None:
    schema = schemas()["questions"]
    kinds = schema["properties"]["questions"]["items"]["discriminator"]["mapping"]
    assert set(kinds) == {
        "single", "multiple", "yes_no", "order", "match", "fill", "series", "case", "computed"
    }  # fmt: skip
    assert schema["required"] == ["questions"]
    assert schemas()["notes"]["required"] == ["notes"]


def test_what_the_program_sets_is_not_offered() -> None:
    definitions = schemas()["questions"]["$defs"]
    assert "case" not in definitions["SingleQuestion"]["properties"]
    assert "stem" not in definitions["SeriesQuestion"]["properties"]
    assert "stem" in definitions["SingleQuestion"]["properties"]


def test_keys_are_explained_and_required() -> None:
    made = schemas()
    assert made["outline"]["$defs"]["Exam"]["properties"]["passing_score"]["description"] == "Of 1000."
    assert "why" in made["questions"]["$defs"]["Choice"]["required"]
    assert made["questions"]["$defs"]["Choice"]["additionalProperties"] is False
