"""Running dp100 as a learner does, and what it said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.tui.conftest import BANK

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0

_ON_THE_SMALL_BANK = """
import pathlib, sys
from dp100.curriculum import sources
bank = pathlib.Path(sys.argv.pop(1))
sources.bundled = lambda name: bank / name
{before}
from dp100.cli.main import main
main()
"""


@dataclass(frozen=True)
class Said:
    """What came of a command."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    def is_told(self, *parts: str, status: int | None = None) -> bool:
        """Whether the command ended with one sentence on standard error that holds these parts."""
        assert self.status == status if status else self.status in (1, 2), self
        assert self.err.startswith("dp100: "), self
        assert self.err.rstrip("\n").count("\n") == 0, self
        assert self.err.rstrip().endswith((".", "?")), self
        assert "Traceback" not in self.err + self.out
        assert all(part in self.err for part in parts), self
        return True


def command(*words: str, before: str = "") -> Sequence[str]:
    """The words that start dp100 in a process of its own, on the small bank; ``before`` is run first."""
    return [sys.executable, "-c", _ON_THE_SMALL_BANK.format(before=before), str(BANK), *words]


def process(*words: str, before: str = "", env: Mapping[str, str] | None = None, **options: Any) -> Any:
    """dp100 in a process of its own, with pipes."""
    return subprocess.Popen(
        command(*words, before=before),
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        **{
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            **options,
        },
    )


def in_process(
    *words: str,
    input: bytes | str = b"",
    before: str = "",
    env: Mapping[str, str] | None = None,
    **options: Any,
) -> Said:
    """Run dp100 in a process of its own until it ends."""
    child = process(*words, before=before, env=env, **options)
    data = input.encode() if isinstance(input, str) else input
    out, err = child.communicate(None if child.stdin is None else data, timeout=PATIENCE)
    return Said(
        child.returncode, (out or b"").decode(errors="replace"), (err or b"").decode(errors="replace")
    )
