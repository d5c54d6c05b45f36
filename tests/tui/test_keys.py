from __future__ import annotations

from collections import defaultdict

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.keys import SHARED, known_keys, written
from dp100.tui.screens.area import AreaScreen
from dp100.tui.screens.help import HelpScreen
from dp100.tui.screens.home import HomeScreen
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.screens.stats import StatsScreen

from .looking import line_with, shown, text_of, type_text


@pytest.mark.parametrize("open_it", [[], ["n"], ["t"], ["up", "enter"]])
async def test_question_mark_lists_the_keys_of_the_screen(practised: Learner, open_it: list[str]) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 45)) as pilot:
        await pilot.press(*open_it)
        await pilot.pause(0.2)
        below = app.screen
        await pilot.press("question_mark")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        seen = text_of(app)
        for active in below.active_bindings.values():
            if active.binding.show and active.enabled:
                assert active.binding.description in seen
        await pilot.press("escape")
        assert app.screen is below


async def test_the_help_tells_moved_keys(practised: Learner) -> None:
    practised.change_settings(keys={"stats": "f2"})
    app = Dp100App(practised)
    async with shown(app, (100, 45)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "f2" in line_with(app, "stats").lower()


def test_every_key_can_be_moved_and_has_a_word() -> None:
    known = known_keys()
    assert set(SHARED) <= set(known)
    for keys, word in known.values():
        assert keys
        assert word


MEANT = {"answer.yes", "answer.no", "exam.open_book", "lab.edit", "lab.hint"}
"""Exceptions: y and n answer a table of statements, before an exam there is no page to open, and in a lab h gives
a hint and o opens the learner's editor."""


def test_a_key_means_the_same_on_every_screen() -> None:
    """No binding takes a shared key's default for something that has another id, but where text is typed."""
    import importlib
    import inspect
    import pkgutil

    from dp100 import tui

    shared = {key: id for id, (keys, _) in SHARED.items() for key in keys.split(",")}
    strangers = defaultdict(list)
    for module in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if not (issubclass(kind, DOMNode) and kind.__module__ == module.name):
                continue
            for binding in kind.__dict__.get("BINDINGS", ()):
                if isinstance(binding, Binding) and binding.id and binding.description:
                    for key in binding.key.split(","):
                        if key in shared and shared[key] != binding.id:
                            strangers[name].append((key, binding.id))
    assert not {id for pairs in strangers.values() for _, id in pairs} - MEANT


def test_keys_are_written_for_people() -> None:
    assert [written(key) for key in ("enter", "escape", "question_mark", "ctrl+p", "up", "comma")] == [
        "Enter", "Esc", "?", "ctrl+p", "↑", ",",
    ]  # fmt: skip


async def palette(app: Dp100App, pilot: object, text: str) -> None:
    await pilot.press("ctrl+p")  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    await type_text(pilot, text)  # type: ignore[arg-type]
    await pilot.pause(0.6)  # type: ignore[attr-defined]
    await pilot.press("enter")  # type: ignore[attr-defined]
    await pilot.pause(0.4)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "screen"),
    [
        ("statist", StatsScreen),
        ("open area: opt", AreaScreen),
        ("note: early", NotesScreen),
        ("home", HomeScreen),
    ],
)
async def test_the_palette_goes_to_any_screen(practised: Learner, text: str, screen: type[object]) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 40)) as pilot:
        await palette(app, pilot, text)
        assert isinstance(app.screen, screen)


@pytest.mark.parametrize(
    ("text", "selection"),
    [
        ("study area: deploy", Selection(area="deploy")),
        ("study objective: hyperdrive", Selection(objective="optimize.hyperdrive")),
        ("study: early", Selection(topic="optimize.hyperdrive.termination")),
        ("[bold]", Selection(topic="deploy.service.markup")),
        ("only mistakes", Selection(mode="mistakes")),
        ("bookmarks", Selection(mode="bookmarks")),
        ("weakest", Selection(mode="weakest")),
        ("only sdk v2", Selection(only_sdk="v2")),
    ],
)
async def test_the_palette_studies_anything(practised: Learner, text: str, selection: Selection) -> None:
    asked: list[object] = []

    class Studied(Dp100App):
        def open_study(self, what: object) -> None:
            asked.append(what)

        def open_notes(self, topic: str | None = None) -> None:
            asked.append(Selection(topic=topic))

    app = Studied(practised)
    async with shown(app, (100, 40)) as pilot:
        await palette(app, pilot, text)
    assert asked == [selection]


async def test_the_palette_changes_the_theme(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 40)) as pilot:
        await palette(app, pilot, "light")
        assert app.theme == "dp100-light"
    assert practised.settings.theme == "dp100-light"


async def test_home_from_the_palette_leaves_all_screens_between(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 40)) as pilot:
        await pilot.press("t")
        app.open_notes()
        await pilot.pause()
        await palette(app, pilot, "home")
        assert isinstance(app.screen, HomeScreen)
        assert len(app.screen_stack) == 1


async def test_going_back_to_an_open_screen_does_not_pile_up(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (100, 40)) as pilot:
        await pilot.press("t")
        stats = app.screen
        app.open_settings()
        await pilot.pause()
        app.open_stats()
        await pilot.pause()
        assert app.screen is stats


@pytest.mark.parametrize(
    "keys", ["question_mark", "ctrl+p", "n slash", "s f", "s question_mark", "e enter E", "e enter r"]
)
async def test_control_c_ends_the_app(practised: Learner, keys: str) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        for one in keys.split():
            await pilot.press(one)
            await pilot.pause(0.3)
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert app.return_code == 0
    assert not app.is_running


async def test_control_c_copies_what_is_selected(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        await pilot.press("comma")
        await pilot.pause()
        await type_text(pilot, "12 Dec")
        await pilot.press("shift+home", "ctrl+c")
        await pilot.pause()
        assert app.is_running
        assert app.clipboard.endswith("12 Dec")


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 120])
async def test_the_foot_always_has_room_for_the_key_that_shows_the_others(
    practised: Learner, columns: int
) -> None:
    app = Dp100App(practised)
    async with shown(app, (columns, 24)) as pilot:
        for keys in (["s"], ["escape"], ["n"]):
            assert "? keys" in text_of(app).splitlines()[-1]
            await pilot.press(*keys)
            await pilot.pause()
        assert "? keys" in text_of(app).splitlines()[-1]
