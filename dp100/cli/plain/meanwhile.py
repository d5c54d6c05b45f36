"""Doing something now and then while a line of input is waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import TracebackType

from dp100.errors import Dp100Error

EVERY = 5.0
"""Seconds from one time to the next."""


class Meanwhile:
    """Calls something every few seconds from a thread of its own, as long as the block lasts.

    The block must leave alone what the call works on. A call that fails is the last one: the next change
    that the learner makes fails in the same way, where it can be told.
    """

    def __init__(self, call: Callable[[], object]) -> None:
        self._call = call
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._repeat, name="meanwhile", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _repeat(self) -> None:
        while not self._over.wait(EVERY):
            try:
                self._call()
            except Dp100Error:
                return
