"""Whatever is valid comes out of the index as it stood in the file."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from dp100.curriculum import generators
from dp100.curriculum.generators import Value
from dp100.curriculum.note import Note
from dp100.curriculum.question import Askable, CaseStudy
from dp100.curriculum.reading import read
from tests.curriculum import strategies
from tests.curriculum.library import Library

ASKABLE: TypeAdapter[Any] = TypeAdapter(Askable)


def any_two(drawn: Mapping[str, Value]) -> list[str]:
    return ["one", "two"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """One library for all examples: what is read for the next one is the file that changed."""
    root: Path = tmp_path_factory.mktemp("round-trip")
    library = Library(root / "library", root / "home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dp100.curriculum.sources.bundled", library.bundled)
        patch.setattr(generators, "_registered", {**generators.generators(), "any_two": any_two})
        yield library


many = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@many
@given(st.lists(strategies.ANY_QUESTION | strategies.CASES, min_size=1, max_size=4), st.booleans())
def test_questions_survive_the_index(shared: Library, entries: list[dict[str, Any]], flow: bool) -> None:
    entries = [strategies.with_ids(entry, f"entry-{number}") for number, entry in enumerate(entries)]
    text = yaml.dump(
        {"questions": entries}, Dumper=NoAliases, sort_keys=False, default_flow_style=flow, allow_unicode=True
    )
    shared.write("questions/a.yaml", text, settled=False)
    with shared.open() as catalogue:
        assert catalogue.problems == []
        for entry in entries:
            if entry["kind"] == "case":
                study = CaseStudy.model_validate(entry)
                assert catalogue.case(entry["id"]) == study
                for asked in study.asked():
                    assert catalogue.question(asked.id) == asked
                    assert catalogue.item(asked.id).guess == asked.guess_rate
            else:
                assert catalogue.question(entry["id"]) == ASKABLE.validate_python(entry)


@many
@given(strategies.NOTES)
def test_notes_survive_the_index(shared: Library, note: dict[str, Any]) -> None:
    text = yaml.dump({"notes": [note]}, Dumper=NoAliases, sort_keys=False, allow_unicode=True)
    shared.write("content/notes/n.yaml", text, settled=False)
    with shared.open() as catalogue:
        assert catalogue.note("data.stores.blob") == Note.model_validate(note)


ODD: Any = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.floats()
    | st.dates()
    | st.datetimes()
    | strategies.TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "kind", "choices", "text", "why", "low", "questions"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def paths(value: Any) -> Iterator[list[Any]]:
    """The way to every part of ``value``."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield [key]
        yield from ([key, *path] for path in paths(part))


@many
@given(strategies.ANY_QUESTION | strategies.CASES | strategies.NOTES, st.data())
def test_an_entry_with_an_odd_part_is_refused_in_one_line_or_read(
    entry: dict[str, Any], data: st.DataObject
) -> None:
    kind = "questions" if "kind" in entry else "notes"
    entry = strategies.with_ids(entry, "entry") if kind == "questions" else entry
    entry = copy.deepcopy(entry)
    *way, key = data.draw(st.sampled_from(list(paths(entry))))
    inside: Any = entry
    for step in way:
        inside = inside[step]
    inside[key] = data.draw(ODD)
    content = read(yaml.dump({kind: [entry]}, Dumper=NoAliases, sort_keys=False, allow_unicode=True).encode())
    assert len(content.faults) > 0 or len(content.questions) > 0 or len(content.notes) > 0
    assert all("\n" not in fault.message and fault.line > 0 for fault in content.faults)


class NoAliases(yaml.SafeDumper):
    """Writes the same value twice rather than as an alias."""

    def ignore_aliases(self, data: object) -> bool:
        return True
