"""The app: which screen is shown, and what every screen can rely on.

Screens never import one another: they call the ``open_*`` methods here, which import a screen when it is
first shown, so that the way to Home stays short.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual import on
from textual.actions import SkipAction
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.css.query import NoMatches
from textual.reactive import Reactive
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import Worker

from dp100.errors import Dp100Error
from dp100.tui.keys import key, written
from dp100.tui.page import Page
from dp100.tui.tell import tell
from dp100.tui.themes import DARK, EXTRA, THEMES

if TYPE_CHECKING:
    from textual.actions import ActionParseResult
    from textual.dom import DOMNode

    from dp100.memory.learner import Learner
    from dp100.memory.selection import Selection

Start = Literal["home"] | tuple[Literal["study"], "Selection"] | tuple[Literal["exam"], Any]
"""Where the app opens: at Home, in a study session, or in an exam with its options."""


def _commands() -> type[Provider]:
    from dp100.tui.commands import Commands

    return Commands


class Dp100App(App[None]):
    """dp100 in the terminal."""

    TITLE = "dp100"
    # Home's style is read with the app's own, and the dark theme is there from the start, so that the styles
    # are parsed only once before the first frame.
    CSS_PATH = Path(__file__).parent / "screens" / "home.tcss"
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("help", "keys"),
        key("palette", "command_palette"),
        key("leave", "leave", show=False),
        # Before all others, for a dialogue that lies on top hides the keys of the app.
        Binding("ctrl+c", "help_quit", "quit", show=False, system=True, priority=True),
    ]
    CSS = """
    Screen { background: $background; }
    Toast { background: $panel; width: 64; max-width: 90%; }
    CommandPalette { background: $background 60%; }
    CommandPalette SearchIcon { display: none; }
    """

    theme: Reactive[str] = Reactive(DARK.name)

    def __init__(self, learner: Learner, *, start: Start = "home") -> None:
        """The app of one learner.

        Args:
            learner: Open, and closed by the caller after the app has run.
            start: The screen to open at.
        """
        # What is made until the first frame stays as long as the app does, so looking for garbage among it only
        # takes time. The command line may have switched the collector off before its imports already.
        gc.disable()
        super().__init__()
        self.learner = learner
        self._start = start
        for theme in THEMES.values():
            self.register_theme(theme)
        if (chosen := learner.settings.theme) != DARK.name and chosen in THEMES:
            self.theme = chosen
        self.set_keymap(learner.settings.keys)

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our own variables are under a theme that does not name them."""
        return EXTRA

    def get_default_screen(self) -> Screen[None]:
        """Home, below all other screens."""
        from dp100.tui.screens.home import HomeScreen

        return HomeScreen()

    def on_ready(self) -> None:
        """Goes where the command line asked to go, or to the first-run screen."""
        # What there is now stays: the collector need not walk through it before the first frame, nor later.
        gc.freeze()
        gc.enable()
        self.call_after_refresh(self.fit)
        try:
            if isinstance(self._start, tuple):
                where, what = self._start
                if where == "study":
                    self.open_study(what)
                else:
                    self.open_exam(what)
            elif not self.learner.settings.introduced:
                from dp100.tui.screens.first_run import FirstRunScreen

                self.push_screen(FirstRunScreen())
        except Dp100Error as error:
            tell(self, error)

    def fit(self) -> None:
        """Fits FSRS to the learner when it is time, in a thread; a fit that fails is tried again another time."""

        def quietly() -> bool:
            with suppress(Dp100Error):
                return self.learner.fit()
            return False

        if not any(worker.group == "fit" and worker.is_running for worker in self.workers):
            self.run_worker(quietly, group="fit", thread=True, exit_on_error=False)

    @on(Worker.StateChanged)
    def _fitted(self, event: Worker.StateChanged) -> None:
        """By new weights other questions are due: Home counts them again, if that is what the learner sees."""
        if (
            event.worker.group == "fit"
            and event.worker.result
            and (look := getattr(self.screen, "look", None))
        ):
            look()

    # Keys and errors

    def get_key_display(self, binding: Binding) -> str:
        return binding.key_display or written(binding.key)

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Any = None,
    ) -> bool:
        """Runs an action; when it fails with a sentence, the learner reads it and the app goes on."""
        try:
            return await super().run_action(action, default_namespace, namespaces)
        except Dp100Error as error:
            tell(self, error)
            return True

    def _handle_exception(self, error: Exception) -> None:
        """Last resort for a sentence that no screen told: it is the last line of the app, without a traceback."""
        cause: BaseException | None = error
        while cause is not None and not isinstance(cause, Dp100Error):
            cause = cause.__cause__ or cause.__context__
        if isinstance(cause, Dp100Error):
            from rich.text import Text

            self.exit(return_code=cause.status, message=Text(str(cause)))
        elif not (isinstance(error, NoMatches) and (self._exit or not self.is_running)):
            # Of a screen that is opened while the app is being left, not all parts are mounted: nothing to tell.
            super()._handle_exception(error)

    def action_help_quit(self) -> None:
        """Ctrl+C, where no text is selected: everything is kept at all times, so it may end the app at once."""
        if getattr(self.focused, "selected_text", "") or self.screen.get_selected_text():
            raise SkipAction
        self.exit()

    def action_keys(self) -> None:
        from dp100.tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def action_leave(self) -> None:
        self.go_back()

    # Where to go

    @property
    def in_session(self) -> bool:
        """Whether a study session or an exam is under way, on this screen or on one below."""
        return any(getattr(screen, "IN_SESSION", False) for screen in self.screen_stack)

    def _not_in_session(self) -> bool:
        """True when another session may begin; otherwise says why not."""
        if self.in_session:
            self.notify("You are in the middle of a session. Escape goes back to it.", markup=False)
        return not self.in_session

    def go_back(self) -> None:
        """To the screen below; nowhere from Home."""
        if len(self.screen_stack) > 1:
            self.pop_screen()

    def go_home(self) -> None:
        """To Home, over all screens between."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _show(self, kind: type[Page], make: Callable[[], Page]) -> None:
        """Goes back to the screen of this kind where there is one and nothing under way lies on top; else opens it."""
        stack = self.screen_stack
        for depth, screen in enumerate(stack):
            if type(screen) is kind and not any(
                getattr(above, "IN_SESSION", False) for above in stack[depth + 1 :]
            ):
                while self.screen_stack[-1] is not screen:
                    self.pop_screen()
                return
        self.push_screen(make())

    def open_study(self, what: Selection | Sequence[str]) -> None:
        """A study session with what a selection asks for, or with these items; says so when there is nothing."""
        if not self._not_in_session():
            return
        from dp100.memory.selection import Selection

        queue = self.learner.queue(what) if isinstance(what, Selection) else list(what)
        if not queue:
            self.notify(
                "There is nothing to ask there yet. Choose another topic or another SDK.", markup=False
            )
            return
        from dp100.tui.screens.study import StudyScreen

        self.push_screen(StudyScreen(queue))

    def open_exam(self, options: Any = None) -> None:
        """The mock exam: where one is under way it goes on, else the choice of its form."""
        if not self._not_in_session():
            return
        from dp100.tui.screens.exam import open_exam

        open_exam(self, options)

    def open_area(self, area: str) -> None:
        """An area's objectives and topics."""
        from dp100.tui.screens.area import AreaScreen

        self.push_screen(AreaScreen(area))

    def open_notes(self, topic: str | None = None) -> None:
        """The notes, at a topic; Escape comes back to where they were opened. Not in a closed-book exam."""
        if any(isinstance(screen, Page) and screen.closed_book for screen in self.screen_stack):
            self.notify("This exam is sat without the notes. An open-book exam has them.", markup=False)
            return
        from dp100.tui.screens.notes import NotesScreen

        self.push_screen(NotesScreen(topic))

    def open_labs(self, topic: str | None = None) -> None:
        """The labs; of a topic its only one, or those it has; says so where it has none."""
        if self._shut():
            return
        from dp100.labs import shelf
        from dp100.tui.screens.labs import LabsScreen

        if topic is None:
            self._show(LabsScreen, LabsScreen)
            if isinstance(self.screen, LabsScreen):
                self.screen.action_all()
            return
        found = shelf.by_topic().get(topic, ())
        if not found:
            self.notify("There is no lab for this topic.", markup=False)
        elif len(found) == 1:
            self.open_lab(found[0].id)
        else:
            self.push_screen(LabsScreen(topic))

    def open_lab(self, id: str) -> None:
        """A lab, at its current step where it was begun; where its screen is below, back to that."""
        if self._shut():
            return
        for depth, screen in enumerate(self.screen_stack):
            above = self.screen_stack[depth + 1 :]
            if getattr(screen, "lab_id", None) == id and not any(
                getattr(s, "IN_SESSION", False) for s in above
            ):
                while self.screen_stack[-1] is not screen:
                    self.pop_screen()
                return
        from dp100.tui.screens.lab import lab_page

        self.push_screen(lab_page(self, id))

    def _shut(self) -> bool:
        """True in a closed-book exam, where labs stay shut as the notes do; then says so."""
        shut = any(isinstance(screen, Page) and screen.closed_book for screen in self.screen_stack)
        if shut:
            self.notify("This exam is sat without labs. An open-book exam has them.", markup=False)
        return shut

    def open_stats(self) -> None:
        """What has been done so far."""
        from dp100.tui.screens.stats import StatsScreen

        self._show(StatsScreen, lambda: StatsScreen.of(self.learner))

    def open_settings(self) -> None:
        """The settings."""
        from dp100.tui.screens.settings import SettingsScreen

        self._show(SettingsScreen, SettingsScreen)

    def open_suspended(self) -> None:
        """The questions that are never to be asked, and the way back."""
        from dp100.tui.screens.suspended import SuspendedScreen

        self._show(SuspendedScreen, SuspendedScreen)

    def open_page(self, url: str) -> None:
        """An official page in the learner's browser; where that cannot be, its address."""
        from dp100.tui.browser import open_page

        if open_page(url):
            self.notify(f"Opened {url}", markup=False)
        else:
            self.notify(f"No browser can be opened from here. The page is {url}", timeout=30, markup=False)

    def on_unmount(self) -> None:
        """Leaves the collector as it was found, also when the app ends before its first frame."""
        gc.enable()

    def today(self) -> datetime:
        """Now, on the learner's clock and in local time."""
        return self.learner.clock.now().astimezone()

    def change_theme(self, name: str) -> None:
        """Shows and keeps a theme."""
        self.theme = name
        self.learner.change_settings(theme=name)
