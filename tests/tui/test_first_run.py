from __future__ import annotations

import datetime as dt

from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.screens.first_run import FirstRunScreen
from dp100.tui.screens.home import HomeScreen

from .looking import shown, text_of, type_text


async def test_the_first_run_explains_itself_in_one_screen_and_asks_for_the_date(newcomer: Learner) -> None:
    app = Dp100App(newcomer)
    async with shown(app):
        assert isinstance(app.screen, FirstRunScreen)
        seen = text_of(app)
        assert "Everything you need for DP-100" in seen
        assert "was retired on 1 June 2026" in seen
        assert "When is your exam?" in seen
        assert app.screen.query_one("#body").max_scroll_y == 0


async def test_a_date_is_kept_and_home_counts_down(newcomer: Learner) -> None:
    app = Dp100App(newcomer)
    async with shown(app) as pilot:
        await type_text(pilot, "12 Dec")
        await pilot.pause()
        assert "Sat 12 December, in 23 days" in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert "exam in 23 days · Sat 12 December" in text_of(app)
    assert newcomer.settings.exam_date == dt.date(2026, 12, 12)
    assert newcomer.settings.introduced


async def test_it_may_be_skipped_and_does_not_come_again(newcomer: Learner) -> None:
    app = Dp100App(newcomer)
    async with shown(app) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
    assert newcomer.settings.exam_date is None
    again = Dp100App(newcomer)
    async with shown(again):
        assert isinstance(again.screen, HomeScreen)


async def test_enter_on_an_empty_line_skips_too(newcomer: Learner) -> None:
    app = Dp100App(newcomer)
    async with shown(app) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)


async def test_what_is_no_date_gets_a_sentence_and_stays_to_be_mended(newcomer: Learner) -> None:
    app = Dp100App(newcomer)
    async with shown(app) as pilot:
        await type_text(pilot, "soon")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FirstRunScreen)
        assert "✗ “soon” is not a date that can be read." in text_of(app)
        assert "│ soon" in text_of(app)
    assert not newcomer.settings.introduced


async def test_an_app_that_opens_at_a_session_does_not_ask(newcomer: Learner) -> None:
    class Studied(Dp100App):
        asked: object = None

        def open_study(self, what: object) -> None:
            self.asked = what

    app = Studied(newcomer, start=("study", Selection(area="train")))
    async with shown(app):
        assert app.asked == Selection(area="train")
        assert isinstance(app.screen, HomeScreen)
