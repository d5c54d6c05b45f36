"""Memory held while studying in the app, against an empty Textual app."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

import pexpect
import psutil

from tests.bench.start_up import EMPTY
from tests.bench.table import show


def run(answers: int = 25) -> None:
    """Answer questions in a real terminal, look at the process, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        empty = _resident(["-c", EMPTY], "press q to quit", folder, 0)
        study = ["-m", "dp100", "study", "--kind", "single", "--limit", str(answers + 5)]
        studying = _resident(study, "sure", folder, answers)
    show(
        f"Resident memory, after {answers} answers",
        [
            ("an empty Textual app", f"{empty / 2**20:.0f} MB", ""),
            ("dp100 study", f"{studying / 2**20:.0f} MB", "under 100 MB"),
        ],
    )


def _resident(words: list[str], marker: str, home: str, answers: int) -> int:
    env = {**os.environ, "DP100_HOME": str(Path(home) / "home"), "TERM": "xterm-256color"}
    child = pexpect.spawn(sys.executable, words, dimensions=(24, 80), env=env, timeout=60)
    child.expect_exact(marker)
    for _ in range(answers):
        for _ in ("answer", "next"):
            child.send("\r")
            time.sleep(0.15)
            _drain(child)
    resident = int(psutil.Process(child.pid).memory_info().rss)
    child.close(force=True)
    return resident


def _drain(child: pexpect.spawn) -> None:
    try:
        while True:
            child.read_nonblocking(65536, timeout=0.02)
    except (pexpect.TIMEOUT, pexpect.EOF):
        pass
