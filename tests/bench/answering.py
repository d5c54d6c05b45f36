"""From an answer to the next question, with a large bank and a long history."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from dp100.memory import derived
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence
from dp100.memory.selection import Selection
from dp100.quiz.session import StudySession
from tests.bench.bank import write_bank
from tests.bench.table import percentile, show, spread
from tests.memory.big_log import fill


def run(items: int = 50_000, reviews: int = 1_000_000, answers: int = 1000) -> None:
    """Fill a bank and a log, study, and print the table."""
    with tempfile.TemporaryDirectory() as folder:
        pack, home = Path(folder) / "pack", Path(folder) / "home"
        write_bank(pack, items)
        begin = time.perf_counter()
        with Learner.open(home, packs=[pack]) as learner:
            indexed = time.perf_counter() - begin
            ids = [item.id for item in learner.catalogue.items() if item.id.startswith("bench-")]
            fill(learner.store, ids, reviews)
        with Learner.open(home, packs=[pack]) as learner:
            begin = time.perf_counter()
            queue = learner.queue(Selection(mode="due", topic=None, limit=answers))
            queued = time.perf_counter() - begin
            queue = queue or learner.queue(Selection(mode="weakest", limit=answers))
            taken = _study(learner, queue, answers)
            begin = time.perf_counter()
            learner.overview()
            overview = time.perf_counter() - begin
            rebuilt = _rebuild(learner)
    show(
        f"{items:,} questions, {reviews:,} reviews, {len(taken):,} answers",
        [
            ("answer to next question, median", spread(taken, "ms", 1000), ""),
            ("answer to next question, p99", f"{percentile(taken, 0.99) * 1000:.1f} ms", "under 16 ms"),
            ("making today's queue", f"{queued * 1000:.0f} ms", ""),
            ("all that Home shows", f"{overview * 1000:.0f} ms", ""),
            ("rebuilding the derived state from the log", f"{rebuilt:.2f} s", "under 5 s"),
            ("reading the bank the first time", f"{indexed:.1f} s", ""),
        ],
    )


def _study(learner: Learner, queue: list[str], answers: int) -> list[float]:
    """Seconds from giving an answer to holding the next question, shuffled and ready to be shown."""
    taken: list[float] = []
    while len(taken) < answers and queue:
        session = StudySession(learner, queue, seed=1)
        while session.current is not None and len(taken) < answers:
            asked = session.current
            begin = time.perf_counter()
            session.answer(asked.presentation.key, Confidence.SURE, 10.0)
            session.advance()
            taken.append(time.perf_counter() - begin)
    return taken


def _rebuild(learner: Learner) -> float:
    begin = time.perf_counter()
    with learner.store.transaction() as db:
        derived.rebuild(db, scheduler_in_force(db))
    return time.perf_counter() - begin
