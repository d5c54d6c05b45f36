"""Processes by pid and start time, and the end of a whole tree of them. Needs nothing of the rest."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

#: Set in the environment of a supervisor; its tree belongs to another job.
SUPERVISES = "DP100_SUPERVISES"
#: Set in the environment of a job; finds members of its tree that have left it.
RUN_ID = "AZUREML_RUN_ID"

_ROUNDS = 40
_SAME_START = 2.0  # seconds by which psutil's answers for one process may differ when the clock is set


def started(pid: int) -> float | None:
    """What tells a process from a later one with the same pid; None when there is no such process, or a dead one.

    On Linux it is ticks since the machine started, which setting the clock does not change; elsewhere seconds.
    """
    if sys.platform == "linux":
        try:
            with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - pathlib would double the cost
                words = file.read().rpartition(b")")[2].split()
        except OSError:
            return None
        return None if words[0] in (b"Z", b"X") else float(words[19])
    import psutil

    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else float(process.create_time())
    except psutil.Error:
        return None


def alive(pid: int | None, start: float | None) -> bool:
    """Whether the process that had this pid and start time still runs."""
    if not pid:
        return False
    found = started(pid)
    return found is not None and (start is None or abs(found - start) < _SAME_START)


def end_tree(pid: int | None, run_id: str, *, patience: float = 10.0) -> int:
    """End a job's processes: the first one, its descendants, and those that have left the tree.

    Members are found by descent, by session, and by the run id in their environment. They are stopped before they
    are killed, again and again until none is found, so that one that keeps making others does not win.

    Args:
        pid: the job's first process, which leads a session where the platform has sessions.
        run_id: the run that it was started for.
        patience: seconds after which the search is given up.

    Returns:
        How many processes were still there at the end: 0 unless the system refuses to end one.
    """
    until = time.monotonic() + patience
    left: list[psutil.Process] = []
    for _ in range(_ROUNDS):
        _end_group(pid)
        left = members(pid, run_id)
        if not left or time.monotonic() > until:
            break
        for act in ("suspend", "kill"):
            for process in left:
                with contextlib.suppress(Exception):  # gone, or not ours to end
                    getattr(process, act)()
        _wait(left, 0.5)
    return len(left)


def members(pid: int | None, run_id: str) -> list[psutil.Process]:
    """The living processes of a job, without those of other jobs that it has submitted."""
    import psutil

    found: dict[int, psutil.Process] = {}
    if pid:
        with contextlib.suppress(psutil.Error):
            root = psutil.Process(pid)
            for process in (root, *root.children(recursive=True)):
                found[process.pid] = process
    me = os.getpid()
    for process in psutil.process_iter():
        if process.pid in found or process.pid == me:
            continue
        if (pid and _session(process.pid) == pid) or _environment(process).get(RUN_ID) == run_id:
            found[process.pid] = process
    return [
        process
        for process in found.values()
        if process.pid != me and _living(process) and _of_run(process, run_id)
    ]


def strays(pid: int) -> bool:
    """Whether the process group that ``pid`` led still has members. Always False where there are no groups."""
    if os.name != "posix":
        return False
    try:
        os.killpg(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _end_group(pid: int | None) -> None:
    if pid and os.name == "posix" and pid != os.getpgrp():
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _living(process: psutil.Process) -> bool:
    import psutil

    try:
        return bool(process.is_running()) and process.status() not in (
            psutil.STATUS_ZOMBIE,
            psutil.STATUS_DEAD,
        )
    except psutil.Error:
        return False


def _of_run(process: psutil.Process, run_id: str) -> bool:
    """False for supervisors, and for the processes of other jobs that this one has submitted."""
    variables = _environment(process)
    return SUPERVISES not in variables and variables.get(RUN_ID, run_id) == run_id


def _session(pid: int) -> int | None:
    if os.name != "posix":
        return None
    try:
        return os.getsid(pid)
    except OSError:
        return None


def _environment(process: psutil.Process) -> dict[str, str]:
    try:
        return process.environ()
    except Exception:  # another user's, gone, or a kernel thread
        return {}


def _wait(processes: list[psutil.Process], seconds: float) -> None:
    import psutil

    psutil.wait_procs(processes, timeout=seconds)
