"""Answering in a mock exam: what is kept, and what typing ahead does not do."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.quiz.exam.sitting import Sitting
from dp100.tui.screens.exam.confirm import ConfirmScreen
from dp100.tui.screens.exam.sitting import ExamScreen

from ..looking import text_of, told
from ..question.asking import burst, keys_for, pad, wrong_answer
from .at_exam import SENTENCE, fails, right_keys, sat, stored, where


@pytest.mark.parametrize(
    "form", ["single", "multiple", "yes_no", "order", "match", "fill", "series", "computed"]
)
async def test_an_answer_is_on_disk_at_once_and_nothing_is_said_about_it(
    sitting: Sitting, learner: Learner, form: str
) -> None:
    async with sat(sitting, learner, at=where(sitting, form=form)) as pilot:
        here = sitting.position
        keys = keys_for(sitting.presentation, wrong_answer(sitting.presentation))
        await pilot.press(*keys, *(["enter"] if form == "series" else []))
        await pilot.pause()
        assert stored(learner, sitting)[here].answer == wrong_answer(sitting.presented(here))
        seen = text_of(pilot.app)
        assert "1 answered" in seen
        assert not any(sign in seen for sign in "✓✗◐")


async def test_going_on_answers_nothing_by_accident(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        for _ in range(4):
            await pilot.press("enter")
            await pilot.pause()
        assert sitting.position == 4
    assert not any(place.begun for place in stored(learner, sitting))


async def test_enter_takes_what_was_marked_in_a_slot(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=where(sitting, form="match"), size=(80, 40)) as pilot:
        here = sitting.position
        await pilot.press("down", "enter")
        await pilot.pause()
        assert sitting.position == here
        assert pad(pilot).answer == (sitting.presentation.slots[0].options[0].index, None)
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position != here or isinstance(pilot.app.screen, ConfirmScreen)


async def test_keys_that_are_typed_ahead_answer_only_what_is_seen(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=0) as pilot:
        await burst(pilot, "1", "enter", "1", "y", "2", "enter", "1", "y")
        assert sitting.position == 1
        assert [place.begun for place in sitting.places[1:]] == [False] * (len(sitting.places) - 1)


async def test_enter_typed_ahead_does_not_leave_a_section(sitting: Sitting, learner: Learner) -> None:
    case = where(sitting, kind="case")
    last = max(place.position for place in sitting.places if place.section == sitting.places[case].section)
    if last + 1 == len(sitting.places):
        last = case - 1
    async with sat(sitting, learner, at=last) as pilot:
        await burst(pilot, "enter", "enter", "enter")
        assert isinstance(pilot.app.screen, ConfirmScreen)
        assert sitting.position == last
        await pilot.press("enter")
        await pilot.pause()
        assert sitting.position == last + 1


async def test_answers_show_again_on_coming_back(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        await pilot.press(*right_keys(sitting), "enter")
        await pilot.pause()
        assert sitting.position == 1
        await pilot.press("p")
        await pilot.pause()
        assert sitting.position == 0
        assert pad(pilot).answer == sitting.presentation.key
        await pilot.press("p")
        assert "There is no question before this one." in text_of(pilot.app)


async def test_a_full_disk_while_answering_is_told_and_made_up_for(
    sitting: Sitting, learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sat(sitting, learner) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr("dp100.memory.exams.save", fails)
            await pilot.press(*right_keys(sitting))
            await pilot.pause()
            assert told(pilot.app)[0] == SENTENCE
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(pilot.app.screen, ExamScreen)
        await pilot.press("f")
        await pilot.pause()
    assert stored(learner, sitting)[0].answer == sitting.presented(0).key


async def test_the_foot_has_enter_and_the_help_for_every_question(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        for place in sitting.places:
            sitting.position = place.position
            await screen._show()
            await pilot.pause()
            foot = text_of(pilot.app).splitlines()[-1]
            assert foot.strip().startswith("Enter next")
            assert "f flag" in foot
            assert "? keys" in foot
            assert ("i scenario" in foot) == (place.kind == "case")


async def test_a_case_shows_its_scenario(sitting: Sitting, learner: Learner) -> None:
    async with sat(sitting, learner, at=where(sitting, kind="case")) as pilot:
        assert "i shows the scenario" in text_of(pilot.app)
        await pilot.press("i")
        assert "bus operator" in text_of(pilot.app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert "bus operator" in text_of(pilot.app)
        assert sitting.presentation.stem.split()[-1] in text_of(pilot.app)
