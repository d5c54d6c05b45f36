"""`curl`, `wget` and `azcopy` inside `dp100 offline`: as ever, unless they are to reach a host of Azure.

The gate keeps every program away from Azure, but curl says no more of that than "response 403". So each of these has a
front-end in `guard/`, on PATH where the machine has the program (a script that asks `command -v curl` is told the
truth), which says what it is about the addresses it is given, one that a program is to use as a proxy included.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from dp100.standin.activate.guard.addresses import hosts, plain
from dp100.standin.activate.hosts import is_azure
from dp100.standin.engine.errors import NotOffline

GUARD = Path(__file__).resolve().parent / "guard"
"""The folder with a folder for each program, for PATH."""

PROGRAMS = ("curl", "wget", "azcopy")

#: The status of a program that cannot find a host, from its manual.
_STATUS = {"curl": 6, "wget": 4, "azcopy": 1}
_NOT_EXECUTABLE, _NOT_FOUND = 126, 127

#: azcopy asks a host of Azure for its latest version at every start, unless it is told not to (since 10.17).
_NO_VERSION_CHECK = "--skip-version-check"


def folders(path: str) -> list[str]:
    """The front-ends of those programs that are found on ``path``, as folders for PATH."""
    rest = _without_guards(path)
    return [str(GUARD / name) for name in PROGRAMS if shutil.which(name, path=rest)]


def refused(program: str, arguments: Sequence[str]) -> NotOffline | None:
    """Why a program is not to run with these arguments; None when it may."""
    for host in hosts(program, arguments):
        if is_azure(host):
            return NotOffline(f"The Azure host {host}", "Leave `dp100 offline` to reach it.")
    if program == "azcopy":
        verbs = plain(program, arguments)
        if verbs[:1] == ["login"]:
            return NotOffline("azcopy login", "Nobody signs in here. Leave `dp100 offline` to do it.")
        if verbs[:2] == ["jobs", "resume"]:  # where to, the job's own file says
            return NotOffline("azcopy jobs resume", "Leave `dp100 offline` to do it.")
    return None


def main(program: str, arguments: Sequence[str]) -> int:
    """Refuse, or become the program that is next on PATH; returns an exit status."""
    if error := refused(program, arguments):
        print(f"{program}: {error}", file=sys.stderr)
        return _STATUS[program]
    found = shutil.which(program, path=_without_guards(os.environ.get("PATH", os.defpath)))
    if found is None:
        print(f"{program}: command not found", file=sys.stderr)
        return _NOT_FOUND
    words = [found, *arguments]
    if program == "azcopy" and _NO_VERSION_CHECK not in words:
        words.append(_NO_VERSION_CHECK)
    try:
        if os.name == "nt":  # there, a process that is replaced looks to its parent as if it had ended
            return _wait(words)
        os.execv(found, words)
    except OSError as cause:
        print(f"{program}: {found} cannot be run: {cause.strerror}", file=sys.stderr)
        return _NOT_EXECUTABLE


def _wait(words: Sequence[str]) -> int:
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the program too, which decides
    return subprocess.call(words)


def _without_guards(path: str) -> str:
    return os.pathsep.join(part for part in path.split(os.pathsep) if part and Path(part).parent != GUARD)
