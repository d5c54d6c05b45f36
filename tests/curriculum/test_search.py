"""Finding notes by words."""

from __future__ import annotations

import pytest

from dp100.curriculum.catalogue import Catalogue
from tests.curriculum.library import Library, note, notes

TREE = note(
    "models.train.tree",
    summary="Splits the data.",
    text="|\n    A tree asks one question after the other.\n\n    Depth *limits* how many; [bold] shows as written.",
    exam="What max_depth does.",
)
EXTRA = """\
  remember: |
    | name | value |
    | max_leaf_nodes | 31 |
  code:
    - text: from sklearn.tree import DecisionTreeClassifier
"""


@pytest.fixture
def catalogue(library: Library) -> Catalogue:
    library.write(
        "content/notes/n.yaml",
        notes(TREE + EXTRA, note("data.stores.blob", text="A tree of folders is flat in a blob store.")),
    )
    opened = library.open()
    assert opened.problems == []
    return opened


@pytest.mark.parametrize(
    ("text", "topic", "line", "number"),
    [
        ("question", "models.train.tree", "A tree asks one question after the other.", 1),
        ("LIMITS depth", "models.train.tree", "Depth *limits* how many; [bold] shows as written.", 3),
        ("[bold]", "models.train.tree", "Depth *limits* how many; [bold] shows as written.", 3),
        ("splits", "models.train.tree", "Splits the data.", 0),
        ("max_depth", "models.train.tree", "What max_depth does.", 0),
        ("leaf 31", "models.train.tree", "| max_leaf_nodes | 31 |", 0),
        ("decisiontree", "models.train.tree", "from sklearn.tree import DecisionTreeClassifier", 0),
        ("keep BLOBS", "data.stores.blob", "Keep blobs", 0),
    ],
)
def test_every_part_of_a_note_is_searched(
    catalogue: Catalogue, text: str, topic: str, line: str, number: int
) -> None:
    (hit,) = catalogue.search(text)
    assert (hit.topic, hit.line, hit.line_number) == (topic, line, number)


def test_every_word_must_occur_but_not_in_one_line(catalogue: Catalogue) -> None:
    assert [hit.topic for hit in catalogue.search("splits leaf")] == ["models.train.tree"]
    assert catalogue.search("splits folders") == []


def test_words_in_the_title_come_first_and_then_the_outline_decides(catalogue: Catalogue) -> None:
    assert [hit.topic for hit in catalogue.search("tree")] == ["models.train.tree", "data.stores.blob"]
    assert [hit.topic for hit in catalogue.search("a")] == ["models.train.tree", "data.stores.blob"]
    assert [hit.topic for hit in catalogue.search("store")] == ["data.stores.blob"]


@pytest.mark.parametrize("text", ["", "   ", "\0", "%", "nothing-of-this", "'; DROP TABLE note; --"])
def test_nothing_to_find(catalogue: Catalogue, text: str) -> None:
    assert catalogue.search(text) == []
