"""One of a few values, all of them in sight: ``● any  ○ v1  ○ v2``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from dp100.tui.keys import key


class Choice(Widget, can_focus=True):
    """Left and right, or a click, choose another value."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        key("left", "step(-1)"),
        key("right", "step(1)"),
    ]
    DEFAULT_CSS = """
    Choice { height: 1; width: auto; }
    """

    place: reactive[int] = reactive(0, init=False)

    class Changed(Message):
        """Another value was chosen."""

        def __init__(self, choice: Choice, value: str) -> None:
            super().__init__()
            self.choice = choice
            self.value = value

        @property
        def control(self) -> Choice:
            return self.choice

    def __init__(self, options: Sequence[tuple[str, str]], value: str, *, id: str | None = None) -> None:
        """A choice.

        Args:
            options: Pairs of value and word.
            value: The one in force.
            id: Of the widget.
        """
        super().__init__(id=id)
        self.options = list(options)
        values = [option for option, _ in self.options]
        self.set_reactive(Choice.place, values.index(value) if value in values else 0)

    @property
    def value(self) -> str:
        """The value chosen."""
        return self.options[self.place][0]

    def render(self) -> Content:
        parts: list[Content] = []
        for place, (_, word) in enumerate(self.options):
            chosen = place == self.place
            style = "bold $accent" if chosen and self.has_focus else ("$foreground" if chosen else "$quiet")
            parts.append(Content.styled(f"{'●' if chosen else '○'} {word}", style))
        return Content("   ").join(parts)

    def watch_place(self) -> None:
        self.post_message(self.Changed(self, self.value))

    def action_step(self, by: int) -> None:
        self.place = min(len(self.options) - 1, max(0, self.place + by))

    def on_click(self, event: events.Click) -> None:
        """Chooses what is under the pointer."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        end = 0
        for place, (_, word) in enumerate(self.options):
            end += Content(word).cell_length + 5
            if offset.x < end:
                self.place = place
                return
