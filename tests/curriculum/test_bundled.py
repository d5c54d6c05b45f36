"""The content that comes with the program."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dp100.curriculum.catalogue import Catalogue
from dp100.curriculum.lint import advice, defects


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    home: Path = tmp_path_factory.mktemp("bundled")
    with Catalogue.open(home) as opened:
        yield opened


def test_it_has_no_problems_and_no_defects(catalogue: Catalogue) -> None:
    assert [str(problem) for problem in (*catalogue.problems, *defects(catalogue))] == []


def test_there_is_nothing_to_advise(catalogue: Catalogue) -> None:
    assert [str(hint) for hint in advice(catalogue)] == []


def test_the_outline_of_dp_100(catalogue: Catalogue) -> None:
    outline = catalogue.outline
    assert outline.id == "dp-100"
    assert [(area.id, area.weight) for area in outline.areas] == [
        ("workspace", [30, 35]),
        ("train", [25, 30]),
        ("optimize", [20, 25]),
        ("deploy", [20, 25]),
        ("foundations", None),
    ]
    assert sum(outline.weights.values()) == pytest.approx(1)
    assert len(outline.topics) == 72
    assert sum(len(area.topics) for area in outline.areas if area.weight) == 50
    assert all(area.short and len(area.short) <= 26 for area in outline.areas)
    assert (outline.exam.status, str(outline.exam.retired)) == ("retired", "2026-06-01")
    assert (outline.exam.minutes, outline.exam.default_questions, outline.exam.passing_score) == (
        100,
        50,
        700,
    )


def test_ids_of_topics_begin_with_those_of_objective_and_area(catalogue: Catalogue) -> None:
    for area in catalogue.outline.areas:
        for objective in area.objectives:
            assert objective.id.startswith(f"{area.id}.")
            assert all(topic.id.startswith(f"{objective.id}.") for topic in objective.topics)


def test_every_kind_is_used_three_times(catalogue: Catalogue) -> None:
    items = catalogue.items()
    forms = [item.form for item in items]
    for kind in ("single", "multiple", "yes_no", "order", "match", "fill", "series", "computed"):
        assert forms.count(kind) >= 3, kind
    assert len({item.case for item in items if item.case}) >= 2


def test_every_question_and_note_can_be_read(catalogue: Catalogue) -> None:
    assert all(catalogue.question(item.id).id == item.id for item in catalogue.items())
    assert all(catalogue.note(entry.topic) for entry in catalogue.notes())
    assert len(catalogue.notes()) == 72
