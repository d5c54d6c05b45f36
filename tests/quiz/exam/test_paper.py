from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dp100.curriculum.catalogue import Item
from dp100.errors import Dp100Error
from dp100.quiz.exam.paper import Paper, draw_paper, shares

WEIGHTS = {"a": 0.31, "b": 0.26, "c": 0.215, "d": 0.215}
FORMS = ("single", "single", "single", "multiple", "yes_no", "order", "match", "fill", "computed")


def item(area: str, number: int, kind: str | None = None, case: str | None = None) -> Item:
    form = FORMS[number % len(FORMS)]
    return Item(
        id=f"{area}-{case or kind or 'q'}-{number}",
        topic=f"{area}.{number % 7}",
        kind=kind or ("case" if case else form),
        form=kind or form,
        sdk="any",
        level="apply",
        revision=1,
        guess=0.25,
        case=case,
        lab=None,
        path="",
    )


def bank(size: int = 60) -> dict[str, list[Item]]:
    return {
        area: [
            *(item(area, number) for number in range(size)),
            *(item(area, number, "series") for number in range(2)),
            *(item(area, number, case=f"{area}-study") for number in range(3)),
        ]
        for area in WEIGHTS
    }


def draw(questions: int, seed: int = 1, **other: object) -> Paper:
    return draw_paper(bank(), WEIGHTS, questions, rng=random.Random(seed), **other)  # type: ignore[arg-type]


@pytest.mark.parametrize("questions", [1, 5, 15, 30, 50, 60])
def test_a_paper_has_as_many_questions_as_asked_for(questions: int) -> None:
    assert len(draw(questions).items) == questions


@pytest.mark.parametrize("seed", range(20))
def test_areas_get_what_the_outline_gives_them(seed: int) -> None:
    got = Counter(item.id[0] for item in draw(50, seed).items)
    assert got == {"a": 15, "b": 13, "c": 11, "d": 11}


@pytest.mark.parametrize("seed", range(20))
def test_no_question_twice_and_one_case_whole(seed: int) -> None:
    paper = draw(50, seed)
    ids = [item.id for item in paper.items]
    assert len(set(ids)) == len(ids)
    kinds = [section.kind for section in paper.sections]
    assert kinds == ["main", "series", "case"]
    case = paper.sections[2].items
    assert len({item.case for item in case}) == 1
    assert len(case) == 3
    assert not any(item.case for item in paper.sections[0].items)


def test_kinds_are_mixed_and_topics_spread() -> None:
    main = draw(50).sections[0].items
    singles = sum(item.form == "single" for item in main)
    assert 0.3 <= singles / len(main) <= 0.6
    assert {item.form for item in main} == set(FORMS)
    assert max(Counter(item.topic for item in main).values()) <= 3


def test_no_more_than_half_are_single_while_there_are_others() -> None:
    mostly = {
        area: [item(area, number, "single" if number % 4 else "fill") for number in range(60)]
        for area in WEIGHTS
    }
    main = draw_paper(mostly, WEIGHTS, 50, rng=random.Random(1)).items
    quotas = Counter(item.id[0] for item in main)
    singles = Counter(item.id[0] for item in main if item.form == "single")
    assert all(singles[area] <= -(-quotas[area] // 2) for area in WEIGHTS)


def test_what_was_asked_lately_comes_last() -> None:
    first = draw(50, 1)
    recent = {item.id for item in first.items}
    second = draw(50, 2, recent=recent)
    assert not recent & {item.id for section in second.sections[:1] for item in section.items}


def test_a_short_form_has_no_case_study() -> None:
    assert [section.kind for section in draw(15).sections] == ["main", "series"]
    assert [section.kind for section in draw(5).sections] == ["main"]


def test_a_bank_that_is_too_small_gives_what_it_has() -> None:
    small = {"a": [item("a", n) for n in range(3)], "b": [], "c": [item("c", 1)], "d": []}
    paper = draw_paper(small, WEIGHTS, 50, rng=random.Random(1))
    assert len(paper.items) == 4
    assert paper.wanted == 50


def test_an_empty_bank_is_a_sentence() -> None:
    with pytest.raises(Dp100Error, match="no question to draw"):
        draw_paper({}, WEIGHTS, 50, rng=random.Random(1))


@given(
    available=st.lists(st.integers(0, 40), min_size=4, max_size=4),
    weights=st.lists(st.floats(0.01, 1), min_size=4, max_size=4),
    questions=st.integers(1, 120),
)
def test_shares_fill_the_paper_as_far_as_the_bank_goes(
    available: list[int], weights: list[float], questions: int
) -> None:
    total = sum(weights)
    shared = shares(
        dict(zip("abcd", available, strict=True)),
        {area: weight / total for area, weight in zip("abcd", weights, strict=True)},
        questions,
    )
    assert sum(shared.values()) == min(questions, sum(available))
    assert all(0 <= shared[area] <= number for area, number in zip("abcd", available, strict=True))
