"""The reader of YAML: the same values as PyYAML's, with lines, and never an exception."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dp100.curriculum import yaml_file
from dp100.curriculum.reading import read
from dp100.curriculum.yaml_file import parse
from tests.curriculum.library import CASE, QUESTION, notes, question, questions

PLAIN = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.text(PLAIN, max_size=30)
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(PLAIN, max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
LOADERS = [pytest.param(yaml_file._LOADER, id="libyaml"), pytest.param(yaml.SafeLoader, id="python")]


@pytest.fixture(params=LOADERS)
def either_loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML is not built with libyaml everywhere."""
    monkeypatch.setattr(yaml_file, "_LOADER", request.param)


@given(st.dictionaries(st.text(PLAIN, max_size=8), VALUES, max_size=4), st.booleans())
def test_values_are_those_of_pyyaml(value: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(value, default_flow_style=flow, allow_unicode=True)
    document = parse(text.encode())
    if "&id001" in text:
        assert any("anchor" in fault.message for fault in document.faults)
    else:
        assert document.faults == []
        assert document.value == value


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", True),
        ("Off", False),
        ("~", None),
        ("", None),
        ("0x1F", 31),
        ("1_000", 1000),
        ("1.5e+3", 1500.0),
        ("1e3", "1e3"),
        ("2026-06-01", dt.date(2026, 6, 1)),
        ('"yes"', "yes"),
        ("|\n  two\n  lines\n", "two\nlines\n"),
        ("plain text, with signs: no", None),
    ],
)
def test_scalars_are_read_as_yaml_says(text: str, value: object) -> None:
    document = parse(f"key: {text}".encode())
    if value is None and text.startswith("plain"):
        assert len(document.faults) == 1
    else:
        assert document.faults == []
        assert document.value == {"key": value}


@pytest.mark.usefixtures("either_loader")
def test_every_value_has_its_line() -> None:
    document = parse(b"a: 1\nb:\n  - x\n  - {c: d,\n     e: f}\n\ng:\n  h: |\n    text\n    more\n  i: j\n")
    value = document.value
    assert [document.line_of(value, key) for key in ("a", "b", "g", "z")] == [1, 2, 7, None]
    assert [document.line_of(value["b"], index) for index in range(2)] == [3, 4]
    assert [document.line_of(value["b"][1], key) for key in ("c", "e")] == [4, 5]
    assert [document.line_of(value["g"], key) for key in ("h", "i")] == [8, 11]
    assert document.last_line(value["b"][1]) == 5


@pytest.mark.usefixtures("either_loader")
def test_keys_are_always_text() -> None:
    assert parse(b"{1: a, yes: b, 2026-01-01: c}").value == {"1": "a", "yes": "b", "2026-01-01": "c"}


@pytest.mark.usefixtures("either_loader")
@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    document = parse(b"questions:\n" + opening.encode() * 100_000)
    assert len(document.faults) == 1


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_exception(data: bytes) -> None:
    for outline in (False, True):
        content = read(data, outline=outline)
        assert all(fault.line >= 1 and "\n" not in fault.message for fault in content.faults)


SIGNS = st.text(st.sampled_from("-: {}[]&*!|>'\"%@`#,?\n\t abc10~=<.\r\x85\u2028"), max_size=60)


@given(SIGNS)
def test_any_signs_of_yaml_are_read_without_an_exception(text: str) -> None:
    content = read(("questions:\n- " + text).encode())
    assert content.faults or content.questions == []


@given(st.data())
def test_a_valid_file_with_a_piece_replaced_is_read_without_an_exception(data: st.DataObject) -> None:
    valid = questions(
        question("one-ok"), QUESTION.format(id="two-ok", topic="a.b", sdk="v1", stem="|\n    A\n    B")
    )
    text = valid + "".join(CASE.format(id="case-ok"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    content = read((text[:start] + data.draw(SIGNS) + text[end:]).encode())
    assert {asked.id for asked in content.questions} or content.faults


def test_lines_of_a_mended_file_are_those_of_the_file() -> None:
    text = questions(question("one-ok", stem="["), question("two-ok"), question("three-ok", stem="*x"))
    document = parse(text.encode())
    listed = document.value["questions"]
    assert [document.line_of(listed, index) for index in range(len(listed))] == [2, 13, 24]
    assert [fault.line for fault in document.faults][-1] == 29


def test_a_list_of_entries_may_be_indented() -> None:
    text = "questions:\n" + "".join(f"  {line}\n" for line in question("one-ok", stem='"').splitlines())
    text += "".join(f"  {line}\n" for line in question("two-ok").splitlines()) + notes()
    content = read(text.encode())
    assert [asked.id for asked in content.questions] == ["two-ok"]
    assert len(content.faults) == 1
