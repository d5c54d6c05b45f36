"""What the rest of the program asks of the content."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dp100.curriculum.catalogue import Catalogue, NoOutline, UnknownId
from dp100.curriculum.outline import Outline
from tests.curriculum.library import OUTLINE, Library, case, note, notes, question, questions


@pytest.fixture
def catalogue(library: Library) -> Catalogue:
    """Six questions, two of them of a case study, and three notes."""
    library.write(
        "questions/a.yaml",
        questions(
            question("lake-any", topic="data.stores.lake"),
            question("blob-one", sdk="v1"),
            question("tree-two", topic="models.train.tree", sdk="v2"),
            case("my-case"),
        ),
    )
    library.write("questions/b.yaml", questions(question("rest-any", topic="extra.more.all")))
    library.write(
        "content/notes/n.yaml",
        notes(
            note("models.train.tree", summary="Splits data."),
            note("data.stores.lake", text="|\n    Files in folders.\n\n    Cheap."),
            note("data.stores.blob"),
        ),
    )
    opened = library.open()
    assert opened.problems == []
    return opened


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, ["lake-any", "blob-one", "tree-two", "my-case-one", "my-case-two", "rest-any"]),
        ({"area": "data"}, ["lake-any", "blob-one", "my-case-one"]),
        ({"objective": "models.train"}, ["tree-two", "my-case-two"]),
        ({"topic": "data.stores.blob"}, ["blob-one", "my-case-one"]),
        ({"area": "data", "topic": "models.train.tree"}, []),
        ({"kind": "case"}, ["my-case-one", "my-case-two"]),
        ({"kind": "yes_no"}, []),
        ({"sdk": "v1"}, ["lake-any", "blob-one", "my-case-two", "rest-any"]),
        ({"sdk": "v2"}, ["lake-any", "tree-two", "my-case-one", "rest-any"]),
        ({"sdk": "any"}, ["lake-any", "blob-one", "tree-two", "my-case-one", "my-case-two", "rest-any"]),
        ({"area": "data", "kind": "single", "sdk": "v1"}, ["lake-any", "blob-one"]),
        ({"only_sdk": "v1"}, ["blob-one", "my-case-two"]),
        ({"only_sdk": "any"}, ["lake-any", "rest-any"]),
    ],
)
def test_items_fit_every_filter(catalogue: Catalogue, filters: dict[str, str], ids: list[str]) -> None:
    assert [item.id for item in catalogue.items(**filters)] == ids


def test_size_counts_what_can_be_asked(catalogue: Catalogue) -> None:
    assert catalogue.size == 6


def test_a_question_of_a_case_study_inherits(catalogue: Catalogue) -> None:
    one, two = catalogue.question("my-case-one"), catalogue.question("my-case-two")
    assert (one.case, one.sdk, two.sdk, two.revision) == ("my-case", "v2", "v1", 3)
    assert one.links[0].url == "https://example.org/page"
    assert [tab.title for tab in catalogue.case("my-case").tabs] == ["Overview", "Goals"]
    assert [asked.id for asked in catalogue.case("my-case").asked()] == ["my-case-one", "my-case-two"]


def test_notes_come_in_the_order_of_the_outline(catalogue: Catalogue) -> None:
    assert [entry.topic for entry in catalogue.notes()] == [
        "data.stores.blob",
        "data.stores.lake",
        "models.train.tree",
    ]
    assert catalogue.notes()[2].summary == "Splits data."
    assert catalogue.notes()[2].words == 5


def test_a_note_is_read_whole(catalogue: Catalogue) -> None:
    lake = catalogue.note("data.stores.lake")
    assert lake is not None
    assert lake.text == "Files in folders.\n\nCheap."
    assert catalogue.note("extra.more.all") is None


def test_titles_and_areas(catalogue: Catalogue) -> None:
    assert catalogue.title("data") == "Data"
    assert catalogue.title("models.train") == "Train"
    assert catalogue.title("data.stores.lake") == "Keep a lake"
    assert catalogue.area_of("data.stores.lake") == "data"
    assert catalogue.area_of("nothing.of.this") is None
    assert catalogue.topics_of(area="data") == ["data.stores.blob", "data.stores.lake"]
    assert len(catalogue.topics_of()) == 4


UNKNOWN: list[tuple[Callable[[Catalogue], object], str]] = [
    (
        lambda catalogue: catalogue.item("blob-onne"),
        "There is no question `blob-onne`. Did you mean `blob-one`?",
    ),
    (lambda catalogue: catalogue.question("my-case"), "There is no question `my-case`. Did you mean"),
    (
        lambda catalogue: catalogue.case("my-cases"),
        "There is no case study `my-cases`. Did you mean `my-case`?",
    ),
    (lambda catalogue: catalogue.items(area="modles"), "There is no area `modles`. Did you mean `models`?"),
    (lambda catalogue: catalogue.items(objective="data.store"), "Did you mean `data.stores`?"),
    (lambda catalogue: catalogue.topics_of(topic="data.stores.blobs"), "Did you mean `data.stores.blob`?"),
    (lambda catalogue: catalogue.title("modls"), "There is no area, objective or topic `modls`."),
    (lambda catalogue: catalogue.place("zzz"), "There is no question `zzz`."),
    (lambda catalogue: catalogue.item("x\0y\n[bold]" + "z" * 9999), "There is no question `x y [bold]zzz"),
    (lambda catalogue: catalogue.items(area="\udcff"), "There is no area `?`."),
    (lambda catalogue: catalogue.question("\udcff"), "There is no question `?`."),
]


@pytest.mark.parametrize(("ask", "message"), UNKNOWN)
def test_an_unknown_id_names_a_close_one(
    catalogue: Catalogue, ask: Callable[[Catalogue], object], message: str
) -> None:
    with pytest.raises(UnknownId) as raised:
        ask(catalogue)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 300


def test_close_ids_are_given_as_a_list(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownId) as raised:
        catalogue.item("blob-two")
    assert raised.value.close


def test_a_place_is_file_and_line(catalogue: Catalogue) -> None:
    assert catalogue.place("blob-one") == ("questions/a.yaml", 13)
    assert catalogue.place("my-case") == ("questions/a.yaml", 35)
    assert catalogue.note_place("data.stores.lake") == ("content/notes/n.yaml", 8)
    assert catalogue.note_place("extra.more.all") is None
    assert catalogue.outline_place == ("content/outlines/exam.yaml", 1)


# Outlines


def test_the_outline_can_be_chosen(library: Library) -> None:
    other = OUTLINE.replace("exam-1", "exam-2").replace("data.stores.lake", "data.stores.tapes")
    library.write("content/outlines/second.yaml", other)
    library.write("questions/a.yaml", questions(question("tape", topic="data.stores.tapes")))
    first, second = library.open(), library.open(outline="exam-2")
    assert (first.outline.id, second.outline.id) == ("exam-1", "exam-2")
    assert first.problems == second.problems == []
    assert first.area_of("data.stores.tapes") is None
    assert second.area_of("data.stores.tapes") == "data"
    assert first.title("data.stores.tapes") == "Keep a lake"
    assert [item.id for item in first.items()] == ["tape"]
    assert [item.id for item in first.items(area="data")] == []
    assert [item.id for item in second.items(area="data")] == ["tape"]


def test_an_unknown_outline_is_a_problem_and_the_default_is_taken(library: Library) -> None:
    catalogue = library.open(outline="exam-11")
    assert catalogue.outline.id == "exam-1"
    (problem,) = catalogue.problems
    assert str(problem) == (
        "settings: there is no outline `exam-11`, so `exam-1` is used; choose one of exam-1. "
        "Did you mean `exam-1`?"
    )


def test_an_outline_read_from_the_index_is_the_one_that_was_written(library: Library) -> None:
    from dp100.curriculum.reading import read

    assert read(OUTLINE.encode(), outline=True).faults == []
    outline = library.open().outline
    assert isinstance(outline, Outline)
    assert outline.exam.questions == [40, 60]
    assert outline.weights == {"data": 0.35, "models": 0.65}


@pytest.mark.parametrize("text", ["", "areas: []", OUTLINE.replace("weight", "wait"), "["])
def test_without_any_outline_nothing_opens_and_the_reason_is_told(library: Library, text: str) -> None:
    library.write("content/outlines/exam.yaml", text)
    with pytest.raises(NoOutline, match=r"No outline of an exam can be read.*content/outlines/exam\.yaml:"):
        library.open()


def test_a_broken_outline_leaves_the_others(library: Library) -> None:
    library.write("content/outlines/broken.yaml", OUTLINE.replace("minutes: 100", "minutes: long"))
    catalogue = library.open()
    assert list(catalogue.outlines) == ["exam-1"]
    assert [str(problem) for problem in catalogue.problems] == [
        "content/outlines/broken.yaml:7: `exam`, `minutes`: a whole number is expected, "
        "but this is the text `long`"
    ]


# Notes of a pack


def test_a_note_of_a_pack_stands_under_the_bundled_one(library: Library) -> None:
    library.write("content/notes/n.yaml", notes(note("data.stores.blob", text="Theirs.")))
    library.write("pack/n.yaml", notes(note("data.stores.blob", summary="My words.", text="Mine.")))
    catalogue = library.open(packs=[library.root / "pack"])
    merged = catalogue.note("data.stores.blob")
    assert catalogue.problems == []
    assert merged is not None
    assert merged.summary == "A summary."
    assert merged.text == "Theirs.\n\n**My words.**\n\nMine."
    assert len(merged.links) == 1
    assert [hit.line for hit in catalogue.search("mine")] == ["Mine."]
