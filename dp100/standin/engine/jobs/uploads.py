"""The files that a script leaves in ``outputs`` and ``logs`` become the run's artifacts while it runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.tracking.artifacts import Artifacts

#: Folders in a job's working directory that the service uploads.
FOLDERS = ("outputs", "logs")
_SETTLED = 1.0  # seconds since a file was changed, before it is taken while the script still runs


class Uploads:
    """Copies files that are new or have changed.

    Args:
        artifacts: the run's store.
        run_id: the run.
        work: the job's working directory.
    """

    def __init__(self, artifacts: Artifacts, run_id: str, work: Path) -> None:
        self._artifacts = artifacts
        self._run_id = run_id
        self._work = work
        self._seen: dict[str, tuple[int, int]] = {}

    def turn(self, *, last: bool = False) -> list[str]:
        """Copy what has changed since the last turn.

        Args:
            last: the script has ended; files that were changed just now are taken too.

        Returns:
            Sentences about files that could not be copied.
        """
        problems = []
        for top in FOLDERS:
            for root, _, names in os.walk(self._work / top):
                for name in names:
                    path = Path(root, name)
                    below = path.relative_to(self._work).as_posix()
                    try:
                        found = path.stat()
                        mark = (found.st_size, found.st_mtime_ns)
                        if self._seen.get(below) == mark or (
                            not last and time.time() - found.st_mtime < _SETTLED
                        ):
                            continue
                        self._artifacts.upload(self._run_id, below, path)
                        self._seen[below] = mark
                    except (OSError, EngineError, ValueError) as problem:
                        if last:
                            problems.append(f"{below} could not be uploaded: {problem}")
        return problems
