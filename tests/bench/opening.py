"""Opening a large bank again: nothing changed, so nothing is parsed."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.bank import write_bank
from tests.bench.table import show, spread

OPEN = """
import sys, time
from pathlib import Path
begin = time.perf_counter()
from dp100.curriculum.catalogue import Catalogue
imported = time.perf_counter()
catalogue = Catalogue.open(Path(sys.argv[1]), packs=[Path(sys.argv[2])])
opened = time.perf_counter()
catalogue.question("bench-000007")
shown = time.perf_counter()
print(imported - begin, opened - imported, shown - opened)
"""


def run(items: int = 50_000, runs: int = 9) -> None:
    """Open a bank in a new process each time, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        pack, home = Path(folder) / "pack", Path(folder) / "home"
        write_bank(pack, items)
        figures = []
        for _ in range(runs + 1):
            done = subprocess.run(
                [sys.executable, "-c", OPEN, str(home), str(pack)], capture_output=True, text=True, check=True
            )
            figures.append([float(figure) for figure in done.stdout.split()])
    _, opened, shown = zip(*figures[1:], strict=True)
    show(
        f"Opening a bank of {items:,} questions, {runs} runs in new processes",
        [
            ("the first time", f"{figures[0][1]:.1f} s", ""),
            ("the second time and later", spread(opened, "ms", 1000), "under 100 ms"),
            ("the first question decoded (imports pydantic)", spread(shown, "ms", 1000), ""),
        ],
    )
