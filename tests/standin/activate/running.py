"""Running commands as a learner does: the real `dp100 offline`, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).parents[3]


def environment(**changes: str) -> dict[str, str]:
    """The test's environment, in which dp100 is found without being installed."""
    path = os.pathsep.join(part for part in (str(REPOSITORY), os.environ.get("PYTHONPATH", "")) if part)
    return {**os.environ, "PYTHONPATH": path, **changes}


def offline(
    *words: str, cwd: Path | None = None, status: int | None = 0, text: str | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """`dp100 offline -- WORDS`; fails when the exit status is another than the one expected."""
    command = [sys.executable, "-m", "dp100", "offline", *(["--", *words] if words else [])]
    return run(command, cwd=cwd, status=status, text=text, **env)


def run(
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    status: int | None = 0,
    text: str | None = None,
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment(**env),
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if status is not None:
        assert done.returncode == status, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def python(code: str, *, cwd: Path | None = None, **env: str) -> str:
    """What a program prints inside `dp100 offline`."""
    return offline(sys.executable, "-c", code, cwd=cwd, **env).stdout
