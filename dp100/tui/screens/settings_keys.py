"""Moving keys: every key of the app, and a press to move one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from dp100.tui.keys import SHARED, key, known_keys, written
from dp100.tui.page import Page
from dp100.tui.tell import told
from dp100.tui.widgets.bar import cut
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.keybar import KeyBar
from dp100.tui.widgets.rows import Row, Rows, plain

FIXED = {"ctrl+c", "ctrl+q", "tab", "shift+tab"}
"""Keys that keep their meaning."""


class KeyList(Rows):
    """Every key that can be moved."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "move this key")]


class KeysScreen(Page):
    """The keys, what they mean, and where the learner has moved them."""

    CSS_PATH = "settings_keys.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (60, "-wide")]
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,delete", "reset", "as it came", id="keys.reset"),
        key("back", "back", "done", show=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._known = known_keys()

    def compose(self) -> ComposeResult:
        with Vertical(id="body"):
            yield Drawn(lambda width: [Content.styled("Keys", "bold $accent")], id="title")
            yield KeyList(id="rows")
        yield KeyBar()

    def on_mount(self) -> None:
        self._show()

    def _show(self, at: str | None = None) -> None:
        moved = self.learner.settings.keys
        shared = [
            _row(id, word, keys, moved.get(id)) for id, (keys, word) in self._known.items() if id in SHARED
        ]
        own: dict[str, list[Row]] = {}
        for id, (keys, word) in sorted(self._known.items()):
            if id not in SHARED:
                own.setdefault(id.partition(".")[0], []).append(_row(id, word, keys, moved.get(id)))
        rows = [plain("The same on every screen", "$quiet"), *shared]
        for screen, lines in own.items():
            rows += [plain(""), plain(screen.capitalize(), "$quiet"), *lines]
        self.query_one(KeyList).show(rows, at=at)

    @told
    def on_rows_chosen(self, event: Rows.Chosen) -> None:
        """Asks for the new key."""
        event.stop()
        id, word = event.id, self._known[event.id][1]

        def press(name: str | None) -> None:
            if name is not None:
                self._move(id, name)

        self.app.push_screen(PressScreen(word, lambda name: self._objection(id, name)), press)

    def _objection(self, id: str, name: str) -> str | None:
        """Why a key cannot be had, as a sentence; None when it can."""
        if name in FIXED:
            return f"{written(name)} cannot be moved. Press another key."
        moved = self.learner.settings.keys
        for other, (keys, word) in self._known.items():
            if other == id or not _meet(id, other):
                continue
            if name in moved.get(other, keys).split(","):
                return f"{written(name)} already means “{word}”. Press another key, or move that one first."
        return None

    def _move(self, id: str, name: str | None) -> None:
        keys = {other: where for other, where in self.learner.settings.keys.items() if other != id}
        if name is not None and name != self._known[id][0]:
            keys[id] = name
        self.learner.change_settings(keys=keys)
        self.app.set_keymap(keys)
        self._show(at=id)

    def action_reset(self) -> None:
        """The key under the cursor, as it came; unless another has taken its place."""
        chosen = self.query_one(KeyList).chosen
        if chosen is None or chosen not in self.learner.settings.keys:
            return
        for name in self._known[chosen][0].split(","):
            if objection := self._objection(chosen, name):
                self.notify(objection, severity="warning", markup=False)
                return
        self._move(chosen, None)


def _meet(one: str, other: str) -> bool:
    """Whether two keys can be wanted on the same screen."""
    return one in SHARED or other in SHARED or one.partition(".")[0] == other.partition(".")[0]


def _row(id: str, word: str, keys: str, moved: str | None) -> Row:
    now = " ".join(written(name) for name in (moved or keys).split(","))
    was = " ".join(written(name) for name in keys.split(","))

    def draw(width: int) -> Content:
        line = Content.assemble(
            cut(now, 16, "$accent"), word, (f"   moved from {was}" if moved else "", "$quiet")
        )
        return cut(line, width)

    return Row(draw, id)


class PressScreen(ModalScreen[str | None]):
    """Waits for a key; says so when it cannot be had."""

    BINDINGS: ClassVar[list[BindingType]] = []

    def __init__(self, word: str, objection: Callable[[str], str | None]) -> None:
        """Asks for the new key of what is called ``word``; ``objection`` tells why a key cannot be had."""
        super().__init__()
        self._word = word
        self._objection = objection
        self._said = ""

    def compose(self) -> ComposeResult:
        yield Drawn(self._draw, id="ask")

    def _draw(self, width: int) -> list[Content]:
        lines = wrapped(Content.assemble("Press the new key for ", (self._word, "bold"), "."), width)
        lines += wrapped("Esc leaves it as it is.", width, "$quiet")
        if self._said:
            lines += [Content(), *wrapped(f"✗ {self._said}", width, "$error")]
        return lines

    def on_key(self, event: events.Key) -> None:
        """Takes the key, or says why not."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
            return
        if objection := self._objection(event.key):
            self._said = objection
            self.query_one(Drawn).show(self._draw)
        else:
            self.dismiss(event.key)
