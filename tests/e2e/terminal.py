"""A real pseudo-terminal with dp100 in it, and what a person would see there."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

import pexpect
import pyte

PATIENCE = 30.0
"""Seconds to wait for something to show; far more than it takes, for machines that are busy."""

_ENVIRONMENT = {
    "TERM": "xterm-256color",
    "LANG": "C.UTF-8",
    "COLUMNS": "",
    "LINES": "",
    "PYTHONSAFEPATH": "1",  # the command dp100 does not look for modules in the folder it is called in
}


class Terminal:
    """Runs ``dp100`` with these words and keeps the screen as a person sees it."""

    def __init__(
        self, *words: str, columns: int = 80, rows: int = 24, program: Sequence[str] = ("-m", "dp100")
    ) -> None:
        """A terminal in which dp100 starts.

        Args:
            words: after ``dp100``.
            columns: of the terminal, and its ``rows``.
            rows: of the terminal.
            program: what Python runs, where it is not dp100 as it stands.
        """
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)
        self.child = pexpect.spawn(
            sys.executable,
            [*program, *words],
            dimensions=(rows, columns),
            env={**os.environ, **_ENVIRONMENT},
            encoding="utf-8",
            codec_errors="replace",
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.child.close(force=True)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds: float = 0.05) -> bool:
        """Take in what the program has printed; False when it has ended."""
        try:
            self._stream.feed(self.child.read_nonblocking(65536, timeout=seconds))
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        return True

    def wait(self, *texts: str, gone: str | None = None) -> str:
        """Wait until all ``texts`` are on the screen, and ``gone`` is not."""
        return self.until(
            lambda screen: all(text in screen for text in texts) and (gone is None or gone not in screen),
            f"{texts} to show" + (f" and {gone!r} to go" if gone else ""),
        )

    def until(self, condition: Callable[[str], bool], what: str) -> str:
        """Wait until the screen meets a condition."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            alive = self.pump()
            if condition(self.text):
                return self.text
            if not alive:
                break
        raise AssertionError(f"waited in vain for {what}; the screen is\n{self.text}")

    def press(self, keys: str) -> None:
        """Press keys: text, ``\\r`` for Enter, ``\\x1b`` for Escape."""
        self.child.send(keys)

    def leave(self) -> int:
        """Wait for the program to end, and return its exit status."""
        end = time.monotonic() + PATIENCE
        while self.pump():
            assert time.monotonic() < end, f"it did not end; the screen is\n{self.text}"
        self.child.close(force=False)
        return int(self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus)

    def kill(self) -> None:
        """End it at once, as the kernel would; nothing of it runs any more."""
        os.kill(self.child.pid, signal.SIGKILL)
        self.child.close(force=True)
