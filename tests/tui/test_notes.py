from __future__ import annotations

import webbrowser
from typing import Any

import pytest

from dp100.memory.learner import Learner
from dp100.memory.selection import Selection
from dp100.tui.app import Dp100App
from dp100.tui.page import Page
from dp100.tui.screens.notes import NotesScreen
from dp100.tui.widgets.markdown import Fence
from dp100.tui.widgets.note import NoteView

from .looking import line_with, shown, text_of, told, type_text

TERMINATION = "optimize.hyperdrive.termination"


async def test_the_tree_stands_beside_the_note(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        seen = text_of(app)
        assert "Use HyperDrive to tune" in seen
        assert "The place where everything of a project is kept." in seen


async def test_the_note_follows_the_cursor(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        await pilot.press(*["down"] * 12)
        await pilot.pause(0.5)
        assert "Early termination" in line_with(app, "▸")
        assert "Ends trials that will not win" in text_of(app)


async def test_a_narrow_terminal_shows_one_at_a_time(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        assert "The place where everything" not in text_of(app)
        await pilot.press("enter")
        await pilot.pause(0.3)
        assert "The place where everything" in text_of(app)
        assert "Configure workspace settings" not in text_of(app)
        await pilot.press("escape")
        assert "Configure workspace settings" in text_of(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, NotesScreen)


async def test_a_note_asked_for_is_open_at_once_and_escape_returns(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        assert "Ends trials that will not win" in text_of(app)
        await pilot.press("escape")
        assert not isinstance(app.screen, NotesScreen)


async def test_both_sdks_are_tabs(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 50)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        assert "from azure.ai.ml.sweep import BanditPolicy" in text_of(app)
        assert "azureml.train.hyperdrive" not in text_of(app)
        await pilot.press("v")
        await pilot.pause(0.3)
        assert "from azureml.train.hyperdrive import BanditPolicy" in text_of(app)
        assert "azure.ai.ml.sweep" not in text_of(app)


async def test_the_sdk_that_is_set_comes_first(practised: Learner) -> None:
    practised.change_settings(sdk="v1")
    app = Dp100App(practised)
    async with shown(app, (120, 50)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        assert "azureml.train.hyperdrive" in text_of(app)


async def test_code_is_copied(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 50)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        await pilot.press("y")
        assert app.clipboard.startswith("from azure.ai.ml.sweep import BanditPolicy\n\npolicy")
        assert told(app) == ["Copied 3 lines of code."]


async def test_search_finds_as_you_type_and_marks_the_words_in_their_line(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        await pilot.press("slash")
        await type_text(pilot, "median AVERAGES")
        await pilot.pause()
        assert "1 note" in text_of(app)
        assert "Early termination" in text_of(app)
        assert "Median stopping | its best is worse" in text_of(app)
        await pilot.pause(0.5)
        assert "Ends trials that will not win" in text_of(app)
        await pilot.press("enter", "enter")
        await pilot.pause(0.3)
        await pilot.press("escape")
        await pilot.pause()
        assert "Configure workspace settings" in text_of(app)
        assert isinstance(app.screen, NotesScreen)


async def test_search_says_when_nothing_is_found(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        await pilot.press("slash")
        await type_text(pilot, "xyzzy")
        await pilot.pause()
        assert "Nothing found." in text_of(app)
        await pilot.press("enter", "enter", "escape")
        assert isinstance(app.screen, NotesScreen)


async def test_what_looks_like_markup_is_shown_as_written(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes("deploy.service.markup")
        await pilot.pause(0.3)
        seen = text_of(app)
        assert "Titles with [bold] markup [/] in them" in seen
        assert "Text such as [bold], [/], <name> and back\\slashes" in seen
        assert "[red]stop[/red] or [/] or <endpoint-name>" in seen
        assert "--name <endpoint-name>" in seen


async def test_a_topic_without_a_note_says_so(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes("workspace.create.settings")
        await pilot.pause(0.3)
        assert "There is no note on this topic yet." in text_of(app)
        await pilot.press("o", "y", "v")
        assert isinstance(app.screen, NotesScreen)


async def test_the_official_page_opens_or_its_address_is_shown(
    practised: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Browser:
        opened: list[str] = []

        def open(self, url: str) -> bool:
            self.opened.append(url)
            return True

    page = "https://learn.microsoft.com/azure/machine-learning/how-to-tune-hyperparameters"
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        monkeypatch.setattr(webbrowser, "get", Browser)
        await pilot.press("o")
        assert Browser.opened == [page]
        monkeypatch.setattr(webbrowser, "get", lambda: webbrowser.GenericBrowser("lynx"))
        await pilot.press("o")
        assert told(app)[-1] == f"No browser can be opened from here. The page is {page}"


async def test_study_takes_the_topic_that_is_read(practised: Learner) -> None:
    asked: list[Any] = []

    class Studied(Dp100App):
        def open_study(self, what: Any) -> None:
            asked.append(what)

    app = Studied(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        await pilot.press("s")
        assert asked == [Selection(topic=TERMINATION)]


class Underway(Page):
    """Stands for a session, or for a closed-book exam."""

    IN_SESSION = True
    shut = False

    @property
    def closed_book(self) -> bool:
        return self.shut


async def test_no_session_begins_on_top_of_another(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        session = Underway()
        await app.push_screen(session)
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        await pilot.press("s")
        assert isinstance(app.screen, NotesScreen)
        assert "s study" not in text_of(app)
        app.open_study(Selection())
        await pilot.pause()
        assert told(app) == ["You are in the middle of a session. Escape goes back to it."]
        await pilot.press("escape")
        assert app.screen is session


async def test_a_closed_book_stays_closed(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        session = Underway()
        session.shut = True
        await app.push_screen(session)
        app.open_notes()
        await pilot.pause()
        assert app.screen is session
        assert told(app) == ["This exam is sat without the notes. An open-book exam has them."]


async def test_branches_close_and_open(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        await pilot.press("left", "left")
        assert "Configure workspace settings" not in text_of(app)
        assert "▹ Create an Azure" in text_of(app)
        await pilot.press("right")
        assert "Configure workspace settings" in text_of(app)


async def test_an_unknown_topic_is_told(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app) as pilot:
        app.open_notes("no.such.topic")
        await pilot.pause(0.3)
        assert told(app) == ["The outline has no topic no.such.topic."]


async def test_code_that_holds_a_fence_stays_in_one_block(practised: Learner) -> None:
    from dp100.curriculum.model import Coded, Link
    from dp100.curriculum.note import Note

    note = Note(
        topic="x",
        summary="S",
        text="T",
        code=[Coded(language="text", text="before\n```\ninside\n```\nafter")],
        exam="E",
        links=[Link(title="L", url="https://example.org")],
    )
    app = Dp100App(practised)
    async with shown(app, (80, 40)) as pilot:
        app.open_notes(TERMINATION)
        await pilot.pause(0.3)
        view = app.screen.query_one(NoteView)
        await view.show(note, "Title", "Path")
        await pilot.pause()
        assert [fence.code.strip() for fence in view.query(Fence)] == ["before\n```\ninside\n```\nafter"]


async def test_a_search_opens_the_note_where_the_words_are(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (80, 10)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        await pilot.press("slash")
        await type_text(pilot, "worst share")
        await pilot.press("enter", "enter")
        await pilot.pause(0.4)
        assert "it is in the worst share" in text_of(app)


async def test_going_fast_through_the_tree_ends_at_the_last_note(practised: Learner) -> None:
    app = Dp100App(practised)
    async with shown(app, (120, 40)) as pilot:
        app.open_notes()
        await pilot.pause(0.3)
        for _ in range(4):
            await pilot.press(*["down"] * 3)
            await pilot.pause(0.13)
        await pilot.press("up", "up", "down", "down")
        await pilot.pause(0.6)
        assert "Ends trials that will not win" in text_of(app)
