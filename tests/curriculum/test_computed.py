"""Computed questions: drawn numbers, computed answers, templates that reach nothing else."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dp100.curriculum import generators
from dp100.curriculum.computed import Undrawable, draw, faults, fill_in, plain
from dp100.curriculum.generators import Redraw, Value
from dp100.curriculum.question import ComputedQuestion
from dp100.curriculum.reading import read


def doubling(drawn: Mapping[str, Value]) -> list[str]:
    return [str(2 * drawn["n"]), str(drawn["n"])]


def picky(drawn: Mapping[str, Value]) -> list[str]:
    if drawn["n"] != 7:
        raise Redraw
    return ["seven", "eight"]


def never(drawn: Mapping[str, Value]) -> list[str]:
    raise Redraw


def twins(drawn: Mapping[str, Value]) -> list[str]:
    return ["same", "same"]


def constant(drawn: Mapping[str, Value]) -> list[str]:
    return ["one", "other"]


def crashing(drawn: Mapping[str, Value]) -> list[str]:
    return [str(1 / (drawn["n"] - drawn["n"])), "x"]  # type: ignore[operator]


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (doubling, picky, never, twins, constant, crashing)
    monkeypatch.setattr(
        generators, "_registered", {**generators.generators(), **{f.__name__: f for f in made}}
    )


def computed(**changes: Any) -> dict[str, Any]:
    return {
        "id": "drawn-number",
        "topic": "a.b",
        "kind": "computed",
        "level": "apply",
        "generator": "doubling",
        "draw": {"n": {"low": 1, "high": 9, "step": 1}},
        "stem": "Twice {n}?",
        "choices": [
            {"text": "2 * {n}", "correct": True, "why": "Twice."},
            {"text": "{n}", "why": "Once."},
        ],
    } | changes


def made(**changes: Any) -> ComputedQuestion:
    return ComputedQuestion.model_validate(computed(**changes))


def test_the_same_seed_draws_the_same() -> None:
    question = made()
    assert draw(question, 12) == draw(question, 12)
    assert len({draw(question, seed).stem for seed in range(50)}) > 5


def test_values_fill_stem_and_formulas() -> None:
    drawn = draw(made(draw={"n": [4]}), 0)
    assert drawn.values == {"n": 4}
    assert (drawn.stem, drawn.results, drawn.formulas) == ("Twice 4?", ["8", "4"], ["2 * 4", "4"])


def test_a_range_holds_both_ends_and_every_step() -> None:
    question = made(draw={"n": {"low": 2, "high": 8, "step": 3}})
    assert {draw(question, seed).values["n"] for seed in range(100)} == {2, 5, 8}


@given(
    st.integers(-1000, 1000),
    st.integers(1, 500),
    st.integers(0, 300),
    st.integers(0, 4),
    st.integers(0, 10**9),
)
def test_values_of_a_range_are_free_of_float_noise(
    low: int, step: int, steps: int, places: int, seed: int
) -> None:
    scale = 10**places
    question = ComputedQuestion.model_validate(
        computed(
            generator="constant",
            draw={"n": {"low": low / scale, "high": (low + step * steps) / scale, "step": step / scale}},
        )
    )
    value = draw(question, seed).values["n"]
    assert isinstance(value, float)
    assert low / scale <= value <= (low + step * steps) / scale
    assert len(str(value).partition(".")[2]) <= max(places, 1)
    assert round(value * scale - low) % step == 0


def test_values_are_drawn_again_until_the_question_is_fair() -> None:
    assert draw(made(generator="picky"), 3).values == {"n": 7}


def test_equal_results_are_drawn_again() -> None:
    drawn = draw(made(draw={"n": [0, 5]}), 1)
    assert drawn.values == {"n": 5}


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        (
            {"generator": "dubling"},
            ("generator",),
            "there is no generator `dubling`.*Did you mean `doubling`?",
        ),
        ({"generator": "never"}, ("draw",), "found no values that make a fair question"),
        ({"generator": "twins"}, ("draw",), "found no values that make a fair question"),
        ({"generator": "crashing"}, ("draw",), "fails for n=.*ZeroDivisionError"),
        ({"draw": {"m": [1]}, "stem": "?"}, ("draw",), "needs 'n', which is not drawn"),
        ({"stem": "{m}"}, ("stem",), "`{m}` is not drawn; name one of n"),
        ({"stem": "{"}, ("stem",), "double a brace"),
        ({"stem": "a } b"}, ("stem",), "double a brace"),
        ({"stem": "{}"}, ("stem",), "is not drawn"),
        ({"stem": "{n.__class__}"}, ("stem",), "is not drawn"),
        ({"stem": "{n[0]}"}, ("stem",), "is not drawn"),
        ({"stem": "{n!r}"}, ("stem",), "the format of `{n}` is not known"),
        ({"stem": "{n:>999999999}"}, ("stem",), "the format of `{n}` is not known"),
        ({"stem": "{n:{n}}"}, ("stem",), "the format of `{n}` is not known"),
        ({"draw": {"n": ["a"]}, "stem": "{n:.2f}"}, ("stem",), "cannot be filled in"),
    ],
)
def test_what_cannot_be_drawn_says_why_and_where(
    changes: dict[str, Any], path: tuple[str], message: str
) -> None:
    (fault,) = faults(made(**changes))
    assert fault.path == path
    with pytest.raises(Undrawable, match=message):
        raise fault


def test_as_many_choices_as_results() -> None:
    more = [*computed()["choices"], {"text": "0", "why": "None."}]
    (fault,) = faults(made(choices=more))
    assert "gives 2 results, but the question has 3 choices" in str(fault)


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{n} and {n:.2f}", "5 and 5.00"),
        ("{{n}} = {n}", "{n} = 5"),
        ("${{{{inputs.{name}}}}}", "${{inputs.rate}}"),
        ("{big:,} {share:.0%} {tiny}", "1,234,567 25% 0.00001"),
    ],
)
def test_templates(template: str, filled: str) -> None:
    values: dict[str, Value] = {"n": 5, "name": "rate", "big": 1234567, "share": 0.25, "tiny": 0.00001}
    assert fill_in(template, values) == filled


@pytest.mark.parametrize(
    ("value", "text"), [(0.1, "0.1"), (1e-7, "0.0000001"), (3, "3"), ("x", "x"), (1.0, "1.0")]
)
def test_numbers_are_written_as_people_do(value: Value, text: str) -> None:
    assert plain(value) == text


@given(st.text(max_size=40))
def test_any_template_is_filled_or_refused(template: str) -> None:
    with contextlib.suppress(Undrawable):
        assert isinstance(fill_in(template, {"n": 1}), str)


def test_a_question_that_cannot_be_drawn_is_left_out_with_its_line() -> None:
    text = (
        "questions:\n- " + json.dumps(computed(stem="{m}")) + "\n- " + json.dumps(computed(id="fine-number"))
    )
    content = read(text.encode())
    assert [asked.id for asked in content.questions] == ["fine-number"]
    assert [(fault.line, fault.message) for fault in content.faults] == [
        (
            2,
            "`drawn-number`: `stem`: `{m}` is not drawn; name one of n, or double the braces if they are "
            "meant as written.",
        )
    ]


@pytest.mark.parametrize(
    "draw",
    [
        {"n": {"low": 5, "high": 1, "step": 1}},
        {"n": {"low": 1, "high": 5, "step": 0}},
        {"n": {"low": 0, "high": 10**9, "step": 1}},
        {"n": {"low": 0, "high": 10**400, "step": 1.5}},
        {"n": {"low": 1, "high": 5}},
        {"n": []},
        {"n": 5},
        {"n": [True]},
        {"n": [float("inf")]},
        {},
    ],
)
def test_a_draw_that_makes_no_sense_is_refused(draw: dict[str, Any]) -> None:
    content = read(yaml.safe_dump({"questions": [computed(draw=draw)]}).encode())
    assert content.questions == []
    assert len(content.faults) == 1
