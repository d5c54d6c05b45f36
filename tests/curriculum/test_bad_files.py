"""Files with something wrong: one line a problem, and everything else still loads."""

from __future__ import annotations

import pytest

from dp100.curriculum.reading import read
from tests.curriculum.library import CASE, note, notes, question, questions

ONE, TWO, THREE = question("one-ok"), question("two-bad"), question("three-ok")
# Line on which the second question begins: 1 for `questions:`, 11 of the first.
START = 13


def broken(old: str, new: str) -> str:
    """A bank of three questions with a mistake in the second."""
    assert old in TWO
    return questions(ONE, TWO.replace(old, new, 1), THREE)


MISTAKES = [
    # wrong type
    pytest.param("stem: What?", "stem: no", 5, "reads this as true or false", id="yes-no-as-text"),
    pytest.param(
        "stem: What?", "stem: 1.0", 5, "reads this as a number; put it in quotes", id="number-as-text"
    ),
    pytest.param(
        "stem: What?", "stem: 2026-06-01", 5, "reads this as a date; put it in quotes", id="date-as-text"
    ),
    pytest.param("stem: What?", "stem:", 5, "this is empty", id="empty-text"),
    pytest.param("stem: What?", 'stem: "  "', 5, "this is empty", id="blank-text"),
    pytest.param("stem: What?", "stem: {a: b}", 5, "this is a mapping", id="mapping-as-text"),
    pytest.param("stem: What?", "stem: [a]", 5, "this is a list", id="list-as-text"),
    pytest.param("correct: true", "correct: 1", 7, "true or false is expected", id="number-as-truth"),
    pytest.param("correct: true", 'correct: "yes"', 7, "without quotes", id="text-as-truth"),
    pytest.param(
        "sdk: any", "sdk: any\n  revision: one", 4, "a whole number is expected", id="text-as-number"
    ),
    pytest.param("sdk: any", "sdk: any\n  revision: 0", 4, "at least 1", id="revision-zero"),
    pytest.param("sdk: any", f"sdk: any\n  revision: {10**9}", 4, "at most", id="revision-huge"),
    pytest.param("sdk: any", "sdk: v3", 3, "one of v1, v2, any is expected", id="unknown-sdk"),
    pytest.param("level: apply", "level: aply", 4, "Did you mean `apply`?", id="unknown-level"),
    # keys
    pytest.param("stem:", "stme:", 5, "Did you mean `stem`?", id="unknown-key"),
    pytest.param("correct:", "corect:", 7, "Did you mean `correct`?", id="unknown-key-inside"),
    pytest.param("  level: apply\n", "", 0, "`level`: this key is missing", id="missing-key"),
    pytest.param("kind: single", "kind: singel", 0, "Did you mean `single`?", id="unknown-kind"),
    pytest.param("  kind: single\n", "", 0, "`kind` is missing", id="no-kind"),
    pytest.param("sdk: any", "sdk: any\n  case: my-case", 4, "set by the program", id="case-by-hand"),
    pytest.param("sdk: any", "sdk: any\n  kind: order", 4, "stands twice, first on line 15", id="key-twice"),
    pytest.param("sdk: any", "sdk: any\n  ? [a, b]\n  : c", 4, "a key is a single word", id="list-as-key"),
    # answers
    pytest.param("Beta,", "Beta, correct: true,", 0, "2 right answers", id="two-right"),
    pytest.param("correct: true, ", "", 0, "no right answer", id="none-right"),
    pytest.param("Beta", "Alpha", 0, "the same entry twice", id="twin-choices"),
    pytest.param("    - {text: Beta, why: Wrong.}\n", "", 6, "needs at least 2 entries", id="one-choice"),
    # ids and addresses
    pytest.param("id: two-bad", "id: Two_Bad", 0, "lower-case words joined by hyphens", id="bad-id"),
    pytest.param("topic: data.stores.blob", "topic: Data Stores", 1, "a dotted path", id="bad-topic"),
    pytest.param("https:", "http:", 10, "begins with https://", id="bad-address"),
    # indentation and signs
    pytest.param("  kind:", "   kind:", 2, "check the indentation", id="too-deep"),
    pytest.param("  kind:", " kind:", 2, "indentation", id="too-shallow"),
    pytest.param("  kind:", "\tkind:", 2, "a tab stands in the indentation; use spaces", id="tab"),
    pytest.param(
        "    - {text: Beta", "\t- {text: Beta", 8, "a tab stands in the indentation", id="tab-in-list"
    ),
    pytest.param("stem: What?", 'stem: "What?', 5, "closes on line 23 only", id="open-quote"),
    pytest.param("why: Wrong.}", "why: Wrong.", 8, "not closed", id="open-brace"),
    pytest.param("stem: What?", "stem: What: then?", 5, "put a text that holds `: ` in quotes", id="colon"),
    pytest.param("stem: What?", "stem: @What", 5, "cannot begin with `@`", id="at-sign"),
    pytest.param("stem: What?", "stem What?", 5, "a key without a colon", id="no-colon"),
    pytest.param(
        "stem: What?", "stem: Wh\0at?", 5, "a NUL byte cannot stand in a text file", id="nul-in-text"
    ),
    pytest.param("  kind:", "  ki\0nd:", 2, "a NUL byte", id="nul-in-key"),
    pytest.param("  kind:", "\0 kind:", 2, "a NUL byte", id="nul-in-indentation"),
    pytest.param("- id:", "\0- id:", 0, "a NUL byte", id="nul-before-the-entry"),
    pytest.param("stem: What?", 'stem: "What\0?', 5, "a NUL byte", id="nul-and-open-quote"),
    # what YAML could build
    pytest.param("stem: What?", "stem: !!python/object/apply:os.getcwd []", 5, "the tag", id="object"),
    pytest.param("stem: What?", "stem: !mine What?", 5, "the tag `!mine`", id="own-tag"),
    pytest.param("stem: What?", "stem: &what What?", 5, "the anchor `&what`", id="anchor"),
    pytest.param("stem: What?", "stem: *what", 5, "`*what` repeats another place", id="alias"),
    pytest.param("stem: What?", "stem: What?\n  <<: {a: b}", 6, "merges another mapping", id="merge"),
    pytest.param(
        "stem: What?", "stem: 2026-02-30", 5, "looks like a date but cannot be one", id="no-such-date"
    ),
    pytest.param("stem: What?", f"stem: {'9' * 5000}", 5, "looks like a number", id="endless-number"),
    pytest.param("stem: What?", f"stem: 0x{'F' * 5000}", 5, "looks like a number", id="endless-hexadecimal"),
    pytest.param("stem: What?", "stem: =", 5, "put it in quotes", id="equals-sign"),
    pytest.param("stem: What?", 'stem: "\\e[31mred"', 5, "control character U+001B", id="escape-code"),
    pytest.param("stem: What?", f"stem: {'[' * 100_000}", 5, "levels deep", id="brackets"),
]


@pytest.mark.parametrize(("old", "new", "line", "message"), MISTAKES)
def test_a_mistake_is_one_problem_and_costs_one_question(old: str, new: str, line: int, message: str) -> None:
    content = read(broken(old, new).encode())
    assert [fault.line for fault in content.faults] == [START + line]
    assert message in content.faults[0].message
    assert "\n" not in content.faults[0].message
    assert [asked.id for asked in content.questions] == ["one-ok", "three-ok"]


WHOLE_FILES = [
    pytest.param("", 1, "the file is empty", id="empty"),
    pytest.param("# nothing yet\n", 1, "the file is empty", id="only-a-comment"),
    pytest.param("{}", 1, "the file holds nothing", id="empty-mapping"),
    pytest.param("\n- a\n- b\n", 2, "a list stands at the top level", id="list"),
    pytest.param("hello", 1, "there is only a text", id="text"),
    pytest.param("question:\n" + ONE, 1, "Did you mean `questions`?", id="key"),
    pytest.param("questions: {a: b}", 1, "`questions` must be a list", id="mapping"),
    pytest.param("areas: []", 1, "a folder named outlines", id="outline"),
    pytest.param("questions:\n" + "- " * 100_000, 2, "levels deep", id="dashes"),
    pytest.param("{a: " * 100_000, 1, "levels deep", id="braces"),
    pytest.param("? " * 100_000, 1, "a key is a single word", id="question-marks"),
    pytest.param("\ufeff\n\nquestions: [\0]", 3, "a NUL byte", id="nul"),
    pytest.param("\x1b[31m", 1, "U+001B", id="escape"),
    pytest.param("questions:\n- id: \xe9".encode("latin-1"), 2, "not UTF-8", id="latin-1"),
    pytest.param("questions: []".encode("utf-16"), 1, "not UTF-8", id="utf-16"),
    pytest.param("questions: [}", 1, "a bracket or brace", id="wrong-bracket"),
    pytest.param("%YAML 9.9\n---\na: b", 1, "not YAML", id="version-of-the-future"),
]


@pytest.mark.parametrize(("text", "line", "message"), WHOLE_FILES)
def test_a_file_that_holds_nothing_of_use(text: str | bytes, line: int, message: str) -> None:
    content = read(text if isinstance(text, bytes) else text.encode())
    assert not content.questions
    assert (content.faults[0].line, message in content.faults[0].message) == (line, True)


def test_a_nul_byte_between_the_entries_costs_none() -> None:
    content = read(questions("# one \0 of them\n" + ONE, THREE).encode())
    assert [(fault.line, "NUL" in fault.message) for fault in content.faults] == [(2, True)]
    assert [asked.id for asked in content.questions] == ["one-ok", "three-ok"]


def test_a_tail_of_nul_bytes_costs_the_last_entry_at_most() -> None:
    content = read((questions(ONE, THREE) + "\0" * 1000).encode())
    assert [fault.line for fault in content.faults] == [questions(ONE, THREE).count("\n") + 1]
    assert content.questions[0].id == "one-ok"


def test_what_is_no_text_at_all_is_one_problem() -> None:
    content = read(questions(ONE, THREE).replace("\n", "\0\n").encode())
    assert [fault.line for fault in content.faults] == [1]
    assert "nothing was read" in content.faults[0].message
    assert content.questions == []


def test_lists_without_entries_are_no_problem() -> None:
    assert read(b"questions:\nnotes: []\n").faults == []


def test_a_byte_order_mark_is_no_problem() -> None:
    content = read(b"\xef\xbb\xbf" + questions(ONE).encode())
    assert [asked.id for asked in content.questions] == ["one-ok"]
    assert content.faults == []


def test_line_ends_of_windows_count_as_one_line() -> None:
    content = read(broken("stem:", "stme:").replace("\n", "\r\n").encode())
    assert [fault.line for fault in content.faults] == [START + 5]


def test_a_second_document_is_not_read() -> None:
    content = read((questions(ONE) + "---\n" + questions(THREE)).encode())
    assert [asked.id for asked in content.questions] == ["one-ok"]
    assert (content.faults[0].line, "second document" in content.faults[0].message) == (13, True)


def test_quoted_texts_and_the_tag_for_text_are_taken_as_they_are() -> None:
    stems = ['"no"', "'1.0'", "!!str 2026-01-01", '"=: {x} [y] & * !"']
    content = read(questions(*(question(f"text-{n}", stem=stem) for n, stem in enumerate(stems))).encode())
    assert content.faults == []
    assert len(content.questions) == len(stems)


def test_each_of_several_mistakes_is_told_with_its_line() -> None:
    text = questions(
        TWO.replace("  kind:", "\tkind:"), ONE, TWO.replace("What?", '"open'), THREE.replace("What?", "5")
    )
    content = read(text.encode())
    assert [fault.line for fault in content.faults] == [4, 29, 40]
    assert [asked.id for asked in content.questions] == ["one-ok"]


def test_reading_goes_on_in_a_later_list() -> None:
    text = questions(ONE.replace("What?", "[")) + notes(note("data.stores.blob"))
    content = read(text.encode())
    assert len(content.faults) == 1
    assert [written.topic for written in content.notes] == ["data.stores.blob"]


def test_a_second_list_of_questions_is_a_problem_and_is_read() -> None:
    content = read((questions(ONE) + questions(THREE)).encode())
    assert [(fault.line, fault.message) for fault in content.faults] == [
        (13, "the key `questions` stands twice, first on line 1; make one of them")
    ]
    assert [asked.id for asked in content.questions] == ["one-ok", "three-ok"]


def test_a_file_of_nothing_but_mistakes_tells_fifty_of_them() -> None:
    content = read(("questions:\n" + "- nonsense\n" * 500).encode())
    assert len(content.faults) == 51
    assert "450 more problems" in content.faults[-1].message


def test_messages_stay_on_one_line_and_short() -> None:
    content = read(questions(ONE.replace("kind: single", 'kind: "a\\nb' + "x" * 10_000 + '"')).encode())
    assert len(content.faults) == 1
    assert "\n" not in content.faults[0].message
    assert len(content.faults[0].message) < 500


def test_a_mistake_in_a_case_study_names_the_question() -> None:
    text = "questions:\n" + CASE.format(id="my-case").replace("answer: true", "answer: yess", 1)
    content = read(text.encode())
    assert content.questions == []
    assert [fault.line for fault in content.faults] == [26]
    assert "`my-case`: `questions` 2, `statements` 1, `answer`" in content.faults[0].message


def test_a_mistake_in_a_note() -> None:
    text = notes(note("data.stores.blob").replace("summary:", "sumary:"), note("data.stores.lake"))
    content = read(text.encode())
    assert [(fault.line, fault.message) for fault in content.faults] == [
        (
            3,
            "`data.stores.blob`: `sumary`: there is no such key here; remove it or mend its name. "
            "Did you mean `summary`?",
        )
    ]
    assert [written.topic for written in content.notes] == ["data.stores.lake"]
