from __future__ import annotations

from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.screens.area import AreaScreen
from dp100.tui.screens.notes import NotesScreen

from .looking import line_with, shown, text_of


class Studied(Dp100App):
    """Remembers what it was asked to study."""

    asked: Selection | None = None

    def open_study(self, what: object) -> None:
        assert isinstance(what, Selection)
        self.asked = what


async def test_an_area_lists_its_objectives_and_topics_with_bars(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_area("optimize")
        await pilot.pause()
        states = practised.topics()
        line = line_with(app, "Early termination")
        assert f"{states['optimize.hyperdrive.termination'].mastery * 100:.0f} %" in line
        assert "━" in line
        assert "Use HyperDrive" in text_of(app)
        assert "20-25 % of the exam" in text_of(app)


async def test_a_long_title_is_cut_in_its_line_and_whole_at_the_foot(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_area("workspace")
        await pilot.pause()
        await pilot.press("end", "up")
        assert "…" in line_with(app, "▸")
        assert "Determine appropriate compute specifications for a training workload" in text_of(app)


async def test_study_takes_the_topic_or_the_objective_under_the_cursor(practised: Learner) -> None:
    app = Studied(practised)
    async with shown(app) as pilot:
        app.open_area("optimize")
        await pilot.pause()
        await pilot.press("s")
        assert app.asked == Selection(objective="optimize.hyperdrive")
        await pilot.press("j", "j", "enter")
        assert app.asked == Selection(topic="optimize.hyperdrive.termination")


async def test_the_note_opens_and_escape_comes_back_to_the_same_line(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_area("optimize")
        await pilot.pause()
        await pilot.press("down", "down", "n")
        await pilot.pause(0.2)
        assert isinstance(app.screen, NotesScreen)
        assert "Ends trials that will not win" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, AreaScreen)
        assert "Early termination" in line_with(app, "▸")


async def test_titles_are_shown_as_written(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_area("deploy")
        await pilot.pause()
        assert "Titles with [bold] markup [/] in them" in text_of(app)
