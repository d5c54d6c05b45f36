"""What a save costs: from a file on the disk to the verdict, for a step without training."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from queue import SimpleQueue

from dp100.labs import desk, shelf
from dp100.labs.bench import Bench
from dp100.labs.watching import Saves
from dp100.memory.store import Store
from tests.bench.table import show, spread

STEPS = (("03-datastores", 0), ("03-datastores", 2), ("05-data-assets", 0))
"""Labs and places of steps: one of SDK v1, one of SDK v2, one of the command line."""


def run(runs: int = 5) -> None:
    """Measure and print the table."""
    rows = []
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "home"
        bare = _bare(runs)
        for id, place in STEPS:
            with Store.open(home) as store:
                lab = shelf.find(id)
                bench = desk.start(lab, Path(name) / f"{id}-{place}", home, store)
                step = lab.steps[place]
                source = lab.solution / step.file
                took = [_save(bench, place, source.read_bytes(), number) for number in range(runs)]
            ratio = statistics.median(took) / bare
            rows.append((f"{id}, {step.id}", f"{spread(took, 's')}, {ratio:.0f} times a bare Python", "2 s"))
    show("From save to verdict, for steps without training", rows)


def _bare(runs: int) -> float:
    took = []
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        took.append(time.perf_counter() - begin)
    return statistics.median(took)


def _save(bench: Bench, place: int, text: bytes, number: int) -> float:
    """Save the solution of a step while the folder is watched, check, and take the time."""
    step = bench.folder.lab.steps[place]
    saved: SimpleQueue[list[str]] = SimpleQueue()
    saves = Saves(bench.folder, saved.put)
    try:
        begin = time.perf_counter()
        (bench.folder.path / step.file).write_bytes(text + b"\n" * number)
        saved.get(timeout=60)
        bench.check([step], anew=True)
        return time.perf_counter() - begin
    finally:
        saves.stop()
