"""Runs scripts with no way to the network.

    python run_offline.py SCRIPT        runs one and ends as it ends
    python run_offline.py               runs every script whose path comes in on a line, each in its own folder,
                                        and answers each with a line of JSON: its traceback, or null

The second way imports the SDKs once for many scripts. Connections to this machine are let through, because
Python itself needs them on some systems.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import runpy
import sys
import traceback
from pathlib import Path

_HERE = ("127.0.0.1", "::1", "localhost", None, "")


def forbid(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses to connect to, or to look up, any other machine."""
    if event == "socket.connect" and isinstance(arguments[1], tuple) and arguments[1][0] not in _HERE:
        raise ConnectionError(f"the script wants to connect to {arguments[1][0]}")
    if event == "socket.getaddrinfo" and arguments[0] not in _HERE:
        raise ConnectionError(f"the script wants to look up {arguments[0]}")


def run(script: Path) -> str | None:
    """Runs a script in its folder; gives its traceback if it fails."""
    before = Path.cwd()
    os.chdir(script.parent)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            runpy.run_path(str(script), run_name="__main__")
    except SystemExit as leaving:
        return f"ends with status {leaving.code}" if leaving.code else None
    except BaseException:
        return traceback.format_exc()
    finally:
        os.chdir(before)
    return None


if __name__ == "__main__":
    sys.addaudithook(forbid)
    if len(sys.argv) > 1:
        sys.argv = sys.argv[1:]
        runpy.run_path(sys.argv[0], run_name="__main__")
    else:
        for line in sys.stdin:
            print(json.dumps(run(Path(line.strip()))), flush=True)
