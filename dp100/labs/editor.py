"""The learner's own editor, at the line where the work is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from dp100.errors import Dp100Error

_PLUS = {
    "vi",
    "vim",
    "nvim",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "kak",
    "ne",
    "joe",
    "mg",
    "gvim",
}
_COLON = {"hx", "helix", "subl", "zed"}
_GOTO = {"code", "code-insiders", "codium", "cursor", "windsurf"}
_USUAL = ("nano", "vim", "vi", "notepad")


class NoEditor(Dp100Error):
    """There is no editor that can be started."""


def todo(file: Path, step: int | None = None) -> int | None:
    """The line of a file, from 1, at which the work is; None where none is marked or there is no file.

    Args:
        file: one of the learner's files.
        step: number of a step; a line that says ``TODO step N`` with it comes before any other ``TODO``.
    """
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    marked = [(number, line) for number, line in enumerate(lines, start=1) if "TODO" in line]
    own = [number for number, line in marked if step is not None and re.search(rf"TODO step {step}\b", line)]
    return next(iter(own or [number for number, _ in marked]), None)


def command(file: Path, line: int | None = None) -> list[str]:
    """The words that open a file in ``$VISUAL``, ``$EDITOR`` or an editor that is usually there.

    Raises:
        NoEditor: there is none, or the one named is not installed.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        words = [word.strip('"') for word in shlex.split(named, posix=os.name != "nt")]
    else:
        words = [next((name for name in _USUAL if shutil.which(name)), "")]
    if not words or not words[0] or shutil.which(words[0]) is None:
        what = f"The editor `{named}` is not installed" if named else "No editor was found"
        raise NoEditor(f"{what}. Set EDITOR to the command of yours, or open {file} by hand.")
    name = Path(words[0]).stem.lower()
    if line is None:
        return [*words, str(file)]
    if name in _PLUS:
        return [*words, f"+{line}", str(file)]
    if name in _GOTO:
        return [*words, "--goto", f"{file}:{line}"]
    if name in _COLON:
        return [*words, f"{file}:{line}"]
    return [*words, str(file)]


def edit(file: Path, line: int | None = None) -> None:
    """Opens a file and waits until the editor ends, or, for one with a window of its own, has started.

    Raises:
        NoEditor: it cannot be started.
    """
    words = command(file, line)
    sys.stdout.flush()
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise NoEditor(f"The editor `{words[0]}` cannot be started: {error.strerror}.") from error
