"""A note: what a topic is for, how it is done in each SDK, what the exam asks, and the official pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Tab, Tabs

from dp100.tui.keys import key
from dp100.tui.widgets.drawn import Drawn, wrapped
from dp100.tui.widgets.markdown import Fence, Prose
from dp100.tui.widgets.table import TableLines

if TYPE_CHECKING:
    from dp100.curriculum.model import Coded
    from dp100.curriculum.note import Note

_SDK = {"v2": "SDK v2", "v1": "SDK v1", "any": "Both SDKs"}


class NoteView(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Shows one note at a time."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "scroll_down", "down", show=False, id="down"),
        Binding("up,k", "scroll_up", "up", show=False, id="up"),
        key("page_up", "page_up"),
        key("page_down", "page_down"),
        key("first", "scroll_home"),
        key("last", "scroll_end"),
        Binding("space", "page_down", "a page down", show=False, id="notes.page"),
        key("edition", "edition"),
        key("copy", "copy"),
    ]
    DEFAULT_CSS = """
    NoteView {
        scrollbar-size-vertical: 1;
        #title { margin-bottom: 1; }
        #sdks { display: none; margin-bottom: 1; }
        #sdks.-both { display: block; }
        #sdks Tab.-active { color: $accent; text-style: bold underline; background: transparent; }
        #sdks Underline { display: none; }
    }
    """

    def __init__(self, *, sdk: str = "v2", id: str | None = None) -> None:
        """A view that shows the code of ``sdk`` first where a note has both."""
        super().__init__(id=id)
        self._sdk = sdk
        self._note: Note | None = None

    def compose(self) -> ComposeResult:
        yield Drawn(id="title")
        yield Prose(id="text")
        yield Tabs(Tab("SDK v2", id="v2"), Tab("SDK v1", id="v1"), id="sdks", active=self._sdk)
        yield Prose(id="code")
        yield Prose(id="rest")

    @property
    def note(self) -> Note | None:
        """The note on show."""
        return self._note

    @property
    def both(self) -> bool:
        """Whether the note has code for either SDK."""
        return self._note is not None and {"v1", "v2"} <= {block.sdk for block in self._note.code}

    async def show(self, note: Note | None, title: str, path: str) -> None:
        """Shows a note, or that there is none.

        Args:
            note: What to show.
            title: Of its topic.
            path: Area and objective of the topic.
        """
        self._note = note
        self.query_one("#title", Drawn).show(
            lambda width: [*wrapped(path, width, "$quiet"), *wrapped(title, width, "bold $accent")]
        )
        self.query_one(Tabs).set_class(self.both, "-both")
        missing = "There is no note on this topic yet."
        await self.query_one("#text", Prose).update(f"**{note.summary}**\n\n{note.text}" if note else missing)
        await self.query_one("#code", Prose).update(self._code())
        await self.query_one("#rest", Prose).update(_rest(note) if note else "")
        self.scroll_home(animate=False)
        self.refresh_bindings()

    def _code(self) -> str:
        """The code of the note as Markdown: that of one SDK where it has both, else all of it."""
        if self._note is None:
            return ""
        blocks = [b for b in self._note.code if not self.both or b.sdk in (self._sdk, "any")]
        return "\n\n".join(_fenced(block, heading=not self.both and block.sdk != "any") for block in blocks)

    @on(Tabs.TabActivated)
    async def _other_sdk(self, event: Tabs.TabActivated) -> None:
        event.stop()
        if event.tab.id and event.tab.id != self._sdk:
            self._sdk = event.tab.id
            await self.query_one("#code", Prose).update(self._code())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "edition":
            return self.both
        if action == "copy":
            return self._note is not None and bool(self._note.code or "```" in self._note.text)
        return True

    def action_edition(self) -> None:
        """The code of the other SDK."""
        self.query_one(Tabs).active = "v1" if self._sdk == "v2" else "v2"

    def action_copy(self) -> None:
        """Copies the focused block of code, else the first one in sight, else the first one."""
        fences = list(self.query(Fence))
        if not fences:
            return
        seen = [fence for fence in fences if self.region.overlaps(fence.region)]
        chosen = next((fence for fence in fences if fence.has_focus), (seen or fences)[0])
        self.app.copy_to_clipboard(chosen.code)
        count = len(chosen.code.strip().splitlines())
        self.app.notify(f"Copied {count} {'line' if count == 1 else 'lines'} of code.", markup=False)

    def scroll_to_words(self, words: Sequence[str]) -> None:
        """Brings the first block that holds all the words, or else the first of them, into view."""
        blocks: list[tuple[Widget, str]] = []
        for block in self.query("MarkdownParagraph, MarkdownListItem, Table, Fence, MarkdownH3"):
            blocks.append((block, _text_of(block).lower()))
        lowered = [word.lower() for word in words]
        for wanted in (lowered, lowered[:1]):
            for block, text in blocks:
                if wanted and all(word in text for word in wanted):
                    self.scroll_to_widget(block, animate=False, top=False)
                    return


def _text_of(block: Widget) -> str:
    """The plain text of a block of Markdown and of all within it."""
    parts = [str(getattr(block, "_content", "")), str(getattr(block, "code", ""))]
    for child in block.query("*"):
        parts.append(child.plain if isinstance(child, TableLines) else str(getattr(child, "_content", "")))
    return " ".join(parts)


def _fenced(block: Coded, *, heading: bool) -> str:
    """A block of code as Markdown, in a fence that no line of it can close."""
    longest = max((len(line) - len(line.lstrip("`")) for line in block.text.splitlines()), default=0)
    fence = "`" * max(3, longest + 1)
    language = "" if block.language == "text" else block.language
    head = f"### {_SDK[block.sdk]}\n\n" if heading else ""
    return f"{head}{fence}{language}\n{block.text.rstrip()}\n{fence}"


def _rest(note: Note) -> str:
    parts = [f"### What the exam asks\n\n{note.exam}"]
    if note.remember:
        parts.append(f"### To know by heart\n\n{note.remember}")
    pages = "\n".join(f"- [{_plain(link.title)}](<{link.url}>)" for link in note.links)
    parts.append(f"### Official pages\n\n{pages}")
    return "\n\n".join(parts)


def _plain(text: str) -> str:
    """A title inside a link, with the characters escaped that would end it."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
