"""Quality beyond shape."""

from __future__ import annotations

import pytest

from dp100.curriculum.lint import advice, defects
from tests.curriculum.library import Library, case, note, notes, question, questions

FENCE = "|\n    Look:\n\n    ```{language}\n    {code}\n    ```\n"


def fenced(code: str, language: str = "python") -> str:
    return FENCE.format(code=code, language=language)


def found(library: Library) -> list[str]:
    return [str(problem) for problem in defects(library.open())]


def advised(library: Library) -> list[str]:
    return [str(problem) for problem in advice(library.open())]


# Defects


@pytest.mark.parametrize(
    ("language", "code", "told"),
    [
        ("python", "for x in y: print(x)", 0),
        ("python", "    indented = 1", 0),
        ("python", "from a. import b", 1),
        ("py", "print 'old'", 1),
        ("python", "(" * 500, 1),
        ("yaml", "from a. import b", 0),
        ("", "from a. import b", 0),
        ("pythonic", "from a. import b", 0),
    ],
)
def test_python_in_a_stem_must_parse(library: Library, language: str, code: str, told: int) -> None:
    library.write("questions/a.yaml", questions(question("one-a", stem=fenced(code, language))))
    problems = found(library)
    assert len(problems) == told
    assert all(
        one.startswith("questions/a.yaml:2: `one-a`: a block marked python is not Python") for one in problems
    )


def test_python_in_notes_and_case_studies_must_parse(library: Library) -> None:
    library.write(
        "questions/c.yaml", questions(case("my-case").replace("What there is.", '"```python\\n1 +\\n```"'))
    )
    block = "  code:\n    - text: 1 +\n    - {text: 1 +, language: bash}\n    - {text: 1 + 1}\n"
    library.write("content/notes/n.yaml", notes(note("data.stores.blob", exam=fenced("2 +")) + block))
    one, two, three = found(library)
    assert one.startswith("questions/c.yaml:2: `my-case`: a block marked python is not Python")
    assert two.startswith("content/notes/n.yaml:2: `data.stores.blob`: a block marked python is not Python")
    assert three.startswith("content/notes/n.yaml:2: `data.stores.blob`: code block 1 is not Python")


FILL = """\
- id: fill-a
  topic: data.stores.blob
  kind: fill
  level: apply
  language: {language}
  stem: Complete.
  body: "x = [{{{{a}}}}"
  blanks:
    a:
      - {{text: "{right}", correct: true, why: Closes.}}
      - {{text: "2", why: Does not.}}
  links:
    - {{title: A page, url: "https://example.org/page"}}
"""


@pytest.mark.parametrize(
    ("language", "right", "told"), [("python", "1]", 0), ("python", "1", 1), ("text", "1", 0)]
)
def test_a_body_with_its_right_answers_must_parse(
    library: Library, language: str, right: str, told: int
) -> None:
    library.write("questions/a.yaml", questions(FILL.format(language=language, right=right)))
    problems = found(library)
    assert len(problems) == told
    assert all("the body with the right answers is not Python" in one for one in problems)


def test_a_lab_must_exist(library: Library) -> None:
    library.write("labs/01-first-steps/lab.yaml", "title: First steps")
    library.write("labs/no-lab/notes.txt", "")
    entries = [
        question(f"lab-{n}") + f"  lab: {lab}\n"
        for n, lab in enumerate(("01-first-steps", "01-first-step", "no-lab"))
    ]
    library.write("questions/a.yaml", questions(*entries))
    one, two = found(library)
    assert one.startswith("questions/a.yaml:14: `lab-1`: there is no lab `01-first-step`; mend or remove it.")
    assert one.endswith("Did you mean `01-first-steps`?")
    assert two.startswith("questions/a.yaml:26: `lab-2`: there is no lab `no-lab`")


# Advice


def test_a_question_should_have_a_link(library: Library) -> None:
    bare = question("bare-one").partition("  links:")[0]
    library.write("questions/a.yaml", questions(bare, question("linked-one"), case("my-case")))
    assert [one for one in advised(library) if "link" in one] == [
        "questions/a.yaml:2: `bare-one`: no link; name the official page that settles the answer"
    ]


def test_topics_should_have_a_note_and_enough_questions(library: Library) -> None:
    library.write("content/notes/n.yaml", notes(note("data.stores.blob"), note("extra.more.all")))
    topics = ["data.stores.blob"] * 3 + ["models.train.tree"] * 2 + ["extra.more.all"] * 2
    entries = [question(f"some-{n}", topic=topic) for n, topic in enumerate(topics)]
    library.write("questions/a.yaml", questions(*entries))
    place = "content/outlines/exam.yaml:1: the topic"
    assert advised(library) == [
        f"{place} `data.stores.lake` has no note; write one",
        f"{place} `data.stores.lake` has 0 of at least 3 questions; write more",
        f"{place} `models.train.tree` has no note; write one",
        f"{place} `models.train.tree` has 2 of at least 3 questions; write more",
    ]


def many(library: Library, count: int, right: str, wrong: str) -> None:
    entries = [
        question(f"cue-{n}").replace("Alpha", right.format(n=n)).replace("Beta", wrong.format(n=n))
        for n in range(count)
    ]
    library.write("questions/data/a.yaml", questions(*entries))


def test_the_longest_option_should_not_give_the_answer_away(library: Library) -> None:
    many(library, 40, "the long and careful answer {n}", "short {n}")
    (longest,) = [one for one in advised(library) if "longest" in one]
    assert longest == (
        "questions/data: the longest option is right in 100% of 40 lists, by chance it would be 50%; "
        "make options alike in length"
    )
    assert any("the shortest option is right in 0%" in one for one in advised(library))


def test_few_lists_tell_nothing_of_a_habit(library: Library) -> None:
    many(library, 39, "the long and careful answer {n}", "short {n}")
    assert not any("option" in one or "single" in one for one in advised(library))


def test_options_alike_in_length_are_no_cue(library: Library) -> None:
    many(library, 60, "right {n}", "wrong {n}")
    assert not any("option" in one for one in advised(library))


def test_kinds_should_vary(library: Library) -> None:
    many(library, 60, "right {n}", "wrong {n}")
    assert "questions/data: 100% of 60 questions are of the kind single; vary the kinds" in advised(library)


def test_yes_should_be_right_about_half_the_time(library: Library) -> None:
    entries = [case(f"case-{n}").replace("answer: false", "answer: true") for n in range(20)]
    library.write("questions/models/a.yaml", questions(*entries))
    assert (
        "questions/models: yes is right for 100% of 40 statements and solutions; bring it near half"
        in advised(library)
    )


def test_a_sound_bank_gets_no_advice_and_has_no_defects(library: Library) -> None:
    topics = ["data.stores.blob", "data.stores.lake", "models.train.tree", "extra.more.all"]
    library.write("content/notes/n.yaml", notes(*(note(topic) for topic in topics)))
    entries = [question(f"some-{n}", topic=topic) for n, topic in enumerate(topics * 3)]
    library.write("questions/a.yaml", questions(*entries))
    assert advised(library) == []
    assert found(library) == []
