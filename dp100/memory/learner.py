"""The learner: what the rest of the program talks to. All it does is done by the functions beside it.

Those that Home does not need are imported when they are called, so that the way there stays short.
"""

from __future__ import annotations

import datetime as dt
import math
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from dp100.curriculum.catalogue import Catalogue, Item, UnknownId
from dp100.memory import marks, overview, settings
from dp100.memory.clock import Clock, SystemClock
from dp100.memory.in_force import scheduler_in_force
from dp100.memory.marks import Flag, Marks
from dp100.memory.mastery import TopicState, View, standing
from dp100.memory.overview import Overview
from dp100.memory.settings import Settings
from dp100.memory.store import DamagedIndex, Store
from dp100.memory.trouble import as_sentences

if TYPE_CHECKING:
    from dp100.memory.answers import Recorded
    from dp100.memory.cards import Card
    from dp100.memory.rating import Confidence
    from dp100.memory.reviews import Source
    from dp100.memory.scheduler import Scheduler
    from dp100.memory.selection import Selection
    from dp100.memory.stats import Stats

_T = TypeVar("_T")


class Learner:
    """One learner's knowledge of one catalogue.

    Attributes:
        store: the database.
        catalogue: the content.
        settings: what the learner has set; changed by :meth:`change_settings` only.
        clock: where the time comes from.
    """

    def __init__(
        self, store: Store, catalogue: Catalogue, settings: Settings, packs: tuple[Path, ...]
    ) -> None:
        self.store = store
        self.catalogue = catalogue
        self.settings = settings
        self.clock = store.clock
        self._packs = packs
        self._known: tuple[int, Scheduler] | None = None
        store.attach(catalogue.index)

    @classmethod
    def open(
        cls,
        home: Path,
        *,
        packs: Sequence[Path] | None = None,
        clock: Clock | None = None,
        write: bool = True,
    ) -> Learner:
        """Opens the learner's data and the catalogue that the settings ask for.

        Args:
            home: the learner's folder.
            packs: folders with more content, for this time only.
            clock: where the time comes from; the computer's by default.
            write: whether answers will be recorded; only one program at a time may.

        Raises:
            Dp100Error: when either cannot be used; then nothing was changed.
        """
        store = Store.open(home, clock=clock or SystemClock(), write=write)
        catalogue = None
        try:
            chosen = settings.load(store)
            extra = tuple(packs or ())
            catalogue = _open_catalogue(home, chosen, extra)
            return cls(store, catalogue, chosen, extra)
        except BaseException:
            store.close()
            if catalogue is not None:
                catalogue.close()
            raise

    def close(self) -> None:
        """Gives the data back. May be called twice."""
        self.store.close()
        self.catalogue.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Answering

    def record(
        self,
        item: Item,
        *,
        points: int,
        possible: int,
        confidence: Confidence | None,
        seconds: float,
        source: Source,
        answer: Sequence[int | None],
        seed: int,
        at: dt.datetime | None = None,
    ) -> Recorded:
        """Adds an answer to the log; it is on the disk when this returns.

        Args:
            item: what was answered.
            points, possible: points earned of those that could be.
            confidence: how sure the learner said to be; None in an exam.
            seconds: from showing the question to the answer.
            source: where it was asked.
            answer: indexes as in the content, None where nothing was chosen.
            seed: what the question was presented with.
            at: when it was given; now by default.

        Raises:
            StoreError: when it could not be written; then nothing of it was.
            ValueError: when the values contradict each other.
        """
        if not (math.isfinite(seconds) and seconds >= 0):
            raise ValueError(f"{seconds} seconds is no time to answer in")
        from dp100.memory import answers
        from dp100.memory.reviews import Review, as_indexes

        review = Review(
            item=item.id,
            revision=item.revision,
            at=at or self.clock.now(),
            points=points,
            possible=possible,
            confidence=confidence,
            seconds=seconds,
            source=source,
            answer=as_indexes(answer),
            seed=seed,
        )
        with self.store.transaction() as db:
            return answers.record(db, self._scheduler(db), review)

    def undo(self, review: int) -> None:
        """Takes an answer back: the log keeps it with a withdrawal, and all is as if it had not been given.

        Raises:
            Dp100Error: when there is no such answer.
        """
        from dp100.memory import answers

        with self.store.transaction() as db:
            answers.take_back(db, self._scheduler(db), review, self.clock.now())

    def card(self, id: str) -> Card | None:
        """What is remembered of an item in its present revision; None when it was never answered."""
        from dp100.memory import cards

        return self._look(lambda: cards.present(self.store, id))

    # Marks

    def marks(self, id: str) -> Marks:
        """The marks of an item."""
        return marks.marks(self.store, id)

    def suspend(self, id: str, on: bool = True) -> None:
        """Never ask an item again, or do."""
        marks.suspend(self.store, id, on)

    def suspended(self) -> set[str]:
        """Ids of the items that are never to be asked."""
        return marks.suspended(self.store)

    def bookmark(self, id: str, on: bool = True) -> None:
        """Keep an item at hand, or no more."""
        marks.bookmark(self.store, id, on)

    def flag(self, id: str, note: str = "") -> None:
        """Flag an item as wrong, with a note to oneself."""
        marks.flag(self.store, id, note)

    def unflag(self, id: str) -> None:
        """Take the flag off an item."""
        marks.unflag(self.store, id)

    def flagged(self) -> list[Flag]:
        """The flagged items, the oldest flag first."""
        return marks.flagged(self.store)

    # Looking

    def queue(self, wanted: Selection | None = None) -> list[str]:
        """What to ask, in order; by default what is due today and some that is new."""
        from dp100.memory.selection import Selection, queue

        return self._look(lambda: queue(self.view(), self.catalogue, wanted or Selection()))

    def overview(self) -> Overview:
        """Where the learner stands today."""
        return self._look(lambda: overview.overview(self.view()))

    def topics(self) -> dict[str, TopicState]:
        """How the learner stands with each topic of the outline, in its order."""
        return self._look(lambda: standing(self.view()).topics)

    def stats(self) -> Stats:
        """How studying has gone, and what is to come."""
        from dp100.memory import stats

        return self._look(lambda: stats.stats(self.view()))

    def fit(self) -> bool:
        """Fits FSRS to this learner when it is time; any thread may call it. True when weights are new."""
        from dp100.memory import fitting

        return fitting.fit(self.store)

    def _look(self, at: Callable[[], _T]) -> _T:
        """Looks, and once more after a damaged index, which is only a cache, was made anew."""
        try:
            return at()
        except DamagedIndex:
            self.store.detach()
            self.catalogue.close()
            with as_sentences(self.catalogue.index):
                self.catalogue.index.unlink(missing_ok=True)
            self.catalogue = _open_catalogue(self.store.home, self.settings, self._packs)
            self.store.attach(self.catalogue.index)
            return at()

    def view(self) -> View:
        """What the functions that look need: database, outline, settings, weights and the time."""
        with self.store.reading() as db:
            scheduler = self._scheduler(db)
        return View(self.store, self.catalogue.outline, self.settings, scheduler, self.clock.now())

    # Setting

    def change_settings(self, **changes: Any) -> Settings:
        """Changes settings, opens the catalogue anew where they ask for another, and keeps them.

        Raises:
            SettingsError: when a setting cannot have that value.
            Dp100Error: when there is no such outline, or nothing could be written. Then nothing was changed.
        """
        chosen = replace(self.settings, **changes)
        other = (chosen.outline, chosen.packs) != (self.settings.outline, self.settings.packs)
        catalogue = _open_catalogue(self.store.home, chosen, self._packs) if other else self.catalogue
        try:
            if chosen.outline is not None and other and chosen.outline not in catalogue.outlines:
                raise UnknownId("outline", chosen.outline, catalogue.outlines)
            with self.store.transaction() as db:
                settings.save(self.store, chosen)
                if chosen.retention != self.settings.retention:
                    from dp100.memory import derived

                    derived.rebuild(db, scheduler_in_force(db))
        except BaseException:
            if other:
                catalogue.close()
            raise
        self.settings = chosen
        self._known = None
        if other:
            before, self.catalogue = self.catalogue, catalogue
            self.store.attach(catalogue.index)
            before.close()
        return chosen

    def _scheduler(self, db: sqlite3.Connection) -> Scheduler:
        """The scheduler in force. Another connection may have fitted new weights."""
        version = int(db.execute("PRAGMA main.data_version").fetchone()[0])
        if self._known is None or self._known[0] != version:
            self._known = (version, scheduler_in_force(db))
        return self._known[1]


def _open_catalogue(home: Path, chosen: Settings, extra: tuple[Path, ...]) -> Catalogue:
    """The catalogue that the settings ask for."""
    packs = [Path(pack).expanduser() for pack in chosen.packs] + list(extra)
    return Catalogue.open(home, packs=packs, outline=chosen.outline)
