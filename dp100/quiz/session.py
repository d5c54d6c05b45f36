"""A study session: what is asked next, what an answer leads to, and what came of it all.

An answer is in the log before anything else happens. A missed question comes back after a few others,
until it was answered with more than a guess, or has come back often enough for one sitting.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dp100.curriculum.catalogue import Item
from dp100.curriculum.question import Question
from dp100.memory.learner import Learner
from dp100.memory.rating import Confidence, Rating
from dp100.quiz.feedback import Line, feedback
from dp100.quiz.grading import Grade, grade
from dp100.quiz.presentation import Presentation, present
from dp100.quiz.wording import from_now

OTHERS_BETWEEN = 4
"""How many other questions come before a missed one is asked again."""

MOST_REPEATS = 3
"""How often a question comes back within one session."""

LONGEST = 15 * 60.0
"""Seconds on one question that still count as thinking; what goes beyond is time away from the desk."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question that is on.

    Attributes:
        number: its place in the session, from 1; a repeat keeps the place of the question before it.
        total: questions in the session, repeats not counted.
        again: how many missed ones are still to come back.
        repeat: whether this is one of them.
    """

    item: Item
    question: Question
    presentation: Presentation
    number: int
    total: int
    again: int
    repeat: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer led to.

    Attributes:
        due: when the question comes next.
        again: the same for people: "in 10 min", "in 4 days".
        leech: whether it has just become one of those that never stick.
    """

    grade: Grade
    rating: Rating
    lines: list[Line]
    due: dt.datetime
    again: str
    leech: bool


@dataclass(frozen=True, slots=True)
class Hard:
    """A question that was missed in this session."""

    item: str
    topic: str
    misses: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of a session.

    Attributes:
        asked: answers given, repeats included.
        right: of the first answers to each question, how many were fully right.
        firsts: how many questions were answered at all.
        by_area: title, right and total of the first answers, in the order of the outline.
        hardest: what was missed, most misses first, five at most.
        coming: what falls due in the next days: label and number, only days with something due.
    """

    asked: int
    right: int
    firsts: int
    seconds: float
    by_area: list[tuple[str, int, int]]
    hardest: list[Hard]
    coming: list[tuple[str, int]]
    unlearned: int


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A place in the queue; ``repeats`` counts how often the item has come back already."""

    item: str
    repeats: int = 0


@dataclass(frozen=True, slots=True)
class _Answered:
    item: Item
    full: bool
    first: bool
    seconds: float
    review: int


@dataclass(slots=True)
class _State:
    """Everything that undo puts back.

    Attributes:
        total: questions in the session.
        dropped: the question whose dropping this comes before, None where an answer comes.
    """

    waiting: list[_Waiting]
    total: int
    number: int = 1
    answered: list[_Answered] = field(default_factory=list)
    dropped: str | None = None

    def copy(self, *, dropped: str | None = None) -> _State:
        """This moment, to come back to."""
        return replace(self, waiting=[*self.waiting], answered=[*self.answered], dropped=dropped)


class StudySession:
    """Asks the questions of ``queue`` one by one and records the answers.

    Args:
        learner: open for writing.
        queue: ids, in the order in which they are asked first.
        seed: of the shuffling; random when None.
    """

    def __init__(self, learner: Learner, queue: Sequence[str], *, seed: int | None = None) -> None:
        self._learner = learner
        self._random = random.Random(seed)
        self._state = _State([_Waiting(item) for item in queue], total=len(queue))
        self._undo: list[_State] = []
        self._dropped: set[str] = set()
        self.outcome: Outcome | None = None
        self.current: Asked | None = None
        self._put()

    def answer(self, answer: Sequence[int | None], confidence: Confidence, seconds: float) -> Outcome:
        """Grade and record an answer to the current question; it is on disk when this returns.

        Raises:
            Dp100Error: when it could not be written; the session stands where it stood.
        """
        asked = self.current
        if asked is None or self.outcome is not None:
            raise RuntimeError("no question is waiting for an answer")
        points = grade(asked.presentation, answer)
        seconds = min(max(seconds, 0.0), LONGEST)
        recorded = self._learner.record(
            asked.item,
            points=points.points,
            possible=points.possible,
            confidence=confidence,
            seconds=seconds,
            source="study",
            answer=answer,
            seed=asked.presentation.seed,
        )
        self._undo.append(self._state.copy())
        place = self._state.waiting.pop(0)
        first = all(one.item.id != asked.item.id for one in self._state.answered)
        self._state.answered.append(_Answered(asked.item, points.full, first, seconds, recorded.review))
        if recorded.rating is Rating.AGAIN and place.repeats < MOST_REPEATS:
            self._state.waiting.insert(OTHERS_BETWEEN, replace(place, repeats=place.repeats + 1))
        self.outcome = Outcome(
            points,
            recorded.rating,
            feedback(asked.presentation, answer),
            recorded.card.due,
            from_now(recorded.card.due, self._learner.clock.now()),
            recorded.leech,
        )
        return self.outcome

    def advance(self) -> Asked | None:
        """Go to the next question; None at the end."""
        if self.outcome is None:
            return self.current
        self._state.number += 0 if self.current and self.current.repeat else 1
        self._put()
        return self.current

    @property
    def answers(self) -> int:
        """How many answers were given."""
        return len(self._state.answered)

    @property
    def can_undo(self) -> bool:
        """Whether an answer of this session can be taken back, or a dropped question brought back."""
        return bool(self._undo)

    def undo(self) -> Asked | None:
        """Take the last answer back, in the log too, and ask its question again; None when there is none.

        Where a question was dropped since, that one is brought back instead.
        """
        if not self._undo:
            return None
        before = self._undo[-1]
        if before.dropped is not None:
            self._learner.suspend(before.dropped, False)
        else:
            last = self._state.answered[-1]
            self._learner.undo(last.review)
            if last.item.id in self._dropped:
                self._learner.suspend(last.item.id, False)
        self._state = self._undo.pop()
        self._state.dropped = None
        self._put()
        return self.current

    def drop(self) -> Asked | None:
        """Leave the current question out of the rest of the session, as when it is suspended."""
        if self.current is not None:
            item = self.current.item.id
            before = self.outcome is None
            if before:
                self._undo.append(self._state.copy(dropped=item))
            self._dropped.add(item)
            self._state.waiting = [place for place in self._state.waiting if place.item != item]
            if before:
                self._state.total -= 0 if self.current.repeat else 1
                self._put()
        return self.current

    def summary(self) -> Summary:
        """What came of the session so far."""
        answered = self._state.answered
        firsts = [one for one in answered if one.first]
        learner = self._learner
        right, total = Counter[str](), Counter[str]()
        for one in firsts:
            area = learner.catalogue.area_of(one.item.topic) or one.item.topic
            total[area] += 1
            right[area] += one.full
        misses = Counter(one.item.id for one in answered if not one.full)
        topics = {one.item.id: one.item.topic for one in answered}
        order = [area.id for area in learner.catalogue.outline.areas]
        areas = sorted(total, key=lambda area: order.index(area) if area in order else len(order))
        today, coming = None, []
        for day, count in learner.stats().forecast[:8]:
            today = today or day
            if count:
                coming.append((_day(day, today), count))
        last = {one.item.id: one.full for one in answered}
        return Summary(
            asked=len(answered),
            right=sum(one.full for one in firsts),
            firsts=len(firsts),
            seconds=sum(one.seconds for one in answered),
            by_area=[(learner.catalogue.title(area), right[area], total[area]) for area in areas],
            hardest=[
                Hard(item, learner.catalogue.title(topics[item]), count)
                for item, count in misses.most_common(5)
            ],
            coming=coming,
            unlearned=sum(not full for full in last.values()),
        )

    def _put(self) -> None:
        self.outcome = None
        self.current = None
        if not self._state.waiting:
            return
        place = self._state.waiting[0]
        catalogue = self._learner.catalogue
        item = catalogue.item(place.item)
        question = catalogue.question(place.item)
        self.current = Asked(
            item,
            question,
            present(question, self._random.getrandbits(31)),
            number=min(self._state.number, max(self._state.total, 1)),
            total=self._state.total,
            again=sum(waiting.repeats > 0 for waiting in self._state.waiting),
            repeat=place.repeats > 0,
        )


def _day(day: dt.date, today: dt.date) -> str:
    away = (day - today).days
    return "today" if away == 0 else "tomorrow" if away == 1 else f"{day:%A}"
