"""Finding notes by words: every word must occur somewhere in the note; case does not matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Hit(NamedTuple):
    """A note that holds every word.

    Attributes:
        line: the line that holds most of the words, without its indentation.
        line_number: of that line in the note's ``text``, from 1; 0 when it stands in another part.
    """

    topic: str
    title: str
    line: str
    line_number: int


class Searchable(NamedTuple):
    """A note made ready for searching: its lines, each with its folded form and its number in the text."""

    topic: str
    title: str
    lines: tuple[tuple[str, str, int], ...]
    folded: str

    @classmethod
    def of(cls, topic: str, title: str, note: Mapping[str, Any]) -> Searchable:
        """Make it of the JSON object of a note."""
        lines = tuple(
            (line.strip(), line.casefold(), number) for line, number in _lines(title, note) if line.strip()
        )
        return cls(topic, title, lines, "\n".join(folded for _, folded, _ in lines))

    def find(self, words: list[str]) -> tuple[int, Hit] | None:
        """The hit with its worth (0 best: all words in the title), or None when a word is missing."""
        if not all(word in self.folded for word in words):
            return None
        line, _, number = max(self.lines, key=lambda one: sum(word in one[1] for word in words))
        in_title = sum(word in self.title.casefold() for word in words)
        return len(words) - in_title, Hit(self.topic, self.title, line, number)


def search(text: str, notes: list[Searchable]) -> list[Hit]:
    """Notes that hold every word of ``text``: first those with the words in the title, then as listed."""
    words = text.casefold().split()
    if not words:
        return []
    found = [hit for note in notes if (hit := note.find(words)) is not None]
    return [hit for _, hit in sorted(found, key=lambda pair: pair[0])]


def _lines(title: str, note: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    yield title, 0
    yield note["summary"], 0
    for number, line in enumerate(note["text"].splitlines(), start=1):
        yield line, number
    for part in (note["exam"], note.get("remember", ""), *(block["text"] for block in note.get("code", ()))):
        for line in part.splitlines():
            yield line, 0
