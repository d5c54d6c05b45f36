from __future__ import annotations

import datetime as dt

from dp100.memory import exams
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.stats import StatsScreen

from .conftest import NOW, answer
from .looking import shown, text_of


async def test_without_a_review_the_page_says_when_it_fills(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert "After your first session this page fills." in text_of(app)
        assert "None sat yet." in text_of(app)


async def test_the_page_has_everything(practised: Learner) -> None:
    for days, score in ((20, 410), (9, 640)):
        at = NOW - dt.timedelta(days=days)
        exam = exams.begin(
            practised.store,
            outline="x",
            form="full",
            open_book=False,
            minutes=9,
            passing=700,
            places=[],
            at=at,
        )
        exams.finish(practised.store, exam, remaining=0, score=score, points=1, possible=1, places=[], at=at)
    app = Dp100App(practised)
    async with shown(app, (120, 80)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        seen = text_of(app)
        overview, stats = practised.overview(), practised.stats()
        assert f"{overview.reviews} answers" in seen
        assert "Answers by day" in seen
        assert "Retention" in seen
        right, total = stats.accuracy_by_area["optimize"]
        assert f"{right} of {total}" in seen
        assert "Due in the next 30 days" in seen
        assert f"{stats.forecast[0][1]} today" in seen
        assert "2 sat, the last with 640, the best with 640; 700 to pass" in seen
        assert "10 Nov" in seen


async def test_what_does_not_stick_can_be_studied(practised: Learner) -> None:
    asked: list[object] = []

    class Studied(Dp100App):
        def open_study(self, what: object) -> None:
            asked.append(what)

    for day in range(60, 30, -2):
        answer(practised, days_ago=[day], ids=["small-git"], right=day % 4 == 0)
    assert practised.stats().leeches == ["small-git"]
    app = Studied(practised)
    async with shown(app, (120, 80)) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert "1 question that does not stick" in text_of(app)
        await pilot.press("s")
    assert asked == [["small-git"]]


async def test_the_keys_move_the_page(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, StatsScreen)
        body = app.screen.query_one("#body")
        await pilot.press("j", "j")
        await pilot.pause()
        assert body.scroll_y == 2
        await pilot.press("end")
        await pilot.pause()
        assert body.scroll_y == body.max_scroll_y > 10
