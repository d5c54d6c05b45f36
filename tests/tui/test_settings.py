from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from dp100.memory.learner import Learner
from dp100.tui.app import Dp100App
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.settings import SettingsScreen
from dp100.tui.screens.settings_keys import KeysScreen
from dp100.tui.widgets.drawn import Drawn
from dp100.tui.widgets.rows import Rows

from .looking import line_with, shown, text_of, told, type_text

TALL = (100, 40)


async def fill(pilot: Pilot[Any], field: str, text: str) -> None:
    """Writes over what a field holds, and keeps it with Enter."""
    pilot.app.screen.query_one(f"#{field} Input").focus()
    await pilot.press("end", "ctrl+u")
    await type_text(pilot, text)
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("exam_date", "12 Dec", dt.date(2026, 12, 12)),
        ("new_per_day", "25", 25),
        ("due_per_day", "0", 0),
        ("retention", "85 %", 0.85),
        ("retention", "0.8", 0.8),
    ],
)
async def test_a_field_that_is_right_is_kept_at_once(
    learner: Learner, field: str, text: str, value: object
) -> None:
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        await fill(pilot, field, text)
    assert getattr(learner.settings, field) == value


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("exam_date", "soon", "“soon” is not a date that can be read."),
        ("exam_date", "2020-01-01", "1 January 2020 has passed."),
        ("new_per_day", "many", "Write a whole number from 0 to 9999."),
        ("new_per_day", "-3", "Write a whole number from 0 to 9999."),
        ("due_per_day", "99999", "Write a whole number from 0 to 9999."),
        ("retention", "much", "Write a percentage from 70 % to 97 %."),
        ("retention", "12 %", "Write a percentage from 70 % to 97 %."),
        ("packs", "/no/such/folder", "There is no folder /no/such/folder."),
    ],
)
async def test_a_bad_entry_gets_a_sentence_beside_it_and_nothing_is_lost(
    learner: Learner, field: str, text: str, sentence: str
) -> None:
    before = getattr(learner.settings, field)
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        await fill(pilot, field, text)
        said = app.screen.query_one(f"#{field} .said", Drawn)
        assert sentence in " ".join(line.plain for line in said.lines(200))
        assert "✗" in text_of(app)
        assert text in line_with(app, text)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert any("Not changed" in message for message in told(app))
    assert getattr(learner.settings, field) == before


async def test_an_empty_date_means_none(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        await fill(pilot, "exam_date", "")
    assert practised.settings.exam_date is None


async def test_an_exam_date_that_has_passed_may_stay(learner: Learner) -> None:
    learner.change_settings(exam_date=dt.date(2026, 11, 1))
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        assert "has passed" in text_of(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert told(app) == []
    assert learner.settings.exam_date == dt.date(2026, 11, 1)


async def test_sdk_and_theme_are_chosen_with_the_arrows(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        app.screen.query_one("#sdk Choice").focus()
        await pilot.press("right")
        app.screen.query_one("#theme Choice").focus()
        await pilot.press("right")
        await pilot.pause()
        assert app.theme == "dp100-light"
    assert learner.settings.sdk == "v2"
    assert learner.settings.theme == "dp100-light"
    again = Dp100App(learner)
    async with shown(again):
        assert again.theme == "dp100-light"
        assert not again.current_theme.dark


async def test_own_content_is_read_at_once(learner: Learner, tmp_path: Path) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "own.yaml").write_text(
        "questions:\n- id: own-question\n  topic: foundations.tools.git\n  kind: single\n  level: recall\n  stem: S\n"
        "  choices:\n  - {text: a, correct: true, why: b}\n  - {text: c, why: d}\n"
    )
    before = learner.catalogue.size
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        # The path is put in, not typed: it is long.
        app.screen.query_one("#packs Input").value = str(pack)  # type: ignore[attr-defined]
        app.screen.query_one("#packs Input").focus()
        await pilot.press("enter")
        await pilot.pause()
    assert learner.catalogue.size == before + 1


async def test_up_and_down_go_between_the_fields(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app, TALL) as pilot:
        app.open_settings()
        await pilot.pause()
        await pilot.press("down", "down", "up")
        assert app.focused is not None
        assert app.focused.parent is not None
        assert app.focused.parent.id == "new_per_day"


async def open_keys(app: Dp100App, pilot: Pilot[Any]) -> None:
    app.open_settings()
    await pilot.pause()
    app.screen.query_one("#keys KeysField").focus()
    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(app.screen, KeysScreen)


async def test_a_key_moves_everywhere_and_is_kept(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, TALL) as pilot:
        await open_keys(app, pilot)
        app.screen.query_one(Rows).select("stats")
        await pilot.press("enter", "S")
        await pilot.pause()
        assert practised.settings.keys == {"stats": "S"}
        assert "moved from t" in text_of(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "S stats" in text_of(app)
        await pilot.press("t")
        assert isinstance(app.screen, HomeScreen)
        await pilot.press("S")
        assert not isinstance(app.screen, HomeScreen)
    again = Dp100App(practised)
    async with shown(again):
        assert "S stats" in text_of(again)


async def test_a_key_that_is_taken_gets_a_sentence(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, TALL) as pilot:
        await open_keys(app, pilot)
        app.screen.query_one(Rows).select("stats")
        await pilot.press("enter", "n")
        await pilot.pause()
        assert "n already means “notes”. Press another key" in text_of(app)
        await pilot.press("tab")
        await pilot.pause()
        assert "Tab cannot be moved. Press another key." in text_of(app)
        await pilot.press("escape")
    assert practised.settings.keys == {}


async def test_a_moved_key_goes_back(practised: Learner) -> None:
    practised.change_settings(keys={"stats": "S"})
    app = Dp100App(practised)
    async with shown(app, TALL) as pilot:
        await open_keys(app, pilot)
        app.screen.query_one(Rows).select("stats")
        await pilot.press("backspace")
        await pilot.pause()
        await pilot.press("escape", "escape", "t")
        assert not isinstance(app.screen, HomeScreen)
    assert practised.settings.keys == {}


async def test_it_can_be_used_at_20_by_5(learner: Learner) -> None:
    app = Dp100App(learner)
    async with shown(app, (20, 5)) as pilot:
        app.open_settings()
        await pilot.pause()
        await fill(pilot, "due_per_day", "7")
        assert isinstance(app.screen, SettingsScreen)
    assert learner.settings.due_per_day == 7
