"""Fits FSRS's weights to this learner, from the log, once it holds enough answers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from dp100.memory import derived, reviews
from dp100.memory.clock import to_millis
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.scheduler import LONGEST, Answer, Scheduler
from dp100.memory.store import Store

if TYPE_CHECKING:
    from fsrs_rs_python import FSRSItem

MINIMUM = 200
"""Answers that the log must hold."""

GROWTH = 0.1
GROWTH_MINIMUM = 50
"""By how much it must have grown since the last fit: the larger of that share and that number."""

LONGEST_HISTORY = 64  # answers of one item that are looked at, as FSRS's own training does
_SAMPLE = 50_000  # answers that are fitted to, those of the items answered last: takes 0.1 s
_FEWEST = 32  # answers after a day or more, without which there is nothing to fit to

History: TypeAlias = "list[tuple[int, int]]"
"""Rating and days since the answer before, for each answer to one item."""


def is_time(store: Store) -> bool:
    """Whether the log holds enough answers, and has grown enough since the last fit."""
    answers = _answers(store)
    last = store.row("SELECT reviews FROM weights ORDER BY id DESC LIMIT 1")
    if answers < MINIMUM:
        return False
    return last is None or answers - last[0] >= max(GROWTH_MINIMUM, GROWTH * last[0])


def fit(store: Store) -> bool:
    """Fits the weights when it is time, and makes all cards again by them.

    Uses a connection of its own, so it may run in a thread while the learner goes on answering. The weights
    before stay in force, and nothing is said, when the fit fails or predicts the log no better than they do.

    Returns:
        Whether new weights are in force.

    Raises:
        StoreError: when the result could not be written; then the weights before stay in force.
    """
    if not store.writable or not is_time(store):
        return False
    own = store.second()
    try:
        answers = _answers(own)
        with own.reading() as db:
            before = scheduler_in_force(db)
            training = list(_training(_histories(own)))
        if len(training) < _FEWEST:
            return False
        parameters = _better(training, before)
        _install(own, answers, parameters)
        return parameters is not None
    finally:
        own.close()


def _answers(store: Store) -> int:
    row = store.row("SELECT total(reviews) FROM day")
    return int(row[0]) if row else 0


def _histories(store: Store) -> Iterator[History]:
    """The histories of the items answered last, until there are enough answers."""
    with store.reading() as db:
        enough = 0
        for item, revision, reps in db.execute(
            "SELECT item, revision, reps FROM card ORDER BY last_at DESC, item, revision LIMIT ?", (_SAMPLE,)
        ).fetchall():
            if reps > 1:
                yield history(reviews.answers_to(db, item, revision)[:LONGEST_HISTORY])
                enough += min(reps, LONGEST_HISTORY)
            if enough >= _SAMPLE:
                return


def history(answers: Sequence[Answer]) -> History:
    """Ratings with the study days between them, as the scheduler counts them."""
    pairs: History = []
    last: int | None = None
    for answer in answers:
        pairs.append((answer.rating, 0 if last is None else min(max(0, answer.day - last), LONGEST)))
        last = answer.day
    return pairs


def prefixes(one: History) -> Iterator[History]:
    """What can be learned from a history: for each answer after a day or more, it and all before it.

    FSRS predicts recall after days; it takes neither a first answer, nor a second one on the same day.
    """
    for end, (_, days) in enumerate(one):
        if end and days:
            yield one[: end + 1]


def _training(histories: Iterator[History]) -> Iterator[FSRSItem]:
    from fsrs_rs_python import FSRSItem, FSRSReview

    for one in histories:
        made = [FSRSReview(rating, days) for rating, days in one]
        for prefix in prefixes(one):
            yield FSRSItem(made[: len(prefix)])


def _better(training: list[FSRSItem], before: Scheduler) -> list[float] | None:
    """Weights that predict the training set better than those before; None when there are none."""
    from fsrs_rs_python import DEFAULT_PARAMETERS, FSRS, check_and_fill_parameters

    try:
        fitted = [float(number) for number in FSRS(list(DEFAULT_PARAMETERS)).compute_parameters(training)]
        fitted = [float(number) for number in check_and_fill_parameters(fitted)]
        if len(fitted) != len(DEFAULT_PARAMETERS) or not all(map(math.isfinite, fitted)):
            return None
        loss = FSRS(fitted).evaluate(training).log_loss
        loss_before = FSRS(list(before.parameters)).evaluate(training).log_loss
    except Exception:
        return None
    except BaseException as error:
        # A panic inside the library is no Exception to Python.
        if type(error).__module__.startswith("pyo3"):
            return None
        raise
    return fitted if loss < loss_before else None


def _install(store: Store, answers: int, parameters: list[float] | None) -> None:
    """Writes down the fit; with weights, all cards made by them appear in the same transaction."""
    row = (to_millis(store.clock.now()), answers, None if parameters is None else json.dumps(parameters))
    insert = "INSERT INTO weights (at, reviews, parameters) VALUES (?, ?, ?)"
    if parameters is None:
        with store.transaction() as db:
            db.execute(insert, row)
        return
    # The log is folded before the database is locked, so that an answer given meanwhile does not wait for that;
    # under the lock only what was added in between is taken in.
    with store.reading() as db:
        scheduler = Scheduler(parameters, scheduler_in_force(db).retention)
        made = derived.fold_log(db, scheduler)
    with store.transaction() as db:
        db.execute(insert, row)
        if scheduler_in_force(db).retention == scheduler.retention:
            derived.catch_up(db, scheduler, made)
            derived.replace_all(db, made)
        else:
            derived.rebuild(db, scheduler_in_force(db))
