"""The foot of a screen: the few keys that matter now, each of which can be clicked."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widget import Widget

from dp100.tui.keys import written

_WIDTH = 88
_GAP = 3
"""Columns between two keys."""
_PLACE = {"enter": 0, "back": 2, "help": 3, "leave": 4}
"""Enter comes first; the keys that lead away come last, after all that have no place here."""


class KeyBar(Widget):
    """One line with the shown bindings of the focused widget, the screen and the app, as remapped.

    Textual's Footer mounts a widget for each key; this draws them, which start-up notices.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; color: $quiet; background: $surface; }
    """

    auto_links = False  # Textual would draw what can be clicked as links, in one colour.

    def __init__(self, *, span: int = _WIDTH) -> None:
        """The foot of a screen whose content is at most ``span`` columns wide."""
        super().__init__()
        self._span = span

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def on_unmount(self) -> None:
        self.screen.bindings_updated_signal.unsubscribe(self)

    def _changed(self, screen: Screen[object]) -> None:
        self.refresh()

    def hints(self) -> list[tuple[str, str, str]]:
        """What is listed: the key to press, the key as written, and the word for it.

        What there is no room for is left out from the end; the key that shows the rest stays.
        """
        shown: dict[str, tuple[str, str, str]] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and enabled and binding.description:
                hint = (binding.key, written(binding.key), binding.description)
                shown.setdefault(binding.id or binding.action, hint)
        names = sorted(shown, key=lambda name: _PLACE.get(name, 1))
        room = self.size.width - self._margin + _GAP
        while len(names) > 1 and sum(len(shown[n][1]) + len(shown[n][2]) + 1 + _GAP for n in names) > room:
            del names[-2 if names[-1] == "help" else -1]
        return [shown[name] for name in names]

    @property
    def _margin(self) -> int:
        """Columns before the first key."""
        return max(1, (self.size.width - self._span) // 2)

    def render(self) -> Content:
        parts: list[Content] = []
        for pressed, name, word in self.hints():
            click = Style.from_meta({"@click": f"app.simulate_key({pressed!r})"})
            part = Content.assemble((name, "$accent"), f" {word}").stylize(click)
            parts += [part, Content(" " * _GAP)]
        return Content.assemble(" " * self._margin, *parts[:-1])
