"""Running what the learner wrote: a process of its own, its output as it comes, and an end in any case."""

from __future__ import annotations

import codecs
import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, NamedTuple

import psutil

KEPT = 200_000
"""Characters of the output that are kept: the end of it."""

Tell = Callable[[str], None]
"""Is given what a command prints, as it comes; from another thread."""


class Outcome(NamedTuple):
    """How a command ended.

    Attributes:
        status: its exit status; None when it was stopped or could not be started.
        output: what it printed, at most :data:`KEPT` characters from the end.
        seconds: how long it ran.
        why: a sentence when it did not end by itself; empty otherwise.
    """

    status: int | None
    output: str
    seconds: float
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether it ended by itself and without an error."""
        return self.status == 0


class Run:
    """A command that is running. :meth:`wait` for it; :meth:`stop` it from another thread."""

    def __init__(
        self,
        words: Sequence[str],
        *,
        folder: Path,
        env: Mapping[str, str],
        tell: Tell | None = None,
        merge: bool = True,
    ) -> None:
        """Starts it.

        Args:
            words: ``python`` is the learner's own Python; anything else is found on the environment's PATH.
            folder: its working folder.
            env: its environment.
            tell: is given what it prints.
            merge: whether standard error is part of the output; otherwise it is dropped.
        """
        self._tell = tell
        self._output = ""
        self._turn = threading.Lock()
        self._began = time.monotonic()
        self._stopped = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        try:
            self._process = subprocess.Popen(
                _found(words, env),
                cwd=folder,
                env=dict(env),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if merge else subprocess.DEVNULL,
                # Its own group, so that what it starts can be ended with it and Ctrl-C is ours to handle.
                start_new_session=os.name != "nt",
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            self._stopped = f"`{words[0]}` cannot be run here: {error.strerror or error}."
            return
        assert self._process.stdout is not None
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._process is not None and self._process.poll() is None

    def wait(self, seconds: float) -> Outcome:
        """Waits for the end, at most ``seconds`` from the start; then it is stopped."""
        process = self._process
        if process is None:
            return Outcome(None, "", 0.0, self._stopped)
        try:
            process.wait(max(0.0, self._began + seconds - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.stop(
                f"It was still running after {seconds:.0f} s and was stopped. Look for a loop that never ends, "
                "or for a wait for something that does not come."
            )
        except BaseException:
            self.stop("It was stopped.")
            raise
        took = time.monotonic() - self._began
        if self._reader is not None:
            self._reader.join(1.0)  # something it left behind may hold the pipe open
        with self._turn:
            output = self._output
        return Outcome(None if self._stopped else process.returncode, output, took, self._stopped)

    def stop(self, why: str = "It was stopped.") -> None:
        """Ends it and whatever it started. Does nothing when it has ended."""
        process = self._process
        if process is None or process.poll() is not None:
            return
        self._stopped = why
        end_tree(process.pid)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(5.0)

    def _read(self, pipe: IO[bytes]) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with pipe:
            while data := os.read(pipe.fileno(), 65536):
                if text := decoder.decode(data).replace("\r\n", "\n"):
                    with self._turn:
                        self._output = (self._output + text)[-KEPT:]
                    if self._tell is not None:
                        self._tell(text)


def run(
    words: Sequence[str], *, folder: Path, env: Mapping[str, str], seconds: float, tell: Tell | None = None
) -> Outcome:
    """Runs a command to its end, or to its limit of ``seconds``."""
    return Run(words, folder=folder, env=env, tell=tell).wait(seconds)


def end_tree(pid: int) -> None:
    """Ends a process and everything it started, children first stopped from making more."""
    try:
        root = psutil.Process(pid)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return
    for process in family:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(family, timeout=3)


def _found(words: Sequence[str], env: Mapping[str, str]) -> list[str]:
    name, *rest = words
    if name in ("python", "python3"):
        return [sys.executable, *rest]
    found = shutil.which(name, path=env.get("PATH"))
    if found is None:
        raise FileNotFoundError(2, "there is no such command")
    return [found, *rest]
