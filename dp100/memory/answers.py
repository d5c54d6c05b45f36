"""An answer goes into the log and changes what is remembered; taken back, it is as if it had not been given."""

from __future__ import annotations

import datetime as dt
import sqlite3
from typing import NamedTuple

from dp100.errors import Dp100Error
from dp100.memory import cards, days, reviews
from dp100.memory.cards import Card, as_card
from dp100.memory.rating import Rating
from dp100.memory.reviews import Review
from dp100.memory.scheduler import Scheduler, turns_leech, unsettle


class Recorded(NamedTuple):
    """What became of an answer.

    Attributes:
        review: its number in the log, for taking it back.
        rating: what it says about recall.
        card: what is remembered now.
        leech: this lapse made the item a leech, or one still: time to read its note.
    """

    review: int
    rating: Rating
    card: Card
    leech: bool


def record(db: sqlite3.Connection, scheduler: Scheduler, review: Review) -> Recorded:
    """Adds an answer to the log, and to its card and day. To be called within a transaction."""
    given = review.for_scheduler
    before = cards.load(db, review.item, review.revision)
    number = reviews.append(db, review)
    after = scheduler.step(before, given)
    cards.save(db, review.item, review.revision, after)
    tally = [0] * 7
    met = None if before is None else unsettle(before)
    days.count(tally, met, given.rating, given.right, given.day, given.millis)
    days.add(db, {given.day: tally})
    return Recorded(
        review=number,
        rating=review.rating,
        card=as_card(review.item, review.revision, after),
        leech=turns_leech(before.lapses if before else 0, after.lapses),
    )


def take_back(db: sqlite3.Connection, scheduler: Scheduler, number: int, at: dt.datetime) -> None:
    """Withdraws a review and makes what follows from it again. To be called within a transaction.

    Raises:
        Dp100Error: when there is no such review.
    """
    review = reviews.read(db, number)
    if review is None:
        raise Dp100Error(f"There is no answer number {number} to take back.")
    before = reviews.answers_to(db, review.item, review.revision)
    if reviews.withdraw(db, number, at):
        cards.refold(db, scheduler, review.item, review.revision)
        after = reviews.answers_to(db, review.item, review.revision)
        days.add(db, days.difference(scheduler, before, after))
