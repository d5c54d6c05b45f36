"""Single keys from a terminal, without Enter, for a dialogue that goes on meanwhile.

Ctrl-C is a key like the others here. As a signal it would raise KeyboardInterrupt wherever the main thread happens to
be, and Python drops exceptions that are raised in some places (a weak reference's callback during an import, say):
one in many would go unheard.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

CTRL_C = "\x03"
CTRL_D = "\x04"

_TICK = 0.1  # seconds


class Keys:
    """Calls back with each key pressed, until it is left; the terminal is then as it was.

    Where standard input is no terminal, no key ever comes.
    """

    def __init__(self, pressed: Callable[[str], None]) -> None:
        self._pressed = pressed
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._before: Any = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        if sys.stdin.isatty():
            self._grab()
            self._thread = threading.Thread(target=self._read, name="keys", daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(1.0)
        self._release()

    @contextmanager
    def away(self) -> Iterator[None]:
        """The terminal as it was, and no key taken: for an editor."""
        with self._turn:
            self._release()
            try:
                yield
            finally:
                if self._thread is not None:
                    self._grab()

    def _release(self) -> None:
        if self._before is not None:
            import termios

            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, self._before)
            self._before = None

    def _grab(self) -> None:
        if sys.platform == "win32":
            return
        import termios
        import tty

        terminal = sys.stdin.fileno()
        self._before = termios.tcgetattr(terminal)
        # Keys one by one and not echoed; Ctrl-Z still suspends, and output is as ever.
        tty.setcbreak(terminal, termios.TCSADRAIN)
        mode = termios.tcgetattr(terminal)
        mode[6][termios.VINTR] = bytes([os.fpathconf(terminal, "PC_VDISABLE")])
        termios.tcsetattr(terminal, termios.TCSADRAIN, mode)

    def _read(self) -> None:
        while not self._stop.is_set():
            with self._turn:
                key = self._next()
            if key:
                self._pressed(key)
            else:
                self._stop.wait(0.001)  # so that another thread gets its turn

    def _next(self) -> str:
        if sys.platform == "win32":
            import msvcrt

            if msvcrt.kbhit():
                return msvcrt.getwch()
            self._stop.wait(_TICK)
            return ""
        import select

        ready, _, _ = select.select([sys.stdin], [], [], _TICK)
        if not ready:
            return ""
        data = os.read(sys.stdin.fileno(), 1)
        if not data:
            self._stop.wait(_TICK)  # the terminal is gone
        return data.decode("ascii", "ignore")
