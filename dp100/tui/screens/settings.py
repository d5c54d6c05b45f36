"""Settings. Each is kept as soon as it is right; one that is not says why, beside it, and stays to be mended."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label

from dp100.errors import Dp100Error
from dp100.tui.dates import read_date, weekday
from dp100.tui.keys import key
from dp100.tui.page import Page
from dp100.tui.themes import THEMES
from dp100.tui.widgets.choice import Choice
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar


class Unusable(Dp100Error):
    """A field holds what cannot be a value of its setting."""


class Entry(Input):
    """A line of text that Enter keeps."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "submit", "keep")]


class KeysField(Drawn, can_focus=True):
    """Opens the list of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "screen.move_keys", "move keys")]

    async def on_click(self) -> None:
        await self.run_action("screen.move_keys")


class SettingsScreen(Page):
    """Everything the learner may set."""

    CSS_PATH = "settings.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (64, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "app.focus_next", "next field", id="down", show=False),
        Binding("up", "app.focus_previous", "field before", id="up", show=False),
        key("back", "back", "done", show=True),
    ]

    def compose(self) -> ComposeResult:
        settings, outlines = self.learner.settings, self.learner.catalogue.outlines
        active = settings.outline or self.learner.catalogue.outline.id
        date = settings.exam_date.isoformat() if settings.exam_date else ""
        with VerticalScroll(id="body", can_focus=False):
            yield Drawn(lambda width: [Content.styled("Settings", "bold $accent")], id="title")
            yield from _field("exam_date", "Exam date", Entry(date, placeholder="none yet", compact=True))
            yield from _field("new_per_day", "New a day", Entry(str(settings.new_per_day), compact=True))
            yield from _field("due_per_day", "Due a day", Entry(str(settings.due_per_day), compact=True))
            yield from _field(
                "retention", "Retention", Entry(f"{settings.retention * 100:.0f} %", compact=True)
            )
            sdk = Choice([("any", "both"), ("v2", "v2"), ("v1", "v1")], settings.sdk)
            yield from _field("sdk", "SDK", sdk)
            themes = [(theme.name, "dark" if theme.dark else "light") for theme in THEMES.values()]
            yield from _field("theme", "Theme", Choice(themes, self.app.theme))
            named = [(outline.id, outline.title) for outline in outlines.values()]
            yield from _field("outline", "Outline", Choice(named, active))
            packs = Entry("; ".join(settings.packs), placeholder="none", compact=True)
            yield from _field("packs", "Own content", packs)
            yield from _field("keys", "Keys", KeysField(self._moved_keys))
        yield KeyBar()

    def on_mount(self) -> None:
        for name in (*_READ, "sdk"):
            self._say(name, self._hint(name))

    def on_screen_resume(self) -> None:
        """Back from the list of keys."""
        self.query_one(KeysField).show(self._moved_keys)

    def _moved_keys(self, width: int) -> list[Content]:
        moved = len(self.learner.settings.keys)
        text = f"{moved} moved" if moved else "as they come"
        return wrapped(f"{text}; Enter moves them", width)

    def _hint(self, name: str) -> str:
        """What stands beside a field that is right."""
        settings = self.learner.settings
        if name == "exam_date":
            if settings.exam_date is None:
                return "2026-12-12, 12 Dec or in 23 days"
            today = self.dp100.today().date()
            left = (settings.exam_date - today).days
            return f"{weekday(settings.exam_date, today)}, " + (
                f"in {left} days" if left >= 0 else "has passed"
            )
        return {
            "new_per_day": "questions you have not seen yet",
            "due_per_day": "questions that come back",
            "retention": "more means more reviews",
            "sdk": "" if settings.sdk == "any" else "and what holds for both",
            "packs": "your folders, ; between them",
        }.get(name, "")

    def _say(self, name: str, text: str, *, wrong: bool = False) -> None:
        """Puts a sentence beside a field."""
        field = self.query_one(f"#{name}")
        field.set_class(wrong, "-wrong")
        style = "$error" if wrong else "$quiet"
        mark = "✗ " if wrong else ""
        field.query_one(".said", Drawn).show(lambda width: wrapped(mark + text, width, style))

    # Keeping what was set

    def _keep(self, name: str) -> None:
        """Reads a field of text and keeps it, or says beside it why that cannot be."""
        field = self.query_one(f"#{name} Input", Input)
        try:
            value = _READ[name](field.value, self)
            if value != getattr(self.learner.settings, name):
                self.learner.change_settings(**{name: value})
        except Dp100Error as error:
            self._say(name, str(error), wrong=True)
        else:
            self._say(name, self._hint(name))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        """Enter keeps a field and, when it is right, goes on to the next."""
        name = _name_of(event.input)
        self._keep(name)
        if not self.query_one(f"#{name}").has_class("-wrong"):
            self.focus_next()

    @on(Input.Blurred)
    def _left(self, event: Input.Blurred) -> None:
        self._keep(_name_of(event.input))

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        name = _name_of(event.choice)
        try:
            if name == "theme":
                self.dp100.change_theme(event.value)
            else:
                self.learner.change_settings(**{name: event.value})
        except Dp100Error as error:
            self._say(name, str(error), wrong=True)
        else:
            self._say(name, self._hint(name))

    def action_move_keys(self) -> None:
        """Opens the list of keys."""
        from dp100.tui.screens.settings_keys import KeysScreen

        self.app.push_screen(KeysScreen())

    def action_back(self) -> None:
        """Leaves; a field that is not right keeps its old value, and the learner is told so."""
        for name in _READ:
            self._keep(name)
        wrong = list(self.query(".field.-wrong"))
        if wrong:
            names = " and ".join(str(field.query_one(".label", Label).content).lower() for field in wrong)
            self.notify(f"Not changed, as it could not be read: {names}.", severity="warning", markup=False)
        super().action_back()


def _field(name: str, label: str, control: Widget) -> ComposeResult:
    """A line: what is set, the control, and what there is to say about it."""
    with Horizontal(id=name, classes="field"):
        yield Label(label, classes="label", markup=False)
        yield control
        yield Drawn(classes="said")


def _name_of(control: Widget) -> str:
    field = control.parent
    assert isinstance(field, Horizontal)
    assert field.id is not None
    return field.id


def _date(text: str, screen: SettingsScreen) -> Any:
    if not text.strip():
        return None
    kept = screen.learner.settings.exam_date
    if kept is not None and text.strip() == kept.isoformat():
        return kept  # May have passed since it was set.
    return read_date(text, screen.dp100.today().date())


def _whole(text: str, screen: SettingsScreen) -> Any:
    bare = text.strip()
    if not (bare.isascii() and bare.isdecimal() and len(bare) <= 4):
        raise Unusable("Write a whole number from 0 to 9999.")
    return int(bare)


def _share(text: str, screen: SettingsScreen) -> Any:
    bare = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        value = float(bare)
    except ValueError:
        value = math.nan
    value = round(value / 100 if value > 1 else value, 4)
    if not 0.7 <= value <= 0.97:
        raise Unusable("Write a percentage from 70 % to 97 %.")
    return value


def _folders(text: str, screen: SettingsScreen) -> Any:
    folders = [part.strip() for part in text.split(";") if part.strip()]
    for folder in folders:
        if not Path(folder).expanduser().is_dir():
            raise Unusable(f"There is no folder {folder}. Write the path of one that exists.")
    return tuple(folders)


_READ: dict[str, Callable[[str, SettingsScreen], Any]] = {
    "exam_date": _date,
    "new_per_day": _whole,
    "due_per_day": _whole,
    "retention": _share,
    "packs": _folders,
}
"""How the text of a field becomes the value of its setting."""
