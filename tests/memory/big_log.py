"""Fills a learner's database with a long history, fast, for tests and for tests/bench.

python -m tests.memory.big_log FOLDER [ITEMS] [REVIEWS]
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from dp100.curriculum.catalogue import Item
from dp100.memory import derived
from dp100.memory.clock import day_number, start_of, study_day, to_millis
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.store import Store
from tests.memory.hand_made import HandMadeCatalogue, an_item, an_outline

INSERT = (
    "INSERT INTO review "
    "(item, revision, at, day, points, possible, confidence, rating, millis, source, answer, seed) "
    "VALUES (?, 1, ?, ?, ?, 1, ?, ?, ?, 'study', ?, ?)"
)


def items(number: int) -> list[Item]:
    """Items spread evenly over five areas of fourteen topics."""
    topics = [topic.id for topic in an_outline(5, 14).topics]
    return [an_item(f"item-number-{i:05d}-of-many", topics[i * len(topics) // number]) for i in range(number)]


def fill(
    store: Store,
    ids: list[str],
    reviews: int,
    *,
    days: int = 1000,
    end: dt.datetime | None = None,
    seed: int = 1,
) -> None:
    """Adds ``reviews`` answers to the log and makes what follows from it.

    An item's answers come at growing distances, as they do in life: the log moves through the items again
    and again, a day's answers spread over two hours of it.

    Args:
        ids: the items; each is answered ``reviews / len(ids)`` times or once more.
        days: over how many study days, the last of which is the day before ``end``.
        end: now by default.
    """
    end = end or store.clock.now()
    last = study_day(end) - dt.timedelta(days=1)
    per_day = max(1, -(-reviews // days))
    dice = random.Random(seed)
    order = list(range(len(ids)))
    dice.shuffle(order)

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(reviews):
            ago, turn = divmod(reviews - 1 - number, per_day)
            if number == 0 or turn == per_day - 1:
                date = last - dt.timedelta(days=ago)
                day, start = day_number(date), to_millis(start_of(date)) + 14 * 3_600_000
            at = start + (per_day - 1 - turn) * 7_200_000 // per_day
            sure = dice.random()
            right = sure > 0.15
            confidence, rating = (2, 3) if sure > 0.3 else (1, 2)
            item = ids[order[number % len(ids)]] if dice.random() < 0.8 else ids[dice.randrange(len(ids))]
            seconds = 10_000 + int(40_000 * sure)
            yield item, at, day, int(right), confidence, rating if right else 1, seconds, "[2]", number

    with store.transaction() as db:
        db.executemany(INSERT, rows())
        derived.rebuild(db, scheduler_in_force(db))


def make(folder: Path, items_: int = 50_000, reviews: int = 1_000_000) -> HandMadeCatalogue:
    """A whole learner's folder: a hand-made index and a filled database."""
    bank = items(items_)
    catalogue = HandMadeCatalogue(folder / "hand-made", bank, an_outline(5, 14))
    with Store.open(folder) as store:
        fill(store, [item.id for item in bank[: items_ * 9 // 10]], reviews)
    return catalogue


if __name__ == "__main__":
    began = time.perf_counter()
    make(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:]))
    print(f"{time.perf_counter() - began:.1f} s")
