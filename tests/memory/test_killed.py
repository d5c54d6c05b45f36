"""A process that is killed while it writes loses at most the answer that it was writing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from dp100.memory import derived
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.store import Store
from tests.memory.hand_made import HandMadeCatalogue, an_item

ROOT = Path(__file__).parents[2]

ANSWERING = """
import itertools, sys
from pathlib import Path
from dp100.memory.learner import Learner
from dp100.memory.settings import Settings
from dp100.memory.store import Store
from tests.memory.hand_made import HandMadeCatalogue, an_item

home, bank = map(Path, sys.argv[1:])
catalogue = HandMadeCatalogue(bank, [an_item(f"i{n}") for n in range(7)])
learner = Learner(Store.open(home), catalogue, Settings(), ())
items = [catalogue.item(f"i{n}") for n in range(7)]
for number in itertools.count(1):
    given = learner.record(items[number % 7], points=number % 2, possible=1, confidence=None, seconds=1,
                           source="study", answer=[0], seed=number)
    if number % 5 == 0:
        learner.undo(given.review)
    print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 2, 3, 5, 8, 13, 34, 89, 200, 400])
def test_at_most_the_answer_being_written_is_lost(home: Path, tmp_path: Path, after: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(home), str(tmp_path / "bank")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    for _ in range(after):
        process.stdout.readline()
    time.sleep(after % 10 * 0.0007)  # somewhere within one of the next answers
    process.kill()
    said = [after, *map(int, process.stdout.read().split())][-1]
    process.wait()
    process.stdout.close()
    with Store.open(home) as store:
        ((kept, last),) = store.rows("SELECT count(*), max(seed) FROM review")
        assert kept == last
        assert kept in (said, said + 1)
        assert store.rows("PRAGMA integrity_check") == [("ok",)]
        with store.transaction() as db:
            assert derived.rebuild(db, scheduler_in_force(db)) == 0


def test_the_one_who_comes_after_can_write(home: Path, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ANSWERING, str(home), str(tmp_path / "bank")],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.kill()
    process.wait()
    process.stdout.close()
    catalogue = HandMadeCatalogue(tmp_path / "bank", [an_item("i0")])
    with Store.open(home) as store:
        assert store.writable
        store.attach(catalogue.index)
        assert store.rows("SELECT count(*) FROM bank.item") == [(1,)]
