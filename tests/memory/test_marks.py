from __future__ import annotations

import datetime as dt

from dp100.memory.learner import Learner
from dp100.memory.marks import Flag, Marks
from dp100.memory.selection import Selection
from tests.fixed_clock import FixedClock
from tests.memory.conftest import NOON, Answering


def test_marks_are_put_on_and_taken_off(learner: Learner) -> None:
    assert learner.marks("i00") == Marks(False, False, None)
    learner.suspend("i00")
    learner.bookmark("i00")
    learner.flag("i00", " the second answer is right too ")
    assert learner.marks("i00") == Marks(True, True, "the second answer is right too")
    learner.suspend("i00", on=False)
    assert learner.marks("i00") == Marks(False, True, "the second answer is right too")
    learner.bookmark("i00", on=False)
    learner.unflag("i00")
    assert learner.marks("i00") == Marks()
    assert learner.store.rows("SELECT * FROM mark") == []


def test_a_flag_needs_no_note(learner: Learner) -> None:
    learner.flag("i00")
    assert learner.marks("i00").flagged == ""
    assert [flag.item for flag in learner.flagged()] == ["i00"]


def test_flags_are_listed_oldest_first(learner: Learner, clock: FixedClock) -> None:
    learner.flag("i05", "typo")
    clock.advance(dt.timedelta(hours=1))
    learner.flag("i01", "[bold]markup[/]")
    clock.advance(dt.timedelta(hours=1))
    learner.flag("gone-from-the-content", "still mine")
    assert learner.flagged() == [
        Flag("i05", NOON, "typo"),
        Flag("i01", NOON + dt.timedelta(hours=1), "[bold]markup[/]"),
        Flag("gone-from-the-content", NOON + dt.timedelta(hours=2), "still mine"),
    ]


def test_suspended_items_are_never_asked(learner: Learner, answer: Answering, clock: FixedClock) -> None:
    for id in ("i00", "i01", "i05"):
        answer(id, right=False)
        learner.bookmark(id)
    learner.suspend("i00")
    clock.advance(dt.timedelta(days=5))
    for selection in (
        Selection(),
        Selection("weakest"),
        Selection("bookmarks"),
        Selection("mistakes"),
        Selection("items", items=("i00", "i01")),
        Selection(topic="a0.t0"),
    ):
        queue = learner.queue(selection)
        assert "i00" not in queue
        assert "i01" in queue
    assert learner.topics()["a0.t0"].total == 4
    learner.suspend("i00", on=False)
    assert "i00" in learner.queue()


def test_marks_outlive_the_program(learner: Learner, home: object) -> None:
    learner.bookmark("i03")
    learner.suspend("i04")
    second = learner.store.second()
    assert second.rows("SELECT item FROM mark ORDER BY item") == [("i03",), ("i04",)]
    second.close()
