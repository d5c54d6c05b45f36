"""`curl`, `wget` and `azcopy` inside `dp100 offline`: as ever, unless they are to reach a host of Azure.

The guard of dp100_offline.py is in Python's own sockets, which these programs do not use. Each has a front-end in
`guard/`, on PATH where the machine has the program. It looks at the addresses it is given; where a redirect leads, or
what a configuration file names, it does not see.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from dp100.standin.activate.hosts import is_azure
from dp100.standin.engine.errors import NotOffline

GUARD = Path(__file__).resolve().parent / "guard"
"""The folder with a folder for each program, for PATH."""

PROGRAMS = ("curl", "wget", "azcopy")

#: The status of a program that cannot find a host, from its manual.
_STATUS = {"curl": 6, "wget": 4, "azcopy": 1}

#: Options whose value is no address to go to, though it may look like one.
_VALUES = {
    "curl": frozenset(
        (
            *(
                "-A",
                "-b",
                "-c",
                "-d",
                "-e",
                "-F",
                "-H",
                "-K",
                "-o",
                "-T",
                "-u",
                "-w",
                "--cookie",
                "--cookie-jar",
            ),
            *(
                "--data",
                "--data-ascii",
                "--data-binary",
                "--data-raw",
                "--data-urlencode",
                "--form",
                "--header",
            ),
            *("--json", "--output", "--referer", "--upload-file", "--user", "--user-agent", "--write-out"),
        )
    ),
    "wget": frozenset(
        (
            *("-a", "-B", "-i", "-o", "-O", "-P", "-U", "--body-data", "--header", "--output-document"),
            *("--output-file", "--post-data", "--referer", "--user-agent"),
        )
    ),
    "azcopy": frozenset(),
}
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://)?(?:[^/?#\s@]*@)?([^/?#:\s'\"]+)(?::\d+)?(?:[/?#].*)?", re.IGNORECASE
)


def folders(path: str) -> list[str]:
    """The front-ends of those programs that are found on ``path``, as folders for PATH."""
    rest = _without_guards(path)
    return [str(GUARD / name) for name in PROGRAMS if shutil.which(name, path=rest)]


def refused(program: str, arguments: Sequence[str]) -> NotOffline | None:
    """Why a program is not to run with these arguments; None when it may."""
    for host in _hosts(program, arguments):
        if is_azure(host):
            return NotOffline(f"The Azure host {host}", "Leave `dp100 offline` to reach it.")
    if program == "azcopy" and arguments[:1] == ["login"]:
        return NotOffline("azcopy login", "Nobody signs in here. Leave `dp100 offline` to do it.")
    return None


def _hosts(program: str, arguments: Sequence[str]) -> Iterator[str]:
    value = False
    for argument in arguments:
        given, value = value, argument in _VALUES[program]
        if given:
            continue
        if argument.startswith("--url="):
            argument = argument.partition("=")[2]
        if found := _ADDRESS.fullmatch(argument):
            yield found[1]


def main(program: str, arguments: Sequence[str]) -> int:
    """Refuse, or become the program that is next on PATH; returns an exit status."""
    if error := refused(program, arguments):
        print(f"{program}: {error}", file=sys.stderr)
        return _STATUS[program]
    found = shutil.which(program, path=_without_guards(os.environ.get("PATH", os.defpath)))
    if found is None:
        print(f"{program}: command not found", file=sys.stderr)
        return 127
    if os.name == "nt":  # there, a process that is replaced looks to its parent as if it had ended
        return subprocess.call([found, *arguments])
    os.execv(found, [found, *arguments])


def _without_guards(path: str) -> str:
    return os.pathsep.join(part for part in path.split(os.pathsep) if part and Path(part).parent != GUARD)
