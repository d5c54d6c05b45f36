"""Sitting an exam: where the candidate is, what was answered, and the clock. Every change is on disk at once.

Killing the program loses nothing: :meth:`Sitting.resume` finds the exam with its answers, its flags and
what was left of the clock, which stood still meanwhile.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dp100.curriculum.catalogue import UnknownId
from dp100.curriculum.question import CaseStudy
from dp100.errors import Dp100Error
from dp100.memory import exams, marks
from dp100.memory.exams import ExamRecord, Place
from dp100.memory.learner import Learner
from dp100.quiz.exam.paper import Paper, draw_paper
from dp100.quiz.exam.report import Report, report, scaled
from dp100.quiz.grading import grade, is_complete
from dp100.quiz.presentation import Presentation, present

SAVE_EVERY = 5.0
"""Seconds after which a running clock is written although nothing else changed."""

Timer = Callable[[], float]


class Locked(Dp100Error):
    """The section was left, or the solution answered, and cannot be entered again."""


@dataclass(frozen=True, slots=True)
class Form:
    """What kind of exam to sit.

    Attributes:
        questions: how many; None takes the outline's.
        minutes: on the clock; None takes the outline's, or its share for a short or longer paper.
        short: the outline's short form.
        open_book: notes may be read while the clock runs.
    """

    questions: int | None = None
    minutes: int | None = None
    short: bool = False
    open_book: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the candidate is."""

    total: int
    answered: int
    flagged: int
    unanswered: int


class Sitting:
    """An open exam. Made by :meth:`begin` or :meth:`resume`."""

    def __init__(self, learner: Learner, record: ExamRecord, places: list[Place], timer: Timer) -> None:
        self._learner = learner
        self._timer = timer
        self._since = timer()
        self._saved = self._since
        self.record = record
        self.places = places
        self.position = min(record.position, len(places) - 1)
        self._remaining = record.remaining
        self.away: dt.timedelta | None = None
        self._presented: dict[int, Presentation] = {}
        self._unsaved: set[int] = set()
        self._gone: set[int] = set()

    @classmethod
    def begin(
        cls, learner: Learner, form: Form, *, seed: int | None = None, timer: Timer = time.monotonic
    ) -> Sitting:
        """Draw a paper and start the clock.

        Raises:
            Dp100Error: when an exam is open already, or the bank has no question for the outline.
        """
        if exams.running(learner.store):
            raise Dp100Error("An exam is open already. Resume it, or end it, before you begin another.")
        exam = learner.catalogue.outline.exam
        wanted = form.questions or (exam.short_form if form.short else exam.default_questions)
        minutes = form.minutes or max(1, round(exam.minutes * wanted / exam.default_questions))
        rng = random.Random(seed)
        paper = _draw(learner, wanted, rng)
        places = [
            Place(position, section, kind, item.id, item.topic, rng.getrandbits(31))
            for position, (section, kind, item) in enumerate(
                (number, section.kind, item)
                for number, section in enumerate(paper.sections)
                for item in section.items
            )
        ]
        identifier = exams.begin(
            learner.store,
            outline=learner.catalogue.outline.id,
            form="short" if form.short else "full",
            open_book=form.open_book,
            minutes=minutes,
            passing=exam.passing_score,
            places=places,
            at=learner.clock.now(),
        )
        record = exams.find(learner.store, identifier)
        assert record is not None
        return cls(learner, record, places, timer)

    @classmethod
    def resume(cls, learner: Learner, *, timer: Timer = time.monotonic) -> Sitting | None:
        """The exam that was open when the program ended, None when there is none.

        ``away`` then says how long that is ago. Questions that have left the bank since cannot be entered, and
        are not judged.
        """
        record = exams.running(learner.store)
        if record is None:
            return None
        sitting = cls(learner, record, exams.places(learner.store, record.id), timer)
        sitting.away = max(learner.clock.now() - record.saved, dt.timedelta())
        sitting._close_gone()
        return sitting

    def _close_gone(self) -> None:
        """Lock the places whose question has left the bank, and stand at one that is left."""
        for place in self.places:
            try:
                self._learner.catalogue.item(place.item)
            except UnknownId:
                self._gone.add(place.position)
                self.places[place.position] = place._replace(locked=True)
        if self.position in self._gone:
            left = [place.position for place in self.places if not place.locked]
            self.position = next((n for n in left if n > self.position), left[-1] if left else self.position)

    # --- where the candidate is

    @property
    def place(self) -> Place:
        """The place that is open."""
        return self.places[self.position]

    @property
    def presentation(self) -> Presentation:
        """The question at the open place."""
        return self.presented(self.position)

    def presented(self, position: int) -> Presentation:
        """The question at a place, shuffled as it was the first time.

        Raises:
            Dp100Error: when the question has left the bank since the exam was begun.
        """
        if position not in self._presented:
            place = self.places[position]
            self._presented[position] = present(self._learner.catalogue.question(place.item), place.seed)
        return self._presented[position]

    @property
    def case(self) -> CaseStudy | None:
        """The scenario of the open place, if it belongs to a case study."""
        case = self.presentation.case
        return self._learner.catalogue.case(case) if case else None

    @property
    def standing(self) -> Standing:
        """How many questions were answered and flagged."""
        answered = sum(self.is_answered(place.position) for place in self.places)
        flagged = sum(place.flagged for place in self.places)
        return Standing(len(self.places), answered, flagged, len(self.places) - answered)

    def is_answered(self, position: int) -> bool:
        """Whether every part of the question at ``position`` was answered."""
        place = self.places[position]
        return (
            place.begun and position not in self._gone and is_complete(self.presented(position), place.answer)
        )

    def leaves_section(self, position: int) -> bool:
        """Whether going to ``position`` locks the section that is open."""
        here = self.place
        return here.kind != "main" and not here.locked and self.places[position].section != here.section

    def can_enter(self, position: int) -> bool:
        """Whether the place may be opened from here."""
        return 0 <= position < len(self.places) and not self.places[position].locked

    # --- what the candidate does; each is on disk when it returns

    def go(self, position: int) -> None:
        """Open another place. Leaving a case study or a series locks it.

        Raises:
            Locked: when the place's section was left before.
        """
        if not 0 <= position < len(self.places):
            raise IndexError(position)
        if not self.can_enter(position):
            raise Locked(
                f"Question {position + 1} belongs to a section that you have left; it cannot be entered again."
            )
        self._account()
        if self.leaves_section(position):
            section = self.place.section
            for place in self.places:
                if place.section == section:
                    self._change(place.position, locked=True)
        self.position = position
        self._save()

    def answer(self, answer: Sequence[int | None]) -> None:
        """Answer the open place, in whole or in part.

        Raises:
            Locked: when a solution of a series that was answered before would change.
        """
        if self.presentation.form == "series":
            for before, after in zip(self.place.answer, answer, strict=False):
                if before is not None and before != after:
                    raise Locked("A solution of a series cannot be answered again.")
        self._account()
        self._change(self.position, answer=tuple(answer))
        self._save()

    def flag(self, on: bool | None = None) -> bool:
        """Flag the open place for review, or take the flag off; returns how it stands then."""
        self._account()
        self._change(self.position, flagged=not self.place.flagged if on is None else on)
        self._save()
        return self.place.flagged

    # --- the clock

    @property
    def remaining(self) -> float:
        """Seconds left, never below 0."""
        return max(0.0, self._remaining - (self._timer() - self._since))

    @property
    def is_over(self) -> bool:
        """Whether the clock has run out."""
        return self.remaining <= 0

    def tick(self) -> float:
        """To be called about once a second: writes the clock now and then, and returns what is left of it."""
        if self._timer() - self._saved >= SAVE_EVERY:
            self.pause()
        return self.remaining

    def pause(self) -> None:
        """Write the clock, as before the program ends."""
        self._account()
        self._save()

    def skip_time_away(self) -> None:
        """Let the clock stand still from the last change until now, as after the machine slept."""
        self._since = self._timer()

    def finish(self) -> Report:
        """Grade everything, close the exam and hand its answers to memory; one transaction."""
        self._account()
        graded = []
        answered = []
        for place in self.places:
            try:
                presentation = self.presented(place.position)
            except Dp100Error:
                continue  # it left the bank since: no one can be judged by it
            points = grade(presentation, place.answer)
            graded.append(place._replace(points=points.points, possible=points.possible))
            if place.begun:
                answered.append((graded[-1], points))
        earned, possible = sum(p.points or 0 for p in graded), sum(p.possible or 0 for p in graded)
        now = self._learner.clock.now()
        with self._learner.store.transaction():
            for place, points in answered:
                self._learner.record(
                    self._learner.catalogue.item(place.item),
                    points=points.points,
                    possible=points.possible,
                    confidence=None,
                    seconds=place.seconds,
                    source="exam",
                    answer=place.answer,
                    seed=place.seed,
                )
            exams.finish(
                self._learner.store,
                self.record.id,
                remaining=self.remaining,
                score=scaled(earned, possible),
                points=earned,
                possible=possible,
                places=graded,
                at=now,
            )
        return report_of(self._learner, self.record.id)

    def discard(self) -> None:
        """Leave no trace of this exam."""
        exams.discard(self._learner.store, self.record.id)

    def _account(self) -> None:
        """Book the time since the last change on the open place and on the clock."""
        now = self._timer()
        spent = min(now - self._since, self._remaining)
        self._remaining -= spent
        self._since = now
        self._change(self.position, seconds=self.place.seconds + spent)

    def _change(self, position: int, **values: Any) -> None:
        self.places[position] = self.places[position]._replace(**values)
        self._unsaved.add(position)

    def _save(self) -> None:
        """Write what changed. What could not be written stays marked, and goes with the next change."""
        exams.save(
            self._learner.store,
            self.record.id,
            remaining=self._remaining,
            position=self.position,
            at=self._learner.clock.now(),
            changed=[self.places[position] for position in sorted(self._unsaved)],
        )
        self._unsaved.clear()
        self._saved = self._timer()


def report_of(learner: Learner, exam: int) -> Report:
    """The report of a finished exam.

    Raises:
        Dp100Error: when there is no such exam, or it is still open.
    """
    record = exams.find(learner.store, exam)
    if record is None or record.finished is None:
        raise Dp100Error(f"There is no finished exam with the number {exam}. `dp100 stats` lists them.")
    return report(record, exams.places(learner.store, exam), learner.catalogue)


def _draw(learner: Learner, questions: int, rng: random.Random) -> Paper:
    catalogue = learner.catalogue
    sdk = None if learner.settings.sdk == "any" else learner.settings.sdk
    suspended = marks.suspended(learner.store)
    bank = {
        area.id: [item for item in catalogue.items(area=area.id, sdk=sdk) if item.id not in suspended]
        for area in catalogue.outline.areas
        if area.weight
    }
    return draw_paper(
        bank, catalogue.outline.weights, questions, rng=rng, recent=exams.asked_lately(learner.store)
    )
