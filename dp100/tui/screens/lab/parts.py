"""The parts of a lab's screen that are widgets of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text
from textual.binding import BindingType
from textual.widgets import Static

from dp100.tui.keys import key
from dp100.tui.widgets.prose import Kept, colours
from dp100.tui.widgets.question.code import Code, folded, highlighted
from dp100.tui.widgets.rows import Rows

_LANGUAGES = {"py": "python", "yml": "yaml", "yaml": "yaml", "json": "json", "sh": "bash", "ipynb": "json"}


class Steps(Rows):
    """The steps of a lab; the one chosen is shown. On one that is on show, Enter is the screen's: it goes on."""

    MARKED = False
    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "show step")]

    def __init__(self, in_sight: Callable[[str], bool], *, id: str) -> None:
        """The steps.

        Args:
            in_sight: tells whether the instructions of a step are what is on show.
            id: of the widget.
        """
        super().__init__(id=id)
        self._in_sight = in_sight

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "choose":
            return True
        return self.chosen is not None and not self._in_sight(self.chosen)

    def watch_cursor(self, before: int | None, after: int | None) -> None:
        super().watch_cursor(before, after)
        self.refresh_bindings()


class _Difference:
    """A unified diff, with its signs and in colour."""

    def __init__(self, text: str, known: dict[str, str]) -> None:
        self._text = text
        self._colours = known

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Every line folded, so that none is cut off."""
        for line in self._text.splitlines():
            style = ""
            if line.startswith(("---", "+++")):
                style = "bold"
            elif line.startswith("@@"):
                style = self._colours["quiet"]
            elif line.startswith("+"):
                style = self._colours["success"]
            elif line.startswith("-"):
                style = self._colours["error"]
            yield from folded(Text(line, style=style), options.max_width)


class Solution(Static):
    """What the learner has otherwise than the solution, and the solution itself."""

    DEFAULT_CSS = """
    Solution { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._difference: str | None = None
        self._files: dict[str, str] = {}

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._typeset())

    def show(self, difference: str, files: dict[str, str]) -> None:
        """Shows a unified diff and files by name."""
        if (difference, files) != (self._difference, self._files):
            self._difference, self._files = difference, files
            self._typeset()

    def _typeset(self) -> None:
        if self._difference is None:
            return
        known = colours(self.app)
        blank = Text("")
        parts: list[Text | _Difference | Code] = []
        if self._difference:
            legend = Text.assemble(
                ("-", known["error"]), " yours   ", ("+", known["success"]), " the solution"
            )
            parts += [legend, blank, _Difference(self._difference, known), blank]
        else:
            parts += [Text("Your files are the same as the solution."), blank]
        for name, text in self._files.items():
            language = _LANGUAGES.get(name.rpartition(".")[2], "text")
            parts += [
                Text(name, style="bold"),
                Code(highlighted(text.rstrip(), language, known), known["surface"]),
                blank,
            ]
        self.update(Kept(Group(*parts)))
