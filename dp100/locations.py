"""Where things are: the learner's data, and the content that comes with the program."""

from __future__ import annotations

import os
from pathlib import Path

from dp100.errors import Dp100Error

_PACKAGE = Path(__file__).parent


def home() -> Path:
    """The folder of the learner's data: ``$DP100_HOME``, or the platform's place for user data. Made if missing.

    Raises:
        Dp100Error: when the folder cannot be made.
    """
    if chosen := os.environ.get("DP100_HOME"):
        folder = Path(chosen).expanduser()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("dp100", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Dp100Error(
            f"The folder for your data, {folder}, cannot be made ({error.strerror}). "
            "Set DP100_HOME to a folder that you may write to."
        ) from error
    return folder


def bundled(name: str) -> Path:
    """The folder ``content``, ``questions`` or ``labs`` that comes with the program.

    A wheel carries them in ``dp100/_data``; in a clone they stand beside the package.
    """
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name
