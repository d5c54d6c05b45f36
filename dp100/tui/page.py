"""What every full screen has in common."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.events import Mount
from textual.screen import Screen

from dp100.tui.keys import key

if TYPE_CHECKING:
    from dp100.memory.learner import Learner
    from dp100.tui.app import Dp100App


class Page(Screen[None]):
    """A screen that fills the terminal. Escape goes back to the one below."""

    IN_SESSION: ClassVar[bool] = False
    """Whether a session or an exam is under way here, so that no other may be started on top of it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("back", "back")]

    @on(Mount)
    def _take_shape(self) -> None:
        """Takes the shape for its size before the first frame; Textual does so only behind it, which flickers."""
        width, height = self.app.size
        for breakpoints, size in ((self.HORIZONTAL_BREAKPOINTS, width), (self.VERTICAL_BREAKPOINTS, height)):
            fitting = [(least, name) for least, name in breakpoints or [] if least <= size]
            if fitting:
                self.add_class(max(fitting)[1])

    @property
    def dp100(self) -> Dp100App:
        """The app, by its own type."""
        return cast("Dp100App", self.app)

    @property
    def learner(self) -> Learner:
        """Whose data this is."""
        return self.dp100.learner

    @property
    def closed_book(self) -> bool:
        """Whether the notes must stay shut now, as in an exam without them."""
        return False

    def action_back(self) -> None:
        """One step back."""
        self.dp100.go_back()
