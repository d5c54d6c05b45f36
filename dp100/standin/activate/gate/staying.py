"""The gate's process, run as a file: waits for connections, and for the time when nobody can make one any more.

It imports as little as it can: every command inside `dp100 offline` starts one, and few of them need it.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from selectors import EVENT_READ, DefaultSelector

_LOOK_AGAIN = 2.0
"""Seconds between two looks at whether the gate is still needed."""


def main() -> None:
    """Stay as long as the process that opened the gate, or one whose environment names it."""
    # As in variables.py, which cannot be imported yet.
    owner, path, address = (os.environ.pop(f"DP100_GATE_{name}") for name in ("OWNER", "PATH", "SERVED"))
    sys.path += path.split(os.pathsep)  # Python's own modules stay first
    listener = _listener()
    _allow_many()
    waiting = DefaultSelector()  # select.select takes no descriptor above 1023
    waiting.register(listener, EVENT_READ)
    serving = False
    while True:
        if serving:
            time.sleep(_LOOK_AGAIN)
        elif waiting.select(_LOOK_AGAIN):
            _serve(listener, address)
            serving = True
        if not _needed(int(owner), address):
            return


def _listener() -> socket.socket:
    if sys.platform == "win32":
        return socket.fromshare(sys.stdin.buffer.read())
    return socket.socket(fileno=int(sys.argv[1]))


def _allow_many() -> None:
    """Two descriptors for each connection; what is usual at first is 256 on macOS and 1024 on Linux."""
    if sys.platform == "win32":
        return
    import resource

    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for limit in (most, min(most, 10240)):  # macOS refuses "no limit"
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, most))
        except (OSError, ValueError):
            continue
        return


def _serve(listener: socket.socket, address: str) -> None:
    from threading import Thread

    from dp100.standin.activate.gate.passing import serve

    Thread(target=serve, args=(listener, address), daemon=True).start()


def _needed(owner: int, address: str) -> bool:
    import psutil

    try:
        if psutil.pid_exists(owner):
            return True
    except OSError:  # no descriptor is free to look with: so there are programs that need it
        return True
    for process in psutil.process_iter():
        try:
            if process.environ().get("DP100_GATE") == address:
                return True
        except (psutil.Error, OSError):  # another person's, or gone
            continue
    return False


if __name__ == "__main__":
    main()
