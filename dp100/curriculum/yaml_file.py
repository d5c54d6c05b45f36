"""YAML into plain values with the line of each, in one pass over the parser's events.

Nothing is ever built but text, numbers, truth values, dates, lists and mappings: tags, anchors and
aliases are refused where they stand. Walking the events of libyaml takes less than half the time of
PyYAML's ``CSafeLoader``, needs no recursion however deep a file nests, and knows every line on the way,
so that errors need no second pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from dp100.curriculum.yaml_trouble import BREAK, Fault, Stop, readable, syntax

DEEPEST = 24
"""Levels of nesting that are read; a question needs seven."""

RESTARTS = 20
"""How often reading goes on behind an entry that is not YAML."""

LARGEST = 10**18
"""Largest whole number that is read."""

OPEN = 1 << 62
"""Last line of a list or mapping in the middle of which reading ended."""

Key = str | int

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RESOLVERS: dict[str | None, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_ANYWHERE = _RESOLVERS.get(None, [])
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TEXT = "tag:yaml.org,2002:str"
_HEAD = re.compile(r"\w+:\s*(?:#.*)?")
_DASH = re.compile(" *- ")
_SHOWN = {"int": "number", "float": "number", "timestamp": "date"}


@dataclass(slots=True)
class Document:
    """The values of a file, and where they stand.

    Attributes:
        value: what the file holds: as much of it as could be read.
        faults: what could not be read; an entry with a fault between its lines must not be used.
        line: where the value begins.
    """

    value: Any = None
    faults: list[Fault] = field(default_factory=list)
    line: int = 1
    _lines: dict[int, dict[Key, int]] = field(default_factory=dict)
    _ends: dict[int, int] = field(default_factory=dict)
    _kept: list[Any] = field(default_factory=list)

    def line_of(self, container: object, key: Key) -> int | None:
        """Line of the entry ``key`` of a mapping or list of this document."""
        return self._lines.get(id(container), {}).get(key)

    def last_line(self, container: object) -> int | None:
        """Last line of a mapping or list of this document: :data:`OPEN` when reading ended inside it."""
        return self._ends.get(id(container))


def parse(data: bytes) -> Document:
    """Read ``data``, the whole of a file. Never raises: what is wrong is a fault.

    Behind something that is not YAML, reading goes on at the next entry of the list around it.
    """
    try:
        text, unreadable = readable(data)
    except Stop as trouble:
        return Document(faults=[trouble.fault])
    text += "\n"
    document = Document()
    start, stop = 1, _walk(text, document)
    for _ in range(RESTARTS):
        if stop is None or (found := _behind(text, max(start, stop.line))) is None:
            break
        rest, start = found
        more = Document()
        stop = _walk(rest, more)
        _join(document, more)
    else:
        if stop is not None:
            document.faults.append(
                Fault(stop.line, "nothing below this line was read; mend what is above first")
            )
    # What else is wrong on a line with such a character follows from it.
    told = {fault.line for fault in unreadable}
    document.faults = [*unreadable, *(fault for fault in document.faults if fault.line not in told)]
    return document


def _walk(text: str, document: Document) -> Fault | None:
    """Read ``text`` into ``document``; the fault that ended it before its end, if any."""
    loader, walk = None, _Walk(document)
    try:
        loader = _LOADER(text)
        walk.run(loader)
        return None
    except Stop as stop:
        fault = stop.fault
    except yaml.YAMLError as error:
        rows = BREAK.split(text)
        fault = walk.open_quote(syntax(error, rows))
        if not _DASH.match(rows[fault.line - 1]):
            walk.open_again(fault.line)
    finally:
        if loader is not None:
            loader.dispose()
    document.faults.append(fault)
    return fault


def _behind(text: str, line: int) -> tuple[str, int] | None:
    """What can still be read of ``text`` behind ``line``, where the parser gave up.

    Returns:
        The text from the next entry on, on the lines where it was and under its key, and its first line.
    """
    rows = BREAK.split(text)
    heads = [number for number in range(min(line, len(rows))) if _HEAD.fullmatch(rows[number])]
    if not heads:
        return None
    dash = next((found[0] for row in rows[heads[-1] + 1 :] if (found := _DASH.match(row))), "- ")
    for number in range(line, len(rows)):
        if _HEAD.fullmatch(rows[number]):
            return "\n".join([*[""] * number, *rows[number:]]), number + 1
        if rows[number].startswith(dash):
            return "\n".join([rows[heads[-1]], *[""] * (number - 1), *rows[number:]]), number + 1
    return None


def _join(document: Document, more: Document) -> None:
    """Put what was read behind a stop under what was read before it."""
    document.faults += more.faults
    if not isinstance(more.value, dict) or not isinstance(document.value, dict):
        return
    document._kept.append(more.value)
    for key, value in more.value.items():
        before = document.value.get(key)
        if isinstance(before, list) and isinstance(value, list):
            lines, offset = document._lines[id(before)], len(before)
            lines |= {offset + index: line for index, line in more._lines.pop(id(value)).items()}  # type: ignore[operator]
            document._ends[id(before)] = more._ends.pop(id(value))
            before += value
        else:
            document.value[key] = value
            document._lines[id(document.value)][key] = more.line_of(more.value, key) or 1
    document._lines |= more._lines
    document._ends |= more._ends


class _Walk:
    """One walk over the events of a file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        # The list or mapping that is being filled, the lines of its entries, and what it stands in.
        self.inside: Any = None
        self.lines: dict[Key, int] = {}
        self.is_mapping = False
        self.around: list[tuple[Any, dict[Key, int], bool]] = []
        # The key that waits for its value.
        self.key: str | None = None
        self.key_line = 0
        # What ended last and the line behind it; the last text in quotes that spans lines.
        self.ended: list[int] = []
        self.ended_line = 0
        self.quoted = (0, 0)

    def run(self, loader: Any) -> None:
        """Walk to the end, or to the first thing that ends reading."""
        documents = 0
        while True:
            event = loader.get_event()
            kind = event.__class__
            if kind is ScalarEvent:
                if self.is_mapping and self.key is None:
                    self._take_key(event)
                else:
                    self._put(self._scalar(event), event.start_mark.line + 1)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._go_in(event, {} if kind is MappingStartEvent else [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._come_out(event)
                self.inside, self.lines, self.is_mapping = self.around.pop()
            elif kind is AliasEvent:
                line = event.start_mark.line + 1
                what = f"`*{event.anchor}` repeats another place, which is not read; write it out"
                if self.is_mapping and self.key is None:
                    raise Stop(line, what)
                self._fault(line, what)
                self._put(None, line)
            elif kind is DocumentStartEvent:
                documents += 1
                if documents > 1:
                    line = event.start_mark.line + 1
                    self._fault(line, "a second document begins here (`---`); use one file for each")
                    return
            elif kind is StreamEndEvent:
                return

    def _put(self, value: Any, line: int) -> None:
        """Give ``value`` its place in what is being filled."""
        if self.inside is None:
            self.document.value, self.document.line = value, line
        elif self.is_mapping:
            self.inside[self.key] = value
            self.lines[self.key] = self.key_line  # type: ignore[index]
            self.key = None
        else:
            self.lines[len(self.inside)] = line
            self.inside.append(value)

    def _go_in(self, event: Any, value: dict[str, Any] | list[Any]) -> None:
        """Begin to fill a new list or mapping."""
        line = event.start_mark.line + 1
        self._refuse_marks(event)
        if len(self.around) >= DEEPEST:
            raise Stop(line, f"this nests more than {DEEPEST} levels deep; check brackets and indentation")
        if self.is_mapping and self.key is None:
            raise Stop(line, "a list or mapping stands where a key is expected; a key is a single word")
        self._put(value, line)
        self.around.append((self.inside, self.lines, self.is_mapping))
        self.inside, self.lines, self.is_mapping = value, {}, isinstance(value, dict)
        self.document._lines[id(value)] = self.lines
        self.document._ends[id(value)] = OPEN

    def _come_out(self, event: Any) -> None:
        """Note where a list or mapping ends: at its bracket, or else before whatever comes next."""
        line = event.start_mark.line + 1
        if line != self.ended_line:
            self.ended, self.ended_line = [], line
        self.ended.append(id(self.inside))
        in_brackets = event.start_mark.index != event.end_mark.index
        self.document._ends[id(self.inside)] = line if in_brackets else line - 1

    def open_again(self, line: int) -> None:
        """What seemed to end before ``line`` broke off there."""
        if line == self.ended_line:
            self.document._ends |= dict.fromkeys(self.ended, OPEN)

    def open_quote(self, fault: Fault) -> Fault:
        """``fault``, or the quotation mark that caused it: one that was closed by a mark further down."""
        first, last = self.quoted
        if last != fault.line:
            return fault
        return Fault(first, f"the quotation mark that opens here closes on line {last} only; close it before")

    def _take_key(self, event: Any) -> None:
        key, line = event.value, event.start_mark.line + 1
        self._refuse_marks(event)
        if key in self.inside:
            self._fault(
                line, f"the key `{key}` stands twice, first on line {self.lines[key]}; make one of them"
            )
            if len(self.around) == 1:
                # A second list of questions is read as well, under a key that nobody can write.
                key = f"{key}\0{line}"
        if key == "<<" and event.implicit[0]:
            self._fault(line, "`<<` merges another mapping, which is not read; write it out")
        self.key, self.key_line = key, line

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.anchor or event.tag:
            self._refuse_marks(event)
        if event.style == '"' or event.style == "'":
            line = event.start_mark.line + 1
            self.quoted = (line, event.end_mark.line + 1) if event.end_mark.line >= line else self.quoted
            if found := _CONTROL.search(text):
                self._fault(line, f"the control character U+{ord(found[0]):04X} cannot be shown; remove it")
        elif event.implicit[0]:
            for tag, pattern in (*_RESOLVERS.get(text[:1], ()), *_ANYWHERE):
                if pattern.match(text):
                    return self._plain(event, tag.rpartition(":")[2])
        return text

    def _plain(self, event: Any, kind: str) -> Any:
        """A scalar without quotes that looks like something other than text."""
        build = getattr(SafeConstructor, f"construct_yaml_{kind}", None)
        try:
            if build is None:
                raise ValueError
            value = build(SafeConstructor(), yaml.ScalarNode(kind, event.value))
            if isinstance(value, int) and abs(value) > LARGEST:
                raise OverflowError
            return value
        except (ValueError, OverflowError):
            what = _SHOWN.get(kind, "sign of YAML's own")
            line = event.start_mark.line + 1
            self._fault(line, f"`{event.value[:40]}` looks like a {what} but cannot be one; put it in quotes")
            return None

    def _refuse_marks(self, event: Any) -> None:
        """Tags would build objects, and anchors can blow up a small file; neither is of use in content."""
        line = event.start_mark.line + 1
        if event.anchor:
            self._fault(line, f"the anchor `&{event.anchor}` is not read; remove it, or quote the text")
        if event.tag and event.tag != _TEXT:
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._fault(
                line, f"the tag `{tag}` is not read, only plain values are; remove it, or quote the text"
            )

    def _fault(self, line: int, message: str) -> None:
        self.document.faults.append(Fault(line, message))
