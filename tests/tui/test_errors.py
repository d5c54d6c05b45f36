from __future__ import annotations

from typing import NoReturn

import pytest

from dp100.errors import Dp100Error
from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.home import HomeScreen

from .looking import shown, text_of, told

SENTENCE = "The disk is full [/bold]: nothing was written. Free some space."


def fails(*_: object, **__: object) -> NoReturn:
    raise Dp100Error(SENTENCE)


@pytest.mark.parametrize(("method", "key"), [("stats", "t"), ("queue", "s")])
async def test_an_error_of_a_key_is_told_and_the_app_goes_on(
    practised: Learner, monkeypatch: pytest.MonkeyPatch, method: str, key: str
) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        monkeypatch.setattr(practised, method, fails)
        await pilot.press(key)
        await pilot.pause()
        assert told(app) == [SENTENCE]
        assert isinstance(app.screen, HomeScreen)
        assert app.is_running


async def test_an_error_of_enter_on_a_line_is_told(
    practised: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        monkeypatch.setattr(practised, "queue", fails)
        await pilot.press("enter")
        await pilot.pause()
        assert told(app) == [SENTENCE]


async def test_an_error_on_coming_back_is_told(practised: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("t")
        monkeypatch.setattr(practised, "overview", fails)
        await pilot.press("escape")
        await pilot.pause()
        assert told(app) == [SENTENCE]
        assert "dp100" in text_of(app)


async def test_a_note_that_cannot_be_read_is_told(
    practised: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        monkeypatch.setattr(practised.catalogue, "note", fails)
        await pilot.press("n")
        await pilot.pause(0.2)
        assert told(app) == [SENTENCE]


async def test_a_theme_that_cannot_be_kept_is_told(
    practised: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 40)) as pilot:
        app.open_settings()
        await pilot.pause()
        monkeypatch.setattr(practised, "change_settings", fails)
        app.screen.query_one("#sdk Choice").focus()
        await pilot.press("right")
        await pilot.pause()
        assert "The disk is full [/bold]" in text_of(app)


async def test_what_no_screen_tells_is_the_last_line_and_no_traceback(
    practised: Learner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(practised, "overview", fails)
    app = Dp100App(practised)
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == 1
    said = "".join(capsys.readouterr())
    assert "Traceback" not in said
