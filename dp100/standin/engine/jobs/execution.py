"""The processes of a job while they run."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from dp100.standin.engine.errors import EngineError
from dp100.standin.engine.jobs import logs, processes
from dp100.standin.engine.jobs.output_log import OutputLog, pump
from dp100.standin.engine.jobs.preparation import Prepared

_DRAIN = 0.5  # seconds for the rest of the output after the end of a process
_LONG_DRAIN = 30.0  # the same once nobody is left who could write


class Execution:
    """Starts the processes of a job, takes what they print, and ends them.

    Args:
        run_id: the run, by which strays are found.
        prepared: what to start.
        work: where it runs.
        folder: the job's folder, for the logs.
    """

    def __init__(self, run_id: str, prepared: Prepared, work: Path, folder: Path) -> None:
        self.run_id = run_id
        self.program = prepared.program
        self.timed_out = False
        self.failed_rank = 0
        self.logs: list[OutputLog] = []
        self._prepared = prepared
        self._work = work
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self._pumps: list[threading.Thread] = []
        self._changed = threading.Condition()
        self._codes: dict[int, int] = {}
        self._ending = False

    @property
    def exit_code(self) -> int | None:
        """The code of the first process that failed, else 0; None while nothing has ended.

        A process ended by signal n has 128 + n, as in a shell.
        """
        if not self._codes:
            return None
        code = self._codes.get(self.failed_rank, 0)
        return 128 - code if code < 0 else code

    def start(self) -> int:
        """Start everything.

        Returns:
            The pid of the first process.

        Raises:
            EngineError: the program cannot be started.
        """
        several = len(self._prepared.environments) > 1
        for rank, variables in enumerate(self._prepared.environments):
            log = OutputLog(self._folder / logs.log_name(rank, several))
            self.logs.append(log)
            try:
                process = _start(self._prepared.command, self._work, variables)
            except OSError as error:
                log.say(f"{self.program}: {error.strerror or error}")
                raise EngineError(
                    f"The command could not be started: {self.program}: {error.strerror or error}.",
                    code="UserError",
                ) from error
            self._processes.append(process)
            assert process.stdout is not None
            reader = threading.Thread(target=pump, args=(process.stdout, log), daemon=True)
            reader.start()
            self._pumps.append(reader)
            threading.Thread(target=self._watch, args=(rank, process), daemon=True).start()
        return self._processes[0].pid

    def wait(self, seconds: float) -> bool:
        """Whether all workers have ended, or a process has failed, after at most that many seconds."""
        with self._changed:
            return self._changed.wait_for(self._over, timeout=seconds)

    def end(self) -> None:
        """End what still runs, take the rest of the output, close the logs."""
        with self._changed:
            self._ending = True
        finished = len(self._codes) == len(self._processes)
        for process, reader in zip(self._processes, self._pumps, strict=True):
            reader.join(_DRAIN if finished else 0)
            # Somebody holds the pipe, or the group: the service's container would end them with it.
            if not finished or reader.is_alive() or processes.strays(process.pid):
                processes.end_tree(process.pid, self.run_id)
                reader.join(_LONG_DRAIN)
        for process in self._processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                continue  # the system does not let it go; nothing more can be done
        for log in self.logs:
            log.close()

    def _watch(self, rank: int, process: subprocess.Popen[bytes]) -> None:
        code = process.wait()
        with self._changed:
            if self._ending and rank >= self._prepared.workers:
                return  # a server, ended because nobody needs it any more
            if code and not any(self._codes.values()):
                self.failed_rank = rank
            self._codes[rank] = code
            self._changed.notify_all()

    def _over(self) -> bool:
        return all(rank in self._codes for rank in range(self._prepared.workers)) or any(self._codes.values())


def _start(command: list[str] | str, work: Path, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=work,
        env=variables,
        close_fds=True,
        start_new_session=os.name == "posix",
        creationflags=flags,
    )
