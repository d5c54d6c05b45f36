"""A mock exam as a line dialogue."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.plain.answers import logged, right, rows, wrong
from tests.cli.plain.conftest import Dialogue, Talk

EXAM = "exam --plain --questions 10 --minutes 60"
"""All of the small bank that stands alone in areas with a weight."""


def numbers(talk: Talk) -> list[int]:
    """The questions that were shown, in order."""
    return [int(number) for number in re.findall(r"^Question (\d+) of", talk.out, re.MULTILINE)]


def answered(home: Path) -> list[int]:
    """The places of the last exam that hold an answer."""
    found = rows(
        home,
        "SELECT position, answer FROM exam_place WHERE exam = (SELECT max(id) FROM exam) ORDER BY position",
    )
    return [row["position"] + 1 for row in found if re.search(r"\d", row["answer"])]


def test_everything_right(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue(EXAM, *[right] * 10)
    assert talk.status == 0
    assert "Mock exam: 10 questions, 60 minutes." in talk.out
    assert "Score 1000 of 1000, 700 to pass: passed." in talk.end
    assert "Study next" not in talk.end
    assert numbers(talk) == list(range(1, 11))
    assert {row["source"] for row in logged(home)} == {"exam"}
    assert {row["confidence"] for row in logged(home)} == {None}
    assert len(logged(home)) == 10


def test_the_report_names_what_was_missed(dialogue: Dialogue) -> None:
    talk = dialogue(EXAM, wrong, *[right] * 9)
    assert "Optimize and manage models: " in talk.end
    assert ", 20-25 % of the exam" in talk.end
    assert talk.end.count("   yours: ") == talk.end.count("   right: ") == 1
    assert "1 question missed: dp100 study --only-mistakes" in talk.end
    assert "dp100 study --objective " in talk.end
    assert "Which " not in dialogue("study --plain --area foundations --only-mistakes").out
    assert "1 question." in dialogue("study --plain --only-mistakes").out


def test_a_question_left_open_is_asked_for_at_the_end(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue(EXAM, "-", *[right] * 9, "maybe", "1", right)
    assert "1 not answered, 0 flagged. End the exam?" in talk.out
    assert "Answer y, or the number" in talk.out
    assert "Score 1000 of 1000" in talk.end
    assert numbers(talk) == [*range(1, 11), 1]
    assert len(answered(home)) == 10


def test_the_end_may_come_with_questions_open(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue(EXAM, "-", *[right] * 9, "y")
    assert "of 1000, 700 to pass" in talk.end
    assert "   yours: nothing" in talk.end
    assert len(logged(home)) == 9


def test_what_cannot_be_read_counts_as_wrong(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue(EXAM, "zz", "zz", "zz", *[right] * 9)
    assert "That could not be read either; it counts as wrong." in talk.out
    assert "1 question missed" in talk.end
    assert 1 not in answered(home)


def test_going_back_and_forth(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue(
        EXAM,
        ":p",
        right,
        ":p",
        "-",
        ":go 5",
        ":go 1",
        ":go",
        ":go 99",
        ":go x",
        ":go 0",
        right,
        ":f",
        ":review",
        ":end",
    )
    assert numbers(talk) == [1, 2, 1, 2, 5, 1, 2]
    assert "There are questions 1 to 10." in talk.turns[1]
    assert talk.out.count("There are questions 1 to 10.") == 5
    assert "Your answer so far: " in talk.turns[3]
    assert "  1: answered\n  2: not answered, flagged\n" in talk.turns[-2]
    assert "Score " in talk.end
    assert answered(home) == [1]


def test_a_flag_is_asked_about_at_the_end(dialogue: Dialogue) -> None:
    talk = dialogue(EXAM, ":f", *[right] * 10, "y")
    assert "0 not answered, 1 flagged." in talk.turns[-2]
    off = dialogue(EXAM, ":flag", ":flag", *[right] * 10)
    assert "The flag is off." in off.out
    assert "End the exam?" not in off.out


def test_a_section_that_was_left_stays_closed(dialogue: Dialogue) -> None:
    talk = dialogue(EXAM, *[right] * 9, ":p", ":go 10", ":end")
    assert "A section of its own: a series with 1 question." in talk.out
    assert "it cannot be entered again" in talk.turns[-2]


def test_a_case_study_is_a_section(dialogue: Dialogue) -> None:
    talk = dialogue("exam --plain --questions 20", *[right] * 13)
    assert "The bank holds no more than 12 for this outline." in talk.out
    assert "A section of its own: a case study with 2 questions." in talk.out
    assert talk.out.count("A bus operator predicts") == 1
    assert "Score 1000" in talk.end


class TestNotes:
    def test_closed(self, dialogue: Dialogue) -> None:
        assert "Notes are closed in this exam" in dialogue(EXAM, ":note").turns[1]

    def test_open(self, dialogue: Dialogue) -> None:
        talk = dialogue(f"{EXAM} --open-book", *[":note", "-"] * 10)
        assert "The notes may be read with :note" in talk.out
        assert "A workspace holds compute, data, runs and models." in talk.out
        assert "There is no note on this topic yet." in talk.out


def test_the_short_form(dialogue: Dialogue, home: Path) -> None:
    talk = dialogue("exam --plain --short", ":end")
    assert "10 questions, 30 minutes." in talk.out
    assert [row["form"] for row in rows(home, "SELECT form FROM exam")] == ["short"]


class TestGoingOn:
    @pytest.mark.parametrize("n", [0, 1, 5, 9])
    def test_after_the_end_of_the_input(self, dialogue: Dialogue, home: Path, n: int) -> None:
        first = dialogue(EXAM, *[right] * n)
        assert first.status == 0
        assert "Everything is kept, with 0" in first.end
        assert len(answered(home)) == n
        assert logged(home) == [], "an answer counts when the exam is over"
        then = dialogue("exam --plain", *[right] * (10 - n))
        assert "Your exam goes on." in then.turns[0]
        assert numbers(then)[0] == n + 1
        assert "Score 1000" in then.end

    def test_the_same_questions_in_the_same_order(self, dialogue: Dialogue) -> None:
        first = dialogue(EXAM, right, right)
        then = dialogue("exam --plain")
        asked = first.turns[2].split("left\n")[1].split("> ")[0]
        assert asked in then.turns[0]

    def test_open_questions_are_asked_for_after_going_on(self, dialogue: Dialogue) -> None:
        dialogue(EXAM, "-", "-", right)
        then = dialogue("exam --plain", *[right] * 7, "1", right, right)
        assert "2 not answered" in then.out
        assert "Score 1000" in then.end

    @pytest.mark.parametrize("replies", [("zz",), ("zz", ""), (":f",), (":review",), (":q",), ("q",)])
    def test_after_an_end_between_tries(self, dialogue: Dialogue, replies: tuple[str, ...]) -> None:
        dialogue(EXAM, right, *replies)
        then = dialogue("exam --plain", *[right] * 9, "y")
        assert "Score 1000" in then.end

    def test_after_an_end_where_the_exam_is_about_to_end(self, dialogue: Dialogue) -> None:
        first = dialogue(EXAM, "-", *[right] * 9, ":q")
        assert "Everything is kept" in first.end
        then = dialogue("exam --plain", "-", "1", right)
        assert "Score 1000" in then.end

    def test_within_a_series_no_solution_is_asked_twice(self, dialogue: Dialogue, home: Path) -> None:
        dialogue(EXAM, *[right] * 9, "y")
        assert len(answered(home)) == 10, "half of the series is there"
        then = dialogue("exam --plain", "n")
        assert "Solution 1" not in then.out
        assert "Solution 2 of 2" in then.turns[0]
        assert "Score 1000" in then.end

    def test_after_ctrl_c(self, dialogue: Dialogue, home: Path) -> None:
        def interrupt(_: str) -> str:
            raise KeyboardInterrupt

        talk = dialogue(EXAM, right, interrupt)
        assert talk.status == 130
        assert "Everything is kept" in talk.end
        assert answered(home) == [1]

    def test_options_are_for_a_new_exam(self, dialogue: Dialogue) -> None:
        dialogue(EXAM, right)
        again = dialogue("exam --plain --questions 3")
        assert "--discard" in again.turns[0]
        assert "Question 2 of 10" in again.turns[0]

    def test_discard(self, dialogue: Dialogue, home: Path) -> None:
        dialogue(EXAM, right)
        talk = dialogue("exam --plain --discard --questions 3")
        assert "Mock exam: 3 questions" in talk.out
        assert len(rows(home, "SELECT id FROM exam")) == 1
        assert len(rows(home, "SELECT item FROM exam_place")) == 3

    def test_discard_without_a_terminal_discards_nothing(self, dialogue: Dialogue, home: Path) -> None:
        dialogue(EXAM, right)
        talk = dialogue("exam --discard")
        assert talk.status == 2
        assert "need a terminal" in talk.err
        assert answered(home) == [1]

    def test_discard_where_there_is_none(self, dialogue: Dialogue) -> None:
        assert "Mock exam: 10 questions" in dialogue(f"{EXAM} --discard").out


def test_questions_that_left_the_bank_are_not_judged(dialogue: Dialogue, home: Path) -> None:
    dialogue(EXAM, right)
    with closing(sqlite3.connect(home / "memory.sqlite")) as db:
        db.execute("UPDATE exam_place SET item = 'gone-' || position WHERE position IN (0, 1, 4)")
        db.commit()
    then = dialogue("exam --plain", ":go 1", *[right] * 7)
    assert numbers(then)[0] == 3
    assert "cannot be entered" in then.turns[1]
    assert "gone-4 has left the bank since; it was not judged." in then.end
    assert "Score 1000" in then.end


class TestClock:
    def left(self, home: Path, milliseconds: int) -> None:
        """Sets what is left on the clock of the open exam."""
        with closing(sqlite3.connect(home / "memory.sqlite")) as db:
            db.execute("UPDATE exam SET remaining_ms = ?", (milliseconds,))
            db.commit()

    def test_an_answer_after_the_end_does_not_count(self, dialogue: Dialogue, home: Path) -> None:
        dialogue(EXAM, right)
        self.left(home, 300)

        def slowly(said: str) -> str:
            time.sleep(0.4)
            return right(said)

        talk = dialogue("exam --plain", slowly, right)
        assert "Time is up.\n\nScore " in talk.end
        assert answered(home) == [1]
        assert dialogue(EXAM, ":q").turns[0].startswith("Mock exam")

    def test_ten_and_two_minutes_before_the_end_one_line_says_so(
        self,
        dialogue: Dialogue,
        home: Path,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr("dp100.cli.plain.meanwhile.EVERY", 0.001)
        heard: list[str] = []

        def not_before(text: str) -> Callable[[str], str]:
            def answer(question: str) -> str:
                end = time.monotonic() + 30
                while text not in "".join(heard) and time.monotonic() < end:
                    heard.append(capsys.readouterr().out)
                return right(question)

            return answer

        dialogue(EXAM, right)
        self.left(home, 600_200)
        talk = dialogue("exam --plain", not_before("\n10 minutes left.\n> "), "-", ":q")
        assert "minutes left" not in talk.out, "it is said once"
        self.left(home, 120_200)
        dialogue("exam --plain", not_before("\n2 minutes left.\n> "), ":q")
        assert "".join(heard).count("minutes left.") == 2

    def test_nothing_left(self, dialogue: Dialogue, home: Path) -> None:
        dialogue(EXAM, right)
        self.left(home, 0)
        talk = dialogue("exam --plain")
        assert "Time is up." in talk.out
        assert numbers(talk) == []

    def test_it_is_kept_while_a_question_is_read(
        self, dialogue: Dialogue, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("dp100.cli.plain.meanwhile.EVERY", 0.02)
        seen = []

        def read(_: str) -> str:
            before = rows(home, "SELECT remaining_ms FROM exam")[0]["remaining_ms"]
            time.sleep(0.3)
            seen.append(before - rows(home, "SELECT remaining_ms FROM exam")[0]["remaining_ms"])
            return ":q"

        dialogue(EXAM, read)
        assert seen[0] > 100
