"""Standard input and output, so that no text on the way in or out can end the program."""

from __future__ import annotations

import errno
import io
import os
import sys
from codecs import lookup
from contextlib import suppress


def prepare() -> None:
    """Let every stream exist and take every text.

    What an output cannot show is printed as ``\\u2026``, and input that is no text is read as U+FFFD. A
    stream that was closed before the program began reads as empty and prints into nothing.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
        # Tests and other programs may have put something else in their place.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=errors)


def shows_all() -> bool:
    """Whether standard output can show every character."""
    try:
        return lookup(sys.stdout.encoding or "").name.startswith("utf")
    except LookupError:
        return False


def is_output_full(error: OSError) -> bool:
    """Whether ``error`` says that there is no room for what is printed."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) and error.filename is None


def give_up_output() -> None:
    """Send what is left of the output nowhere; else the interpreter complains when it ends."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
