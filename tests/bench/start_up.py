"""From typing ``dp100`` to the first frame that takes keys, against an empty Textual app."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pexpect

from tests.bench.table import show, spread

EMPTY = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    BINDINGS = [("q", "quit", "quit")]
    def compose(self):
        yield Static("press q to quit")

Empty().run()
"""

DP100 = "from dp100.cli.main import main; main()"
"""What the ``dp100`` script runs; ``python -m`` would add the cost of finding the module."""


def first_frame(words: list[str], marker: str, home: Path) -> float:
    """Seconds from starting a program in a pseudo-terminal until ``marker`` is drawn; it is ended with ``q``."""
    begin = time.perf_counter()
    child = pexpect.spawn(
        sys.executable,
        words,
        dimensions=(24, 80),
        env={
            **os.environ,
            "DP100_HOME": str(home),
            "TERM": "xterm-256color",
            # An installed program has its bytecode. Where the environment forbids to write any, every start would
            # compile dp100 anew, but not Textual, which came with its own.
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(home.with_name("bytecode")),
        },
        timeout=60,
    )
    child.expect_exact(marker)
    taken = time.perf_counter() - begin
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    return taken


def run(runs: int = 15) -> None:
    """Measure both in turn and print the table."""
    from dp100.memory.learner import Learner

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with Learner.open(home) as learner:
            learner.change_settings(introduced=True)
        empty, app = [], []
        for number in range(runs + 2):
            pair = (
                first_frame(["-c", EMPTY], "press q to quit", home),
                first_frame(["-c", DP100], "quit", home),
            )
            if number >= 2:  # the first two fill the caches
                empty.append(pair[0])
                app.append(pair[1])
    ratio = statistics.median(mine / theirs for mine, theirs in zip(app, empty, strict=True))
    show(
        f"Start to first frame, {runs} runs each in turn",
        [
            ("an empty Textual app", spread(empty, "ms", 1000), ""),
            ("dp100", spread(app, "ms", 1000), ""),
            ("ratio, pair by pair", f"{ratio:.2f}", "at most 1.40"),
        ],
    )
