"""What a snapshot leaves out: patterns of .amlignore or .gitignore, as the SDK (pathspec's gitwildmatch) reads them.

Unlike git itself, a file whose folder is left out can be taken in again by a later ``!`` pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

#: Left out of every snapshot: nothing in them is needed to run a job.
ALWAYS = (".git/", "__pycache__/", ".ipynb_checkpoints/")


class Ignore:
    """The patterns of one folder.

    Args:
        lines: the lines of the file, in order; the last pattern that matches a file decides.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self._rules = [rule for line in lines if (rule := _rule(line)) is not None]
        self._takes_back = any(keep for _, keep in self._rules)

    def leaves_out(self, path: str) -> bool:
        """Whether a file is left out; ``path`` is relative to the folder, with forward slashes."""
        for pattern, keep in reversed(self._rules):
            if pattern.match(path):
                return not keep
        return False

    def leaves_out_folder(self, path: str) -> bool:
        """Whether nothing in a folder can be taken in, so that it need not be looked at."""
        if self._takes_back:
            return False
        return any(pattern.match(path) or pattern.match(f"{path}/") for pattern, _ in self._rules)


def of_folder(folder: Path) -> Ignore:
    """The patterns for a snapshot of ``folder``: its .amlignore, else its .gitignore, and ``ALWAYS``."""
    lines: list[str] = list(ALWAYS)
    for name in (".amlignore", ".gitignore"):
        try:
            lines += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
            continue
        break
    return Ignore(lines)


def _rule(line: str) -> tuple[re.Pattern[str], bool] | None:
    text = line.rstrip("\r\n")
    text = text.rstrip(" ") if not text.rstrip(" ").endswith("\\") else text.rstrip(" ") + " "
    if not text or text.startswith("#") or text in ("/", "!"):
        return None
    keep = text.startswith("!")
    if keep:
        text = text[1:]
    if text.startswith(("\\#", "\\!")):
        text = text[1:]
    folder_only = text.endswith("/")
    anchored = "/" in text.rstrip("/")
    parts = [part for part in text.strip("/").split("/") if part]
    parts = [
        part for part, before in zip(parts, ["", *parts], strict=False) if (part, before) != ("**", "**")
    ]
    if not parts:
        return None
    pattern = "" if anchored else "(?:.+/)?"
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        if part == "**":
            # In the middle and at the front any number of folders; at the end everything below.
            pattern += (".+/.*" if folder_only and not index else ".+") if last else "(?:.+/)?"
        else:
            pattern += _part(part) + ("" if last else "/")
    if parts[-1] != "**":
        pattern += "/.*" if folder_only else "(?:/.*)?"
    return re.compile(f"{pattern}$", re.DOTALL), keep


def _part(text: str) -> str:
    """A part of a path between slashes as a regular expression."""
    found = ""
    index = 0
    while index < len(text):
        character = text[index]
        index += 1
        if character == "*":
            found += "[^/]*"
        elif character == "?":
            found += "[^/]"
        elif character == "\\" and index < len(text):
            found += re.escape(text[index])
            index += 1
        elif (
            character == "["
            and (end := text.find("]", index + 1 + (text[index : index + 1] in ("!", "^")))) > 0
        ):
            inner = text[index:end]
            negated = inner[:1] in ("!", "^")
            body = (inner[1:] if negated else inner).replace("\\", "\\\\").replace("[", "\\[")
            found += f"[{'^' if negated else ''}{body}]"
            index = end + 1
        else:
            found += re.escape(character)
    return found
