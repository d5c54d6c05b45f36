"""Text that fits the terminal: Markdown with its paragraphs flowed anew, tables and code as they are."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from textwrap import wrap

WIDEST = 88
"""Columns of a line of prose at most, however wide the terminal is."""

NARROWEST = 20
"""Columns that a line of prose has at least."""

_FENCE = "```"
_MARKER = re.compile(r"\s*(?:[-*+]|\d+[.)]) +")
_KEPT = re.compile(r"\s*(?:[|>]|#+ )")
_CODE = re.compile(r"\s{4}")


def width() -> int | None:
    """Columns of the terminal that is printed on; None for a file or a pipe, where no line is broken."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def fit(text: str, columns: int | None = None) -> str:
    """Markdown with its paragraphs in lines of at most ``columns``, by default those of the terminal.

    Headings, tables and code keep their lines, and entries of a list stay indented below their sign.
    """
    columns = columns or width()
    return text if columns is None else "\n".join(_fitted(text.split("\n"), columns))


def hang(prefix: str, text: str, columns: int | None = None) -> str:
    """``text`` behind ``prefix``, where it goes on indented as far as it began.

    A text of several lines, as with code in it, keeps them.
    """
    columns = columns or width()
    if columns is None or "\n" in text:
        return f"{prefix}{text}"
    return "\n".join(_wrapped(prefix, text, columns))


def print_markdown(text: str) -> None:
    """Print Markdown: rendered on a terminal, as it is to a file or a pipe."""
    columns = width()
    if columns is None:
        print(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(columns, WIDEST)).print(Markdown(text, code_theme="ansi_dark"))


def _fitted(lines: list[str], columns: int) -> Iterator[str]:
    paragraph: list[str] = []
    in_code = False
    for line in lines:
        fence = line.lstrip().startswith(_FENCE)
        entry = _MARKER.match(line)
        kept = _KEPT.match(line) or (_CODE.match(line) and not paragraph and not entry)
        if in_code or fence or kept or not line.strip():
            yield from _flowed(paragraph, columns)
            paragraph = []
            yield line
            in_code ^= fence
        elif paragraph and not entry:
            paragraph.append(line.strip())
        else:
            yield from _flowed(paragraph, columns)
            paragraph = [line]
    yield from _flowed(paragraph, columns)


def _flowed(paragraph: list[str], columns: int) -> list[str]:
    """A paragraph whose first line may begin with spaces and the sign of a list."""
    if not paragraph:
        return []
    first = paragraph[0]
    sign = _MARKER.match(first)
    prefix = sign.group() if sign else first[: len(first) - len(first.lstrip())]
    return _wrapped(prefix, " ".join([first[len(prefix) :], *paragraph[1:]]), columns)


def _wrapped(prefix: str, text: str, columns: int) -> list[str]:
    return wrap(
        text,
        max(min(columns, WIDEST), len(prefix) + NARROWEST),
        initial_indent=prefix,
        subsequent_indent=" " * len(prefix),
        break_long_words=False,
        break_on_hyphens=False,
    ) or [prefix.rstrip()]
