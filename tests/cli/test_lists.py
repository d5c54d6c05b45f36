"""What the commands that look print, as text and as JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Dp100


def parsed(dp100: Dp100, *words: str) -> Any:
    said = dp100(*words, "--json")
    assert (said.status, said.err) == (0, "")
    return json.loads(said.out)


def test_questions_as_json(dp100: Dp100) -> None:
    rows = parsed(dp100, "questions", "list")
    by_id = {row["id"]: row for row in rows}
    assert len(by_id) == len(rows) == 13
    assert by_id["small-yes-no"] == {
        "id": "small-yes-no",
        "topic": "deploy.service.settings",
        "area": "deploy",
        "kind": "yes_no",
        "sdk": "v1",
        "level": "recall",
        "form": "yes_no",
        "case": None,
        "revision": 1,
    }
    assert (by_id["small-case-night"]["kind"], by_id["small-case-night"]["form"]) == ("case", "single")
    areas = list(dict.fromkeys(row["area"] for row in rows))
    assert areas == ["workspace", "train", "optimize", "deploy", "foundations"], "the order of the outline"


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ("--area train", {"small-order", "small-fill"}),
        ("--objective workspace.compute", {"small-match", "small-case-night", "small-case-size"}),
        ("--topic foundations.tools.git", {"small-git"}),
        ("--kind case", {"small-case-night", "small-case-size"}),
        ("--area deploy --sdk v1", {"small-yes-no"}),
        ("--area deploy --sdk any", {"small-yes-no", "small-markup", "small-series"}),
        ("--topic workspace.create.settings", set()),
        ("--area deploy --objective train.scripts", set()),
    ],
)
def test_questions_by_filters(dp100: Dp100, filters: str, ids: set[str]) -> None:
    assert {row["id"] for row in parsed(dp100, "questions", "list", *filters.split())} == ids
    text = dp100("questions", "list", *filters.split())
    assert {line.split()[0] for line in text.lines} == ids


def test_questions_as_text_are_aligned(dp100: Dp100) -> None:
    lines = dp100("questions", "list").lines
    assert len(lines) == 13
    assert len({line.index(line.split()[4]) for line in lines}) == 1


def test_show_gives_the_answer_and_every_reason(dp100: Dp100) -> None:
    said = dp100("questions", "show", "small-single")
    assert "questions/questions.yaml:3" in said.out
    assert "  + `BanditPolicy(slack_factor=0.1)`" in said.lines
    for why in (
        "The factor is a ratio.",
        "an absolute distance.",
        "compares with the median.",
        "cancels a share",
    ):
        assert why in said.out
    assert "https://learn.microsoft.com" in said.out


@pytest.mark.parametrize(
    ("id", "lines"),
    [
        ("small-yes-no", ["  + A service on AKS asks for a key by default.: Yes"]),
        ("small-order", ["  + 3. Submit the run", "  - Deploy the model"]),
        ("small-match", ["  + Forty jobs at odd times: Compute cluster"]),
        ("small-fill", ["  + Blank 1: AssetTypes.URI_FILE", "  - Blank 1: AssetTypes.URI_FOLDER"]),
        ("small-series", ["Does this meet the goal?", "  + Mirror 10 % of the traffic to a deployment.: No"]),
        ("small-case", ["Overview:", "What runs the nightly predictions?", "  - A compute instance"]),
        ("small-markup", ["What do [bold, [/] and back\\slashes in [red]text[/red] do?"]),
    ],
)
def test_show_of_each_kind(dp100: Dp100, id: str, lines: list[str]) -> None:
    said = dp100("questions", "show", id)
    assert said.status == 0
    assert [line for line in lines if line not in said.lines] == []
    assert "Answer with" not in said.out, "nothing is asked"


def test_show_of_a_computed_question_has_the_formula(dp100: Dp100) -> None:
    assert "/ (1 + 0." in dp100("questions", "show", "small-computed").out


def test_show_as_json(dp100: Dp100) -> None:
    assert parsed(dp100, "questions", "show", "small-git")["kind"] == "single"
    assert len(parsed(dp100, "questions", "show", "small-case")["questions"]) == 2


def test_notes_as_json(dp100: Dp100) -> None:
    rows = parsed(dp100, "notes")
    assert all(set(row) == {"topic", "area", "words"} for row in rows)
    assert rows[0]["area"] == "workspace"
    assert all(row["words"] > 0 for row in rows)
    assert [row["topic"] for row in parsed(dp100, "notes", "bandit")] == ["optimize.hyperdrive.termination"]
    assert [row["topic"] for row in parsed(dp100, "notes", "optimize.hyperdrive.termination")] == [
        "optimize.hyperdrive.termination"
    ]
    assert parsed(dp100, "notes", "no such words") == []


def test_notes_by_words_and_by_topic(dp100: Dp100) -> None:
    every = dp100("notes").lines
    assert len(every) == len(parsed(dp100, "notes"))
    hits = dp100("notes", "bandit", "slack").lines
    assert [line.split(": ")[0] for line in hits] == ["optimize.hyperdrive.termination"]
    assert "bandit" in hits[0].lower() or "slack" in hits[0].lower()
    note = dp100("notes", "optimize.hyperdrive.termination").out
    assert note.startswith("# Early termination\n")
    assert "## On the exam" in note


def test_stats_of_a_newcomer(dp100: Dp100) -> None:
    stats = parsed(dp100, "stats")
    assert {"reviews", "due", "new", "areas"} <= set(stats)
    assert (stats["reviews"], stats["due"], stats["new"]) == (0, 0, 10)
    assert [area["id"] for area in stats["areas"]] == [
        "workspace",
        "train",
        "optimize",
        "deploy",
        "foundations",
    ]
    text = dp100("stats").out
    assert "0 answers to 0 questions" in text
    assert "Set up a workspace" in text


def test_stats_after_study_and_an_exam(dp100: Dp100) -> None:
    dp100("study", "--plain", "--topic", "foundations.tools.git", input="1\n1\n1\n1\n")
    dp100("exam", "--plain", "--questions", "3", input=":end\n")
    stats = parsed(dp100, "stats")
    assert stats["reviews"] >= 1
    assert stats["seen"] == 1
    assert [exam["score"] for exam in stats["exams"]] == [1]
    assert "T" in stats["exams"][0]["started"]
    text = dp100("stats").out
    assert "Mock exam 1 on 2" in text
    assert "1 of 1000, not passed" in text
    assert max(map(len, text.splitlines())) <= 80


def test_the_outline(dp100: Dp100) -> None:
    outline = parsed(dp100, "outline")
    assert (outline["id"], len(outline["areas"])) == ("small-exam", 5)
    assert outline["exam"]["retired"] == "2026-06-01"
    text = dp100("outline").out
    assert "DP-100: Designing and Implementing" in text
    assert "Optimize and manage models (20-25 %)" in text
    assert "Titles with [bold] markup [/] in them" in text


def test_the_doctor(dp100: Dp100) -> None:
    report = parsed(dp100, "doctor")
    assert report["ok"]
    assert {"name", "ok", "detail"} == set(report["checks"][0])
    said = dp100("doctor")
    assert said.status == 0
    assert all(line.startswith("ok  ") for line in said.lines)


def test_schemas_are_json(dp100: Dp100) -> None:
    every = json.loads(dp100("schema").out)
    for name, schema in every.items():
        assert json.loads(dp100("schema", name).out) == schema


def test_flagged_suspended_and_back(dp100: Dp100) -> None:
    assert "Nothing is flagged" in dp100("questions", "flagged").out
    assert "Nothing is suspended" in dp100("questions", "suspended").out
    git = ("study", "--plain", "--topic", "foundations.tools.git")
    dp100(*git, input=":flag the [bold] answer\n:suspend\n")
    assert "small-git" in dp100("questions", "flagged").out
    row = parsed(dp100, "questions", "flagged")[0]
    assert (row["id"], row["note"], row["path"]) == (
        "small-git",
        "the [bold] answer",
        "questions/questions.yaml",
    )
    assert dp100("questions", "flagged", "--markdown").out == (
        "- **small-git** (questions/questions.yaml): the [bold] answer\n"
    )
    assert parsed(dp100, "questions", "suspended") == ["small-git"]
    assert "nothing to ask" in dp100(*git).out
    assert dp100("questions", "suspended", "--resume", "small-gti").is_told("Did you mean `small-git`?")
    assert parsed(dp100, "questions", "suspended", "--resume", "small-git") == []
    assert "Which command copies" in dp100(*git).out
