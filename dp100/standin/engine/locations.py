"""Where the service keeps its state. The stand-in knows nothing of the rest of dp100, so it looks itself."""

from __future__ import annotations

import os
from pathlib import Path

from dp100.standin.engine.errors import EngineError


def home() -> Path:
    """The learner's folder: ``$DP100_HOME``, or the platform's place for user data. Made if missing.

    Raises:
        EngineError: when the folder cannot be made.
    """
    if chosen := os.environ.get("DP100_HOME"):
        folder = Path(chosen).expanduser()
    else:
        from platformdirs import user_data_path

        folder = user_data_path("dp100", appauthor=False)
    return _made(folder, "DP100_HOME")


def azure() -> Path:
    """The folder of the account and its workspaces: ``$DP100_AZURE``, or ``azure`` in the learner's folder."""
    if chosen := os.environ.get("DP100_AZURE"):
        return _made(Path(chosen).expanduser(), "DP100_AZURE")
    return _made(home() / "azure", "DP100_HOME")


def _made(folder: Path, variable: str) -> Path:
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow links and read the disk
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EngineError(
            f"The folder {folder} cannot be made ({error.strerror}). "
            f"Set {variable} to a folder that you may write to."
        ) from error
    return folder
