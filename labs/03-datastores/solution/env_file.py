"""Reads files of environment variables, a NAME=VALUE on each line. Nothing to do here.

Such a file keeps secrets out of code. It never goes into a repository: name it in .gitignore.
"""

from __future__ import annotations

import os
from pathlib import Path


def load(file: str) -> None:
    """Put the variables into os.environ, except those that are set there already."""
    if not Path(file).exists():
        return
    for line in Path(file).read_text().splitlines():
        name, sign, value = line.partition("=")
        if sign:
            os.environ.setdefault(name.strip(), value.strip())
