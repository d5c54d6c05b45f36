from __future__ import annotations

import datetime as dt

import pytest

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.area import AreaScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.settings import SettingsScreen
from dp100.tui.screens.stats import StatsScreen
from dp100.tui.widgets.rows import Rows

from .conftest import NOW, answer
from .looking import line_with, shown, text_of


async def test_a_newcomer_reads_what_this_is_and_what_to_do(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app):
        seen = text_of(app)
        assert "just before you would forget it" in " ".join(seen.split())
        assert "▸ Study    10 new questions" in seen
        assert "no exam date" in seen
        assert "Estimated score" not in seen
        assert "Weakest" not in seen


async def test_the_areas_stand_with_weight_mastery_and_counts(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app):
        overview = practised.overview()
        for area in overview.areas:
            line = line_with(app, area.short)
            assert f"{area.mastery * 100:.0f} %" in line
            assert f"{area.due} due" in line
            assert f"{area.new} new" in line
        assert "30-35 %" in line_with(app, "Set up a workspace")
        assert "–" in line_with(app, "Foundations")
        assert f"{overview.score} of 1000" in text_of(app)
        assert "exam in 23 days · Sat 12 December" in text_of(app)


async def test_nothing_due_says_when_the_next_comes_and_offers_more(learner: Learner) -> None:
    learner.change_settings(new_per_day=0)
    answer(learner, days_ago=[0], ids=["small-single", "small-git"], right=True)
    app = Dp100App(learner)
    async with shown(app):
        seen = text_of(app)
        assert "Nothing is due. Next: " in seen
        assert "▸ Weakest" in seen
        assert "more questions" in line_with(app, "New")
        assert "Exam" in seen


async def test_days_away_bring_a_catch_up_of_bounded_size(practised: Learner) -> None:
    practised.change_settings(due_per_day=4)
    practised.clock.advance(dt.timedelta(days=40))  # type: ignore[attr-defined]
    app = Dp100App(practised)
    async with shown(app):
        overview = practised.overview()
        assert overview.catch_up
        assert f"Catch up {overview.due} of {overview.due_total} due" in text_of(app)
        assert f"You were away for {overview.away_days} days." in text_of(app)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (NOW.date(), "exam today"),
        (NOW.date() + dt.timedelta(days=1), "exam tomorrow"),
        (NOW.date() - dt.timedelta(days=7), "your exam was on Thu 12 November"),
        (dt.date(2027, 2, 1), "Mon 1 February 2027"),
    ],
)
async def test_the_corner_counts_down(learner: Learner, day: dt.date, said: str) -> None:
    learner.change_settings(exam_date=day)
    app = Dp100App(learner)
    async with shown(app):
        assert said in text_of(app)


async def test_a_retired_exam_is_said_once(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app):
        assert text_of(app).count("retired") == 1
        assert "DP-100 was retired on 1 June 2026; AI-300 succeeded it." in text_of(app)


async def test_an_exam_that_was_broken_off_comes_first(practised: Learner) -> None:
    exams.begin(
        practised.store, outline="x", form="full", open_book=False, minutes=62, passing=700, places=[], at=NOW
    )
    app = Dp100App(practised)
    async with shown(app):
        assert "▸ Exam     resume, 62 min left" in text_of(app)


async def test_the_last_exam_is_remembered(practised: Learner) -> None:
    at = NOW - dt.timedelta(days=9)
    exam = exams.begin(
        practised.store, outline="x", form="full", open_book=False, minutes=100, passing=700, places=[], at=at
    )
    exams.finish(practised.store, exam, remaining=0, score=640, points=64, possible=100, places=[], at=at)
    app = Dp100App(practised)
    async with shown(app):
        assert "last one 640, 9 days ago" in text_of(app)


@pytest.mark.parametrize(
    ("key", "screen"), [("n", NotesScreen), ("t", StatsScreen), ("comma", SettingsScreen)]
)
async def test_a_key_opens_a_screen_and_escape_comes_back(
    practised: Learner, key: str, screen: type[object]
) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press(key)
        assert isinstance(app.screen, screen)
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_labs_say_that_there_are_none(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("l")
        assert "There are no labs in this edition of dp100." in text_of(app)


async def test_moving_up_from_next_reaches_the_areas_and_enter_opens_one(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("k", "enter")
        assert isinstance(app.screen, AreaScreen)


async def test_left_and_right_go_between_the_panels(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("right")
        assert app.focused is not None
        assert app.focused.id == "heat"
        await pilot.press("h")
        assert app.focused.id == "next"
        await pilot.press("right", "enter")
        assert isinstance(app.screen, StatsScreen)


async def test_the_mouse_chooses_a_line(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.click("#areas", offset=(6, 1))
        assert isinstance(app.screen, AreaScreen)
        assert "Run experiments and train models" in text_of(app)


async def test_the_foot_of_the_screen_can_be_clicked(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        at = line_with(app, "n notes").index("n notes")
        await pilot.click("KeyBar", offset=(at, 0))
        await pilot.pause()
        assert isinstance(app.screen, NotesScreen)


async def test_q_quits(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("q")
    assert not app.is_running
    assert app.return_code == 0


async def test_what_changed_elsewhere_shows_on_coming_back(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("t")
        answer(learner, days_ago=[0], ids=["small-git"], right=True)
        await pilot.press("escape")
        await pilot.pause()
        assert "Estimated score today" in text_of(app)


async def test_nothing_is_lost_at_80_by_24(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app):
        body = app.screen.query_one("#body")
        assert body.max_scroll_y == 0
        assert "q quit" in text_of(app)


async def test_text_is_not_stretched_at_200_by_60(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (200, 60)):
        for line in text_of(app).splitlines():
            assert len(line.strip()) <= 88
        left = min(len(line) - len(line.lstrip()) for line in text_of(app).splitlines() if line.strip())
        assert 50 <= left <= 60


@pytest.mark.parametrize(
    "keys", [[], ["n"], ["n", "enter"], ["t"], ["comma"], ["up", "enter"], ["question_mark"]]
)
async def test_resizing_to_20_by_5_and_back_loses_nothing(practised: Learner, keys: list[str]) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press(*keys)
        await pilot.pause(0.2)
        before = text_of(app)
        for size in [(20, 5), (3, 2), (200, 60), (80, 24)]:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        await pilot.pause(0.2)
        assert text_of(app).splitlines()[-1] == before.splitlines()[-1]
        assert app.screen.focused is None or app.screen.focused.is_attached


async def test_problems_in_the_content_are_named(learner: Learner) -> None:
    learner.catalogue.problems.append(object())  # type: ignore[arg-type]
    app = Dp100App(learner)
    async with shown(app):
        assert "1 problem in the content; `dp100 questions lint` names it." in text_of(app)


async def test_a_list_keeps_its_cursor_when_it_is_drawn_anew(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("up", "up", "enter", "escape")
        areas = app.screen.query_one("#areas", Rows)
        assert areas.chosen == f"area:{practised.overview().areas[-2].id}"
        assert areas.has_focus


async def test_back_from_an_exam_that_is_open_enter_goes_on_with_it(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        assert "▸ Study" in text_of(app)
        await pilot.press("e", "enter")
        await pilot.pause()
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "▸ Exam     resume" in text_of(app)


async def test_streak_and_accuracy_fit_under_the_weeks(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app):
        assert "Streak 12 · " in text_of(app)
        assert "% right ─╯" in text_of(app)
