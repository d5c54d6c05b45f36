"""The app fits FSRS to its learner by itself, beside what is on the screen."""

from __future__ import annotations

import pytest

from dp100.memory.learner import Learner
from dp100.memory.trouble import StoreError
from dp100.tui.app import Dp100App
from tests.memory.big_log import fill

from .conftest import answer
from .looking import shown, text_of


def fits(learner: Learner) -> list[int]:
    """How many answers each fit was made of, whether or not it found better weights."""
    return [row[0] for row in learner.store.rows("SELECT reviews FROM weights ORDER BY id")]


def many(learner: Learner, answers: int) -> None:
    fill(learner.store, [item.id for item in learner.catalogue.items()], answers, days=60)


async def test_opening_the_app_fits_what_earlier_days_left_unfitted(learner: Learner) -> None:
    many(learner, 250)
    app = Dp100App(learner)
    async with shown(app):
        await app.workers.wait_for_complete()
        assert fits(learner) == [250]


async def test_coming_home_with_the_two_hundredth_answer_fits(learner: Learner) -> None:
    many(learner, 199)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await app.workers.wait_for_complete()
        assert fits(learner) == []
        await pilot.press("s", "enter", "enter")
        while learner.overview().reviews < 200:
            await pilot.press("enter")
        await pilot.press("q", "escape")
        await pilot.pause()
        await app.workers.wait_for_complete()
        assert fits(learner) == [learner.overview().reviews]


async def test_a_fit_that_cannot_be_written_is_not_spoken_of(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Learner) -> bool:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(Learner, "fit", full)
    app = Dp100App(learner)
    async with shown(app):
        await app.workers.wait_for_complete()
        assert app.is_running
        assert not app._notifications


async def test_home_shows_what_is_due_by_the_new_weights(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fitted(self: Learner) -> bool:
        answer(self, days_ago=[40], right=True)  # stands for the change that new weights make to what is due
        return True

    monkeypatch.setattr(Learner, "fit", fitted)
    app = Dp100App(learner)
    async with shown(app) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        due = learner.overview().due
        assert due > 0
        assert f"▸ Study    {due} due" in text_of(app)
