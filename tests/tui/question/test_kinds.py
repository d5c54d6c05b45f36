"""Every kind of question: answered right, wrong and in part, with the keyboard and with the mouse."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.quiz.grading import grade
from dp100.tui.widgets.question.row import Row
from tests.tui.looking import line_with, text_of

from .asking import KINDS, answers, asked, keys_for, log, pad, study_of, studying, wrong_answer


@pytest.mark.parametrize("item", KINDS)
async def test_the_right_answer(learner: Learner, item: str) -> None:
    async with studying(learner, item) as pilot:
        question = asked(pilot)
        await pilot.press(*keys_for(question, question.key), "enter")
        assert "✓ Right" in text_of(pilot.app)
        assert "again " in text_of(pilot.app)
        assert "✗" not in text_of(pilot.app)
    assert log(learner) == [(item, len(question.key), len(question.key))]
    assert answers(learner) == [list(question.key)]


@pytest.mark.parametrize("item", KINDS)
async def test_a_wrong_answer(learner: Learner, item: str) -> None:
    async with studying(learner, item) as pilot:
        question = asked(pilot)
        given = wrong_answer(question)
        await pilot.press(*keys_for(question, given), "enter")
        assert "✗ Wrong" in line_with(pilot.app, "again ")
        assert "in 10 min" in text_of(pilot.app)
        signs = [row.mark for row in pad(pilot).telling]
        assert "wrong" in signs
        assert "right" not in signs
    assert log(learner) == [(item, 0, len(question.key))]
    assert answers(learner) == [list(given)]


@pytest.mark.parametrize("item", [item for item in KINDS if item not in ("small-single", "small-computed")])
async def test_a_part_of_the_answer(learner: Learner, item: str) -> None:
    async with studying(learner, item) as pilot:
        question = asked(pilot)
        if len(question.key) == 1:
            return
        wrong = wrong_answer(question)
        half = tuple(sorted([question.key[0], wrong[0]])) if question.interaction == "several" else ()
        if question.interaction == "arrange":
            half = (question.key[0], *reversed(question.key[1:]))
        half = half or (question.key[0], *wrong[1:])
        points = grade(question, half).points
        assert 0 < points < len(question.key)
        await pilot.press(*keys_for(question, half), "enter")
        assert f"◐ Partly right {points} of {len(question.key)}" in text_of(pilot.app)
    assert log(learner) == [(item, points, len(question.key))]


@pytest.mark.parametrize("item", [item for item in KINDS if item not in ("small-single", "small-computed")])
async def test_an_open_answer_is_warned_about_once(learner: Learner, item: str) -> None:
    async with studying(learner, item) as pilot:
        if len(asked(pilot).key) == 1 or item in ("small-match", "small-fill"):
            return  # Enter takes what is marked there
        await pilot.press("enter")
        assert "! " in text_of(pilot.app)
        assert log(learner) == []
        await pilot.press("enter")
        assert "Wrong" in text_of(pilot.app)
    assert [points for _, points, _ in log(learner)] == [0]


async def test_a_warning_is_forgotten_when_the_answer_changes(learner: Learner) -> None:
    async with studying(learner, "small-multiple") as pilot:
        await pilot.press("1", "enter")
        assert "1 of 2 chosen" in text_of(pilot.app)
        await pilot.press("1")
        assert "1 of 2 chosen" not in text_of(pilot.app)
        await pilot.press("enter")
        assert "0 of 2 chosen" in text_of(pilot.app)
    assert log(learner) == []


@pytest.mark.parametrize("key", ["u", "g"])
async def test_unsure_and_guess_on_slots_never_answer_half(learner: Learner, key: str) -> None:
    """Each press takes what is marked; the last one answers."""
    async with studying(learner, "small-fill") as pilot:
        await pilot.press(key)
        assert log(learner) == []
        await pilot.press(key)
    assert len(log(learner)) == 1
    assert None not in answers(learner)[0]


@pytest.mark.parametrize("key", ["u", "g"])
async def test_how_sure_is_logged(learner: Learner, key: str) -> None:
    async with studying(learner, "small-single") as pilot:
        question = asked(pilot)
        await pilot.press(*keys_for(question, question.key), key)
    assert learner.store.row("SELECT confidence FROM review") == ({"u": 1, "g": 0}[key],)


async def test_a_full_choice_takes_no_more(learner: Learner) -> None:
    async with studying(learner, "small-multiple") as pilot:
        await pilot.press("1", "2", "3")
        assert len(pad(pilot).answer) == 2
        await pilot.press("1", "3")
        order = [option.index for option in asked(pilot).options]
        assert set(pad(pilot).answer) == {order[1], order[2]}


async def test_entries_can_be_moved_in_their_order(learner: Learner) -> None:
    async with studying(learner, "small-order", size=(80, 40)) as pilot:
        await pilot.press("1", "2", "3")
        first, second, third = pad(pilot).answer
        await pilot.press("alt+up")
        assert pad(pilot).answer == (first, third, second)
        await pilot.press("K")
        assert pad(pilot).answer == (third, first, second)
        await pilot.press("J")
        assert pad(pilot).answer == (first, third, second)
        await pilot.press("space")
        assert pad(pilot).answer == (first, second)


async def test_tab_goes_from_slot_to_slot(learner: Learner) -> None:
    async with studying(learner, "small-match", size=(80, 40)) as pilot:
        await pilot.press("tab", "down", "space")
        assert pad(pilot).answer[0] is None
        assert pad(pilot).answer[1] == asked(pilot).slots[1].options[1].index
        await pilot.press("1")
        assert None not in pad(pilot).answer, "it went on to the slot that was still open"
        await pilot.press("tab", "tab", "shift+tab", "3")
        assert pad(pilot).answer[1] == asked(pilot).slots[1].options[2].index


async def test_what_is_chosen_shows_in_the_body(learner: Learner) -> None:
    async with studying(learner, "small-fill") as pilot:
        question = asked(pilot)
        assert "type=[1: ______], path=[2: ______]" in text_of(pilot.app)
        await pilot.press(keys_for(question, wrong_answer(question))[0])
        assert "type=[1: AssetTypes.URI_FOLDER]" in text_of(pilot.app)
        await pilot.press("1", "enter")
        assert "type=[1: AssetTypes.URI_FILE]" in text_of(pilot.app), "the feedback shows the right code"


async def test_solutions_come_one_by_one_and_stay(learner: Learner) -> None:
    async with studying(learner, "small-series") as pilot:
        assert "Mirror" not in text_of(pilot.app)
        await pilot.press("n", "y", "enter")
        assert "Mirror" in text_of(pilot.app)
        await pilot.press("up", "n", "enter")
    assert answers(learner) == [[0, 1]]


@pytest.mark.parametrize("item", KINDS)
async def test_with_the_mouse(learner: Learner, item: str) -> None:
    async with studying(learner, item, size=(100, 50)) as pilot:
        question = asked(pilot)
        rows = list(pilot.app.screen.query(Row))
        if question.interaction in ("one", "several", "arrange"):
            order = [option.index for option in question.options]
            for part in question.key:
                await pilot.click(rows[order.index(part or 0)])
        else:
            for number, (slot, part) in enumerate(zip(question.slots, question.key, strict=True)):
                if question.form in ("yes_no", "series"):
                    times = 1 if part == 0 else 2
                    for _ in range(times):
                        await pilot.click(rows[number])
                    if question.form == "series" and number + 1 < len(question.slots):
                        await pilot.press("enter")
                else:
                    place = [option.index for option in slot.options].index(part or 0)
                    box = list(pilot.app.screen.query(".slot"))[number]
                    await pilot.click(box.query_one(".prompt"))
                    await pilot.click(list(box.query(".option"))[place])
        at = line_with(pilot.app, "Enter sure").index("Enter sure")
        await pilot.click("KeyBar", offset=(at, 0))
        await pilot.pause()
        assert "✓ Right" in text_of(pilot.app)
    assert log(learner) == [(item, len(question.key), len(question.key))]


@pytest.mark.parametrize("item", KINDS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_answer_is_seen_and_nothing_beside_it_moves(
    learner: Learner, item: str, size: tuple[int, int]
) -> None:
    async with studying(learner, item, size=size) as pilot:
        question = asked(pilot)
        await pilot.press(*keys_for(question, wrong_answer(question)))
        stem = text_of(pilot.app).splitlines()[4]
        await pilot.press("enter")
        await pilot.pause()
        window = study_of(pilot).query_one("#scroll").region
        for row in pad(pilot).telling:
            assert window.contains_region(row.region)
        assert text_of(pilot.app).splitlines()[4] == stem


async def test_what_was_chosen_is_seen_when_it_does_not_all_fit(learner: Learner) -> None:
    async with studying(learner, "small-single", size=(80, 12)) as pilot:
        question = asked(pilot)
        await pilot.press(*keys_for(question, wrong_answer(question)), "enter")
        await pilot.pause()
        window = study_of(pilot).query_one("#scroll").region
        first = pad(pilot).telling[0].region
        assert window.y <= first.y < window.bottom


async def test_markup_in_content_shows_as_written(learner: Learner) -> None:
    async with studying(learner, "small-markup") as pilot:
        assert "What do [bold, [/] and back\\slashes in [red]text[/red] do?" in text_of(pilot.app)
        assert "[/] shows as written" in text_of(pilot.app)
        assert "It turns [red]red[/red]" in text_of(pilot.app)
        await pilot.press("enter", "w")
        assert "[bold] is text." in text_of(pilot.app)
