"""A study session on the screen: going on, undoing, marking, looking things up, and ending."""

from __future__ import annotations

import datetime as dt
from typing import NoReturn

import pytest
from textual import events

from dp100.errors import Dp100Error
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.screens.flag import FlagScreen
from dp100.tui.screens.help import HelpScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.study import StudyScreen
from dp100.tui.screens.summary import SummaryScreen
from tests.fixed_clock import FixedClock

from .looking import line_with, shown, text_of, told, type_text
from .question.asking import KINDS, asked, burst, keys_for, log, pad, study_of, studying, wrong_answer

SENTENCE = "The disk is full: the answer was not written. Free some space and answer again."


def fails(*_: object, **__: object) -> NoReturn:
    raise Dp100Error(SENTENCE)


async def test_enter_goes_from_question_to_feedback_to_the_next_question(learner: Learner) -> None:
    async with studying(learner, "small-single", "small-git") as pilot:
        assert "1 of 2" in text_of(pilot.app)
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter")
        assert "Enter next" in text_of(pilot.app)
        await pilot.press("enter")
        await pilot.pause()
        assert "2 of 2" in text_of(pilot.app)
        assert "Which command copies a repository?" in text_of(pilot.app)
        assert "again " not in text_of(pilot.app)


async def test_a_missed_question_comes_back(learner: Learner) -> None:
    async with studying(learner, "small-single", "small-git") as pilot:
        await pilot.press(*keys_for(asked(pilot), wrong_answer(asked(pilot))), "enter", "enter")
        await pilot.pause()
        assert "2 of 2 · 1 again" in text_of(pilot.app)
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter", "enter")
        await pilot.pause()
        assert asked(pilot).item == "small-single"


@pytest.mark.parametrize(
    "keys", [["enter"] * 2, ["enter"] * 7, ["1", "enter", "enter", "2", "enter"], list("uguguguu")]
)
async def test_keys_that_are_typed_ahead_are_not_booked_on_what_nobody_has_seen(
    learner: Learner, keys: list[str]
) -> None:
    async with studying(learner, "small-single", "small-git", "small-sampling") as pilot:
        await burst(pilot, *keys)
        assert len(log(learner)) == 1
        assert "again " in text_of(pilot.app), "the feedback is on the screen"
        await burst(pilot, "enter", "2", "enter", "u", "y", "enter")
        assert [item for item, _, _ in log(learner)] == ["small-single"]
        assert asked(pilot).item == "small-git"
        assert pad(pilot).answer == (asked(pilot).options[0].index,)
        await pilot.press("enter")
        assert len(log(learner)) == 2


async def test_a_key_from_before_the_question_was_there_is_let_go_of(learner: Learner) -> None:
    async with studying(learner, "small-single") as pilot:
        late = events.Key("enter", None)
        late.time -= 60
        pilot.app.post_message(late)
        await pilot.pause()
        assert log(learner) == []
        await pilot.press("enter")
        assert len(log(learner)) == 1


@pytest.mark.parametrize("item", KINDS)
async def test_undo_asks_again_and_takes_the_answer_out_of_the_log(learner: Learner, item: str) -> None:
    async with studying(learner, item, "small-git") as pilot:
        await pilot.press(*keys_for(asked(pilot), wrong_answer(asked(pilot))), "enter", "enter")
        await pilot.pause()
        assert asked(pilot).item == "small-git"
        await pilot.press("z")
        await pilot.pause()
        assert asked(pilot).item == item
        assert "The last answer is taken back." in text_of(pilot.app)
        assert log(learner) == []
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter")
        assert [points == possible for _, points, possible in log(learner)] == [True]


async def test_the_note_opens_after_the_answer_and_comes_back_to_the_same_place(learner: Learner) -> None:
    async with studying(learner, "small-single", "small-git") as pilot:
        await pilot.press("n")
        assert isinstance(pilot.app.screen, StudyScreen), "not before the answer"
        await pilot.press("1", "enter")
        before = text_of(pilot.app)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(pilot.app.screen, NotesScreen)
        await pilot.press("escape")
        await pilot.pause()
        if isinstance(pilot.app.screen, NotesScreen):  # from the note to the tree, and from there back
            await pilot.press("escape")
            await pilot.pause()
        assert isinstance(pilot.app.screen, StudyScreen)
        assert text_of(pilot.app) == before
        await pilot.press("enter")
        await pilot.pause()
        assert asked(pilot).item == "small-git"


async def test_reasons_of_the_others_unfold(learner: Learner) -> None:
    async with studying(learner, "small-single", size=(80, 40)) as pilot:
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter")
        assert "The factor is a ratio." in text_of(pilot.app)
        assert "It compares with the median." not in text_of(pilot.app)
        await pilot.press("w")
        assert "It compares with the median." in text_of(pilot.app)
        await pilot.press("w")
        assert "It compares with the median." not in text_of(pilot.app)


async def test_how_a_computed_value_comes_about(learner: Learner) -> None:
    async with studying(learner, "small-computed", size=(80, 40)) as pilot:
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter")
        assert "/ (1 + 0." in line_with(pilot.app, "= 0.")


async def test_the_arrows_scroll_once_the_answer_is_in(learner: Learner) -> None:
    async with studying(learner, "small-single", size=(80, 14)) as pilot:
        await pilot.press("1", "enter")
        await pilot.pause()
        scroll = study_of(pilot).query_one("#scroll")
        await pilot.press("pagedown")
        bottom = scroll.scroll_y
        assert bottom > 0
        await pilot.press("up")
        assert scroll.scroll_y == bottom - 1
        await pilot.press("down")
        assert scroll.scroll_y == bottom


async def test_a_link_can_be_clicked(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr("dp100.tui.browser.open_page", lambda url: opened.append(url) or True)
    async with studying(learner, "small-single", size=(100, 40)) as pilot:
        await pilot.press("1", "enter")
        await pilot.pause()
        assert "learn.microsoft.com/azure/machine-learning/how-to-tune-hyperparameters" in text_of(pilot.app)
        await pilot.click("Links", offset=(5, 1))
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
    assert opened == ["https://learn.microsoft.com/azure/machine-learning/how-to-tune-hyperparameters"] * 2


async def test_bookmarks_show_and_go(learner: Learner) -> None:
    async with studying(learner, "small-single") as pilot:
        await pilot.press("b")
        assert "★ bookmarked" in text_of(pilot.app)
        assert learner.marks("small-single").bookmarked
        await pilot.press("b")
        assert "bookmarked" not in text_of(pilot.app)


async def test_a_flag_keeps_a_note_and_can_be_taken_away(learner: Learner) -> None:
    async with studying(learner, "small-single") as pilot:
        await pilot.press("f")
        assert isinstance(pilot.app.screen, FlagScreen)
        await type_text(pilot, "two right answers")
        await pilot.press("enter")
        await pilot.pause()
        assert learner.marks("small-single").flagged == "two right answers"
        assert "⚑ flagged" in text_of(pilot.app)
        await pilot.press("f", "escape")
        assert learner.marks("small-single").flagged == "two right answers"
        await pilot.press("f", "ctrl+u", "enter")
        await pilot.pause()
        assert learner.marks("small-single").flagged is None
        assert log(learner) == []


async def test_a_question_set_aside_can_be_brought_back(learner: Learner) -> None:
    async with studying(learner, "small-single", "small-git") as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert asked(pilot).item == "small-git"
        assert "1 of 1" in text_of(pilot.app)
        assert learner.marks("small-single").suspended
        await pilot.press("z")
        await pilot.pause()
        assert asked(pilot).item == "small-single"
        assert "It is asked again." in text_of(pilot.app)
        assert not learner.marks("small-single").suspended


async def test_setting_the_last_question_aside_ends_the_session(learner: Learner) -> None:
    async with studying(learner, "small-single") as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_summary_says_what_came_of_it(learner: Learner) -> None:
    async with studying(learner, "small-single", "small-git") as pilot:
        await pilot.press(*keys_for(asked(pilot), wrong_answer(asked(pilot))), "enter", "enter")
        await pilot.pause()
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter", "q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)
        seen = text_of(pilot.app)
        assert "1 of 2 right at first sight · 50 %" in seen
        assert "missed once" in seen
        assert "1 question not right yet" in seen
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_leaving_before_an_answer_goes_back_without_a_summary(learner: Learner) -> None:
    async with studying(learner, "small-single") as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HomeScreen)


async def test_the_scenario_opens_over_the_question_at_80_columns(learner: Learner) -> None:
    async with studying(learner, "small-case-night") as pilot:
        assert "i shows the scenario" in text_of(pilot.app)
        assert "bus operator" not in text_of(pilot.app)
        await pilot.press("i")
        assert "bus operator" in text_of(pilot.app)
        assert "What runs the nightly predictions?" not in text_of(pilot.app)
        await pilot.press("right_square_bracket")
        assert "Nothing that runs all night" in text_of(pilot.app)
        await pilot.press("i")
        assert "What runs the nightly predictions?" in text_of(pilot.app)


async def test_the_scenario_stays_beside_the_questions_of_its_case(learner: Learner) -> None:
    async with studying(learner, "small-case-night", "small-case-size", "small-git", size=(120, 40)) as pilot:
        await pilot.click("TabLine", offset=(16, 0))
        assert "Nothing that runs all night" in text_of(pilot.app)
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter", "enter")
        await pilot.pause()
        assert asked(pilot).item == "small-case-size"
        assert "Nothing that runs all night" in text_of(pilot.app), "the same tab is still open"
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter", "enter")
        await pilot.pause()
        assert "Requirements" not in text_of(pilot.app)


async def test_a_full_disk_is_told_and_nothing_is_lost(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studying(learner, "small-multiple", "small-git") as pilot:
        keys = keys_for(asked(pilot), asked(pilot).key)
        await pilot.press(*keys)
        with monkeypatch.context() as broken:
            broken.setattr(learner, "record", fails)
            await pilot.press("enter")
            assert told(pilot.app) == [SENTENCE]
        assert log(learner) == []
        assert study_of(pilot).session.outcome is None
        await pilot.press("enter")
        assert "✓ Right" in text_of(pilot.app)
        assert len(log(learner)) == 1
        with monkeypatch.context() as broken:
            broken.setattr(learner, "undo", fails)
            await pilot.press("z")
            assert len(log(learner)) == 1
        await pilot.press("enter")
        await pilot.pause()
        assert asked(pilot).item == "small-git"


async def test_an_error_while_flagging_is_told(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    async with studying(learner, "small-git") as pilot:
        monkeypatch.setattr(learner, "flag", fails)
        await pilot.press("f", "x", "enter")
        await pilot.pause()
        assert told(pilot.app) == [SENTENCE]
        assert isinstance(pilot.app.screen, StudyScreen)


async def test_a_question_that_cannot_be_read_is_told(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with studying(learner, "small-git", "small-single") as pilot:
        await pilot.press("1", "enter")
        with monkeypatch.context() as broken:
            broken.setattr(learner.catalogue, "question", fails)
            await pilot.press("enter")
            await pilot.pause()
            assert told(pilot.app) == [SENTENCE]
        assert len(log(learner)) == 1
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(pilot.app.screen, SummaryScreen)


@pytest.mark.parametrize("item", KINDS)
@pytest.mark.parametrize("judged", [False, True])
async def test_resizing_to_20_by_5_and_back_crashes_nothing(
    learner: Learner, item: str, judged: bool
) -> None:
    async with studying(learner, item) as pilot:
        if judged:
            await pilot.press(*keys_for(asked(pilot), wrong_answer(asked(pilot))), "enter")
        for size in [(20, 5), (3, 2), (130, 20), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
            if judged:
                await pilot.press("w", "down")
            else:
                await pilot.press("down", "i")
        assert "Study" in text_of(pilot.app)
        assert pilot.app.is_running


@pytest.mark.parametrize("item", KINDS)
async def test_the_foot_always_has_enter_and_the_help(learner: Learner, item: str) -> None:
    async with studying(learner, "small-git", item) as pilot:
        await pilot.press("1", "enter", "enter")
        await pilot.pause()
        foot = text_of(pilot.app).splitlines()[-1]
        assert foot.strip().startswith("Enter sure")
        assert "? keys" in foot
        await pilot.press(*keys_for(asked(pilot), asked(pilot).key), "enter")
        foot = text_of(pilot.app).splitlines()[-1]
        assert foot.strip().startswith("Enter next   n the note")
        assert "? keys" in foot


@pytest.mark.parametrize("item", KINDS)
async def test_the_help_lists_what_can_be_pressed(learner: Learner, item: str) -> None:
    async with studying(learner, item, size=(100, 50)) as pilot:
        below = study_of(pilot)
        await pilot.press("question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        seen = text_of(pilot.app)
        for active in below.active_bindings.values():
            if active.enabled and active.binding.id and active.binding.description:
                assert active.binding.description in seen


def test_every_binding_has_an_id() -> None:
    from dp100.tui.keys import known_keys

    known = known_keys()
    for name in ("study.unsure", "study.undo", "answer.pick", "answer.yes", "exam.flag", "review.flagged"):
        assert name in known


async def test_a_leech_is_pointed_out(learner: Learner) -> None:
    item = learner.catalogue.item("small-git")
    for _ in range(5):
        learner.record(
            item,
            points=1,
            possible=1,
            confidence=Confidence.SURE,
            seconds=1,
            source="study",
            answer=(0,),
            seed=1,
        )
        learner.record(
            item,
            points=0,
            possible=1,
            confidence=Confidence.SURE,
            seconds=1,
            source="study",
            answer=(1,),
            seed=1,
        )
    learner.record(
        item, points=1, possible=1, confidence=Confidence.SURE, seconds=1, source="study", answer=(0,), seed=1
    )
    async with studying(learner, "small-git") as pilot:
        await pilot.press(*keys_for(asked(pilot), wrong_answer(asked(pilot))), "enter")
        assert ("missed again and again" in text_of(pilot.app)) == learner.card("small-git").leech  # type: ignore[union-attr]


async def test_a_session_that_cannot_begin_is_told(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        monkeypatch.setattr(learner.catalogue, "question", fails)
        app.open_study(["small-git"])
        await pilot.pause()
        await pilot.pause()
        assert SENTENCE in told(app)
        assert isinstance(app.screen, HomeScreen)


async def test_a_question_that_is_missed_again_and_again_says_so(learner: Learner, clock: FixedClock) -> None:
    item = learner.catalogue.item("small-single")
    for day in range(14):
        learner.record(
            item,
            points=day % 2,
            possible=1,
            confidence=Confidence.SURE,
            seconds=10,
            source="study",
            answer=(0,),
            seed=1,
            at=clock.now() - dt.timedelta(days=30 - day * 2),
        )
    card = learner.card("small-single")
    assert card is not None
    assert card.leech
    app = Dp100App(learner, start=("study", Selection(mode="items", items=("small-single",))))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "often missed" in text_of(app)
