"""Outlines: their arithmetic, and what they refuse."""

from __future__ import annotations

import json

import pytest
import yaml

from dp100.curriculum.outline import Outline, as_data, outline_from
from dp100.curriculum.reading import read
from tests.curriculum.library import OUTLINE


def outline() -> Outline:
    (planned,) = read(OUTLINE.encode(), outline=True).outlines
    return outline_from(json.loads(planned.body))


def test_weights_are_normalised_midpoints() -> None:
    made = outline()
    assert made.weights == {"data": 0.35, "models": 0.65}
    assert [area.midpoint for area in made.areas] == [35, 65, 0]


def test_topics_are_found_in_their_area() -> None:
    made = outline()
    assert [topic.id for topic in made.topics] == [
        "data.stores.blob",
        "data.stores.lake",
        "models.train.tree",
        "extra.more.all",
    ]
    area = made.area_of("models.train.tree")
    assert area is not None
    assert area.id == "models"
    assert made.area_of("data") is None


def test_nothing_is_lost_between_the_file_and_the_index() -> None:
    text = OUTLINE.replace("minutes: 100", "minutes: 100\n  retired: 2026-06-01\n  successor: EX-2")
    text = text.replace("areas:", '  links:\n    - {title: Page, url: "https://example.org"}\nareas:')
    (planned,) = read(text.encode(), outline=True).outlines
    made = outline_from(json.loads(planned.body))
    assert str(made.exam.retired) == "2026-06-01"
    assert made.exam.links[0].url == "https://example.org"
    written = yaml.safe_load(text)
    written["exam"]["open_book"] = None
    for area in written["areas"]:
        area |= {"short": area.get("short"), "weight": area.get("weight")}
    assert as_data(made) == written


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("id: exam-1", "id: Exam 1", 1, "not lower-case words joined by hyphens"),
        ("title: An exam", "title:", 2, "this is empty"),
        ("title: An exam", "title: ' '", 2, "this is empty"),
        ("minutes: 100", "minutes: '100'", 7, "a whole number is expected"),
        ("minutes: 100", "minutes: 0", 3, "must be at least 1"),
        ("minutes: 100", "minuts: 100", 7, "Did you mean `minutes`?"),
        ("status: current", "status: curent", 6, "Did you mean `current`?"),
        ("minutes: 100", "minutes: 100\n  retired: June", 8, "a date such as 2026-06-01"),
        ("[40, 60]", "[60, 40]", 3, "not a range such as [40, 60]"),
        ("passing_score: 700", "passing_score: 1700", 3, "counted of 1000"),
        ("[30, 40]", "[40, 30]", 14, "not a range in percent"),
        ("[30, 40]", "[40]", 14, "not a range in percent"),
        ("[30, 40]", "30", 17, "a list is expected"),
        ("short: Data", f"short: {'x' * 27}", 14, "use at most 26"),
        ("id: data.stores.lake", "id: data.stores.blob", 1, "`data.stores.blob` stands twice"),
        ("id: data.stores.lake", "id: Data", 23, "not lower-case words"),
        ("{id: data.stores.lake, title: Keep a lake}", "data.stores.lake", 23, "a mapping is expected"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, line: int, message: str) -> None:
    assert old in OUTLINE
    content = read(OUTLINE.replace(old, new, 1).encode(), outline=True)
    assert content.outlines == []
    assert [fault.line for fault in content.faults] == [line]
    assert message in content.faults[0].message


def test_an_outline_needs_areas_and_weights() -> None:
    head = OUTLINE.partition("areas:")[0]
    (fault,) = read((head + "areas: []").encode(), outline=True).faults
    assert "the outline has no areas" in fault.message
    unweighted = "\n".join(row for row in OUTLINE.splitlines() if "weight" not in row)
    (fault,) = read(unweighted.encode(), outline=True).faults
    assert "no area has a weight" in fault.message
