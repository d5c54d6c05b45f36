"""What is wrong with a piece of content: one line with file, line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

LONGEST = 400
"""Characters of a message that are kept; a broken file must not fill the screen."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Problem(NamedTuple):
    """A defect of a content file.

    Attributes:
        path: as the reader would look for it: ``questions/train/scripts.yaml`` for bundled content, the
            path as given for a pack.
        line: counted from 1; None when the problem is about the file as a whole.
        message: one sentence or two: what is wrong and what to do.
    """

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


def one_line(text: str) -> str:
    """``text`` as a single printable line of bounded length."""
    flat = _UNPRINTABLE.sub(" ", text.encode("utf-8", "replace").decode()).strip()
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"


def close(word: str, known: Iterable[str]) -> str | None:
    """The entry of ``known`` that ``word`` was probably meant to be."""
    from difflib import get_close_matches

    matches = get_close_matches(word[:200], list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` Did you mean `x`?`` with a space in front, or nothing."""
    match = close(word, known)
    return f" Did you mean `{match}`?" if match else ""
