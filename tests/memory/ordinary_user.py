"""Tests that take rights away must not run as root, whom nothing is forbidden."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Root becomes nobody for a while."""
    if getattr(os, "geteuid", lambda: 1)() != 0:
        yield
        return
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


def give_away(folder: Path) -> None:
    """Makes ``folder`` and what is in it nobody's, where root runs the test."""
    if getattr(os, "geteuid", lambda: 1)() == 0:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
