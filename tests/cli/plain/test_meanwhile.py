"""Something is done again and again while the block lasts, and never after it."""

from __future__ import annotations

import threading

import pytest

from dp100.cli.plain.meanwhile import Meanwhile
from dp100.errors import Dp100Error


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dp100.cli.plain.meanwhile.EVERY", 0.001)


def test_it_repeats_and_ends_with_the_block() -> None:
    calls: list[int] = []
    enough = threading.Event()

    def call() -> None:
        calls.append(1)
        if len(calls) == 3:
            enough.set()

    with Meanwhile(call):
        assert enough.wait(10)
    count = len(calls)
    assert not enough.wait(0) or len(calls) == count
    assert all(thread.name != "meanwhile" for thread in threading.enumerate())


def test_a_call_that_fails_is_the_last_one() -> None:
    calls: list[int] = []
    failed = threading.Event()

    def call() -> None:
        calls.append(1)
        failed.set()
        raise Dp100Error("The disk is full.")

    with Meanwhile(call):
        assert failed.wait(10)
        failed.clear()
        assert not failed.wait(0.05)
    assert calls == [1]
