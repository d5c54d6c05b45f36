"""A bank may be a bare list, as a pack that someone writes by hand often is."""

from __future__ import annotations

from dp100.curriculum.reading import read

QUESTION = """
- id: my-own-question
  topic: deploy.service.settings
  kind: single
  level: recall
  stem: Which one?
  choices:
    - {text: This, correct: true, why: It is.}
    - {text: That, why: It is not.}
  links: [{title: A page, url: "https://learn.microsoft.com/azure/machine-learning/"}]
"""


def test_a_bare_list_of_questions_is_a_bank() -> None:
    content = read(QUESTION.encode())
    assert [asked.id for asked in content.questions] == ["my-own-question"]
    assert content.faults == []


def test_a_fault_in_a_bare_list_keeps_its_line() -> None:
    content = read(QUESTION.replace("correct: true", "correct: maybe").encode())
    assert content.questions == []
    assert content.faults[0].line == 8
