"""A study session as a line dialogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from dp100.memory.learner import Learner
from tests.cli.plain.answers import logged, right, rows, sign_of, wrong
from tests.cli.plain.conftest import Dialogue
from tests.memory.big_log import fill

GIT = "study --plain --topic foundations.tools.git"
KINDS = ["single", "multiple", "yes_no", "order", "match", "fill", "series", "case", "computed"]


@pytest.mark.parametrize("kind", KINDS)
def test_right_answers_of_each_kind(dialogue: Dialogue, home: Path, kind: str) -> None:
    talk = dialogue(f"study --plain --kind {kind} --limit 1", right)
    assert talk.status == 0
    assert "\nRight. Again " in talk.out
    assert "1 of 1 question right at first sight" in talk.end
    assert [(row["points"] == row["possible"], row["confidence"]) for row in logged(home)] == [(True, 2)]


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_answers_of_each_kind(dialogue: Dialogue, home: Path, kind: str) -> None:
    talk = dialogue(f"study --plain --kind {kind} --limit 1", wrong)
    assert "\nRight." not in talk.out
    assert "Again in 10 min." in talk.out
    assert "wrong" in talk.turns[1]
    (row,) = logged(home)
    assert row["points"] < row["possible"]
    assert ", again\n" in talk.turns[1], "it comes back in the same session"


@pytest.mark.parametrize(("mark", "confidence"), [("", 2), ("?", 1), (" ?", 1), ("??", 0), (" ??", 0)])
@pytest.mark.parametrize("kind", ["single", "series"])
def test_how_sure_one_is(dialogue: Dialogue, home: Path, kind: str, mark: str, confidence: int) -> None:
    dialogue(f"study --plain --kind {kind} --limit 1", lambda said: right(said) + mark)
    assert [row["confidence"] for row in logged(home)] == [confidence]


@pytest.mark.parametrize(
    "line", ["", "x", "99", "1 2", "1???", "1?2", "\x1b[A", "é" * 300, "²", "0", "-1", "-"]
)
def test_three_lines_that_cannot_be_read_count_as_wrong(dialogue: Dialogue, home: Path, line: str) -> None:
    talk = dialogue(GIT, line, line, line)
    assert talk.turns[1] == talk.turns[2]
    assert "such as" in talk.turns[1] or "??" in talk.turns[1]
    assert "counts as wrong" in talk.turns[3]
    assert "right, not chosen: git clone" in talk.turns[3]
    assert [(row["points"], row["answer"]) for row in logged(home)] == [(0, "[]")]


def test_two_lines_that_cannot_be_read_cost_nothing(dialogue: Dialogue, home: Path) -> None:
    dialogue(GIT, "x", "y", sign_of("git clone"))
    assert [row["points"] for row in logged(home)] == [1]


def test_each_solution_of_a_series_has_three_lines(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue("study --plain --kind series", "x", "y", "", "z", "?")
    assert [row["answer"] for row in logged(home)] == ["[0,null]"]
    assert "Partly right, 1 of 2 parts." in talk.out
    assert "wrong (it is No, left open): Mirror 10 %" in talk.out


def test_a_series_is_asked_one_by_one(dialogue: Dialogue) -> None:
    talk = dialogue("study --plain --kind series", "y", "n")
    assert "Solution 1 of 2" in talk.turns[0]
    assert "Solution 2" not in talk.turns[0]
    assert "Solution 2 of 2" in talk.turns[1]


@pytest.mark.parametrize(
    "replies", [(), ("x",), ("x", ""), (":note",), (":q",), ("q",), (":quit",), ("x", ":q")]
)
@pytest.mark.parametrize("kind", ["single", "series", "case"])
def test_the_end_of_the_input_before_an_answer(
    dialogue: Dialogue, home: Path, kind: str, replies: tuple[str, ...]
) -> None:
    talk = dialogue(f"study --plain --kind {kind} --limit 1", *replies)
    assert (talk.status, talk.err) == (0, "")
    assert "Nothing was answered." in talk.end
    assert logged(home) == []


def test_the_end_of_the_input_within_a_series(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue("study --plain --kind series", "y")
    assert talk.status == 0
    assert logged(home) == []


@pytest.mark.parametrize("answers", [1, 2, 5])
def test_the_end_of_the_input_keeps_what_was_answered(dialogue: Dialogue, home: Path, answers: int) -> None:
    talk = dialogue("study --plain", *[right] * answers)
    assert talk.status == 0
    assert f"Done: {answers} of {answers} question" in talk.end
    assert len(logged(home)) == answers


def test_ctrl_c_keeps_what_was_answered(dialogue: Dialogue, home: Path) -> None:
    def interrupt(_: str) -> str:
        raise KeyboardInterrupt

    talk = dialogue("study --plain", right, interrupt)
    assert talk.status == 130
    assert "Done: 1 of 1" in talk.end
    assert "Traceback" not in talk.err
    assert len(logged(home)) == 1


def test_a_missed_question_comes_back_after_a_few_others(dialogue: Dialogue) -> None:
    talk = dialogue("study --plain", wrong, *[right] * 20)
    first = talk.turns[0].split("\n\n")[1].splitlines()[0].removeprefix("1 of 10, ")
    heads = [turn for turn in talk.turns if ", again\n" in turn]
    assert len(heads) == 1
    assert f"{first}, again" in heads[0]
    assert "Hardest: " in talk.end


def test_the_whole_bank_of_today(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue("study --plain", *[right] * 30)
    assert "10 questions." in talk.turns[0]
    assert "Done: 10 of 10 questions right" in talk.end
    assert "Set up an Azure Machine Learning workspace: " in talk.end
    assert len(logged(home)) == 10
    again = dialogue("study --plain")
    assert "nothing to ask today. The next is due" in again.out
    assert "--weakest" in again.out


def test_filters(dialogue: Dialogue, home: Path) -> None:
    dialogue("study --plain --area train", wrong, right, right)
    missed = logged(home)[0]["item"]
    talk = dialogue("study --plain --only-mistakes")
    assert "nothing to ask" in talk.out, "it was put right in the same session"
    dialogue(GIT, ":bookmark", wrong)
    assert "Which command copies" in dialogue("study --plain --only-mistakes").out
    assert "Which command copies" in dialogue("study --plain --bookmarks").out
    assert "1 question." in dialogue("study --plain --weakest --limit 1").out
    assert "2 questions." in dialogue("study --plain --limit 2").out
    assert "nothing to ask that the options choose" in dialogue("study --plain --kind series --sdk v1").out
    assert "1 question." in dialogue("study --plain --kind multiple --sdk any").out
    both = dialogue("study --plain --kind multiple --sdk v2").out
    assert "nothing to ask that the options choose" in both, "what holds for both is not of SDK v2 only"
    assert missed.startswith("small-")


class TestCommands:
    def test_the_note(self, dialogue: Dialogue) -> None:
        talk = dialogue("study --plain --kind multiple", ":note", right)
        assert "a key vault" in talk.turns[1]
        assert "Right." in talk.out

    def test_no_note(self, dialogue: Dialogue) -> None:
        assert "no note on this topic" in dialogue(GIT, ":note").turns[1]

    def test_undo(self, dialogue: Dialogue, home: Path) -> None:
        talk = dialogue("study --plain --area train", ":undo", wrong, ":undo", right, right)
        assert "nothing to take back" in talk.turns[1]
        assert talk.turns[3].split("\n\n")[1].strip() in talk.turns[0], "the same question again"
        assert "Done: 2 of 2" in talk.end
        assert len(logged(home)) == 2

    def test_undo_of_suspend(self, dialogue: Dialogue) -> None:
        talk = dialogue("study --plain --area train", ":suspend", ":undo", right, right)
        assert "will not be asked again" in talk.turns[1]
        assert "1 of 1" in talk.turns[1]
        assert "1 of 2" in talk.turns[2]
        assert "Done: 2 of 2" in talk.end

    def test_bookmark_twice(self, dialogue: Dialogue) -> None:
        talk = dialogue(GIT, ":bookmark", ":BOOKMARK")
        assert "Bookmarked." in talk.turns[1]
        assert "is gone" in talk.turns[2]

    def test_flag(self, dialogue: Dialogue) -> None:
        talk = dialogue(GIT, ":flag", ":flag it is\0 [/] wrong")
        assert "Flagged as wrong" in talk.turns[1]
        assert "it is [/] wrong" in dialogue("questions flagged").out

    def test_scenario(self, dialogue: Dialogue) -> None:
        talk = dialogue("study --plain --kind case", ":scenario", right, right)
        assert talk.turns[0].count("A bus operator") == 1
        assert talk.turns[1].count("A bus operator") == 1
        assert "A bus operator" not in talk.turns[2], "the scenario is printed once for all of its questions"
        assert "no case study" in dialogue(GIT, ":scenario").turns[1]

    @pytest.mark.parametrize("line", [":", ":nothing", ": note", ":42", ":note:"])
    def test_an_unknown_command_is_no_try(self, dialogue: Dialogue, line: str) -> None:
        talk = dialogue(GIT, line, line, line, line, right)
        assert "There is no command" in talk.turns[1]
        assert ":note, :undo, :bookmark" in talk.turns[1]
        assert "Right." in talk.out


def test_markup_shows_as_written(dialogue: Dialogue) -> None:
    talk = dialogue("study --plain --topic deploy.service.markup", right)
    assert "What do [bold, [/] and back\\slashes in [red]text[/red] do?" in talk.out
    assert "Titles with [bold] markup [/] in them" in talk.out
    assert "[bold] is text." in talk.out


def test_the_end_of_a_session_fits_the_schedule_to_the_learner(dialogue: Dialogue, home: Path) -> None:
    with Learner.open(home) as learner:
        fill(learner.store, [item.id for item in learner.catalogue.items()], 199, days=60)
    dialogue("study --plain --topic foundations.tools.git", ":q")
    assert rows(home, "SELECT reviews FROM weights") == []
    dialogue("study --plain --topic foundations.tools.git", right)
    assert [row["reviews"] for row in rows(home, "SELECT reviews FROM weights")] == [200]
