"""The log of a process: what it prints, byte for byte, up to a bound."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path
from typing import IO

HEAD = 20 * 1024 * 1024  # bytes that are kept from the beginning
TAIL = 1024 * 1024  # bytes that are kept from the end
_BLOCK = 1 << 16


class OutputLog:
    """A file that takes everything and keeps the beginning and the end of it.

    Args:
        path: the file; its folder is made.
        head, tail: bytes to keep from the beginning and from the end.
    """

    def __init__(self, path: Path, *, head: int = HEAD, tail: int = TAIL) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._file = path.open("ab", buffering=0)
        self._head = self._room = head
        self._bound = tail
        self._tail: deque[bytes] = deque()
        self._held = 0
        self._dropped = 0
        self._lock = threading.Lock()

    def write(self, data: bytes) -> None:
        """Take more output."""
        with self._lock:
            if self._room > 0:
                self._file.write(data[: self._room])
                data, self._room = data[self._room :], self._room - len(data)
            if data:
                self._tail.append(data)
                self._held += len(data)
                while self._held - len(self._tail[0]) >= self._bound:
                    gone = self._tail.popleft()
                    self._held -= len(gone)
                    self._dropped += len(gone)

    def say(self, text: str) -> None:
        """Write a line of ours."""
        self.write(f"{text}\n".encode())

    def close(self) -> None:
        """Write the end of the output, after a line that says what is missing."""
        with self._lock:
            if self._file.closed:
                return
            if self._dropped:
                self._file.write(
                    f"\n[... {self._dropped:,} bytes are left out here: after {self._head:,} bytes only the end of a "
                    "process's output is kept; it follows ...]\n".encode()
                )
            for data in self._tail:
                self._file.write(data)
            self._file.close()


def pump(stream: IO[bytes], log: OutputLog) -> None:
    """Move what comes from a pipe into a log until its end."""
    while True:
        try:
            data = stream.read1(_BLOCK)  # type: ignore[attr-defined]
        except (OSError, ValueError):  # closed by us
            return
        if not data:
            return
        log.write(data)
