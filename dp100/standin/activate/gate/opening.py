"""Opening the gate: a process of its own, there as long as the command or anything that it has left running."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from dp100.standin.activate.gate import variables
from dp100.standin.engine.errors import EngineError

_PROGRAM = Path(__file__).with_name("staying.py")
_ROOT = Path(__file__).resolve().parents[4]

_opening = threading.Lock()
_opened: str | None = None


class CannotOpen(EngineError):
    """Nothing can listen on 127.0.0.1."""


def through(env: Mapping[str, str]) -> dict[str, str]:
    """An environment whose programs go through a gate: the one they have, or this process's own.

    Raises:
        CannotOpen: there can be none.
    """
    global _opened
    if (there := variables.address(env)) and _answers(there):
        return dict(env)
    plain = variables.before(env)
    with _opening:
        if _opened is None or not _answers(_opened):  # somebody may have ended it
            _opened = _open(plain)
        return variables.through(plain, _opened)


def _open(env: Mapping[str, str]) -> str:
    """Start a gate that ends some time after this process, or what this process becomes; returns its address."""
    try:
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    except OSError as error:
        raise CannotOpen(
            f"Nothing can listen on 127.0.0.1: {error.strerror or error}. `dp100 offline` needs that to keep programs "
            "away from Azure. Allow it, and try again."
        ) from error
    token = os.urandom(8).hex()
    address = f"http://dp100:{token}@127.0.0.1:{listener.getsockname()[1]}"
    # The process has the modules that this one has, whatever lies in the folder that the learner is in.
    path = os.pathsep.join([str(_ROOT), *_modules()])
    settings = {variables.OWNER: str(os.getpid()), variables.PATH: path, variables.SERVED: address}
    words = [_python(), "-I", "-S", str(_PROGRAM)]
    with listener:
        try:
            _start(words, {**env, **settings}, listener)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CannotOpen(
                f"The gate of `dp100 offline` cannot be started: {getattr(error, 'strerror', None) or error}."
            ) from error
    return address


def _modules() -> list[str]:
    """The folders of this process's modules; those that the learner names in PYTHONPATH come last."""
    named = {Path(entry).absolute() for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry}
    entries = [entry for entry in sys.path if entry and Path(entry) != Path.cwd()]
    return sorted(entries, key=lambda entry: Path(entry).absolute() in named)


def _python() -> str:
    # On Windows, a venv's python.exe starts the base one as a child, and a socket is shared with one process only.
    return (
        str(getattr(sys, "_base_executable", sys.executable)) if sys.platform == "win32" else sys.executable
    )


def _start(words: list[str], env: dict[str, str], listener: socket.socket) -> None:
    # Who reads the command's output to its end is not to wait for the gate's.
    nothing = subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
        process = subprocess.Popen(
            words, env=env, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing, creationflags=flags
        )
        assert process.stdin is not None
        with process.stdin as told:
            told.write(listener.share(process.pid))
        return
    # By way of a shell, which ends at once: a command that waits for all its children must not find one that it
    # never had. In a session of its own, since Ctrl-C is none of the gate's business.
    subprocess.run(
        ["/bin/sh", "-c", '"$@" &', "sh", *words, str(listener.fileno())],
        env=env,
        cwd="/",
        stdin=nothing,
        stdout=nothing,
        stderr=nothing,
        start_new_session=True,
        pass_fds=[listener.fileno()],
        check=True,
    )


def _answers(address: str) -> bool:
    """Whether somebody listens there."""
    try:
        place = urlsplit(address)
        with socket.create_connection((str(place.hostname), place.port or 0), timeout=1):
            return True
    except (OSError, ValueError):
        return False
