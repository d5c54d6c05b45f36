"""FSRS-6: from answers to what is remembered and when it is due. Plain arithmetic, no database.

The model and its formulas: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from fsrs_rs_python import MemoryState

RELEARN_AFTER = 10 * 60 * 1000
"""Milliseconds after which a missed item is due again."""

LONGEST = 36_500
"""Days that an interval and the time between two answers are cut to, as FSRS cuts stability."""

DEFAULT_DECAY = 0.1542000025510788
"""The last of the published weights, in single precision. Home needs this one alone, and not the model."""

LEECH_LAPSES = 6
LEECH_STEP = 3


class Answer(NamedTuple):
    """What is needed of a review: rating 1 to 4, whether it earned all points, when, and the time it took."""

    rating: int
    right: int
    at: int
    day: int
    millis: int


class State(NamedTuple):
    """What the answers to one revision of one item amount to; the columns of table ``card`` after its key."""

    learned: int
    stability: float
    difficulty: float
    due_day: int
    due_at: int | None
    last_at: int
    last_day: int
    reps: int
    correct: int
    lapses: int
    last_right: int


Folded: TypeAlias = "tuple[int, MemoryState, int, int | None, int, int, int, int, int, int]"
"""A :class:`State` in the making: the same, with FSRS's own object in place of stability and difficulty."""

Advance: TypeAlias = "Callable[[Folded | None, int, int, int, int], Folded]"


class Scheduler:
    """FSRS with one set of weights and one aim.

    Args:
        parameters: the 21 weights of FSRS-6, or None for the published defaults.
        retention: the probability of recall at which an item becomes due.
    """

    def __init__(self, parameters: Sequence[float] | None = None, retention: float = 0.9) -> None:
        self._own = None if parameters is None else tuple(parameters)
        self.retention = retention

    @cached_property
    def parameters(self) -> tuple[float, ...]:
        """The weights in force."""
        if self._own is not None:
            return self._own
        from fsrs_rs_python import DEFAULT_PARAMETERS

        return tuple(DEFAULT_PARAMETERS)

    @property
    def decay(self) -> float:
        """The exponent of forgetting, FSRS-6's w20, positive."""
        return DEFAULT_DECAY if self._own is None else self._own[20]

    @cached_property
    def factor(self) -> float:
        """Scales time so that retrievability is 0.9 after ``stability`` days."""
        return float(0.9 ** (-1 / self.decay) - 1)

    def retrievability(self, stability: float, days: int) -> float:
        """Probability of recall ``days`` after the last answer: (1 + factor * days / stability) ** -decay."""
        return float((1 + self.factor * max(0, days) / stability) ** -self.decay)

    @cached_property
    def advance(self) -> Advance:
        """The one place where an answer changes a state: ``advance(before, rating, right, at, day)``.

        Time is counted in study days and never backwards: an answer dated before the last one, as after
        the computer's clock was set back, comes zero days after it.
        """
        from fsrs_rs_python import FSRS

        # A million of these make up a rebuild, so names are bound once and nothing is built twice.
        next_states = FSRS(list(self.parameters)).next_states
        retention = self.retention

        def advance(before: Folded | None, rating: int, right: int, at: int, day: int) -> Folded:
            if before is None:
                memory, days, reps, correct, lapses = None, 0, 0, 0, 0
            else:
                learned, memory, _, _, _, last_day, reps, correct, lapses, _ = before
                days = day - last_day
                if days < 0:
                    days = 0
                elif days > LONGEST:
                    days = LONGEST
                if rating == 1 and (learned or days):
                    lapses += 1  # missing it twice in one sitting is one lapse, every day is one a day
            states = next_states(memory, retention, days)
            if rating == 1:
                again = states.again.memory
                return 0, again, day, at + RELEARN_AFTER, at, day, reps + 1, correct + right, lapses, right
            to = states.good if rating == 3 else states.hard if rating == 2 else states.easy
            due = day + min(max(1, round(to.interval)), LONGEST)
            return 1, to.memory, due, None, at, day, reps + 1, correct + right, lapses, right

        return advance

    def step(self, before: State | None, answer: Answer) -> State:
        """The state after one more answer."""
        rating, right, at, day, _ = answer
        return settle(self.advance(None if before is None else unsettle(before), rating, right, at, day))

    def folded(self, answers: Iterable[Answer]) -> Folded | None:
        """What answers, in the order of giving, amount to; None for none."""
        state: Folded | None = None
        for rating, right, at, day, _ in answers:
            state = self.advance(state, rating, right, at, day)
        return state

    def fold(self, answers: Iterable[Answer]) -> State | None:
        """The same, as the database holds it."""
        state = self.folded(answers)
        return None if state is None else settle(state)


def settle(state: Folded) -> State:
    """A folded state as the database holds it."""
    learned, memory, *rest = state
    return State(learned, memory.stability, memory.difficulty, *rest)  # type: ignore[arg-type]


def unsettle(state: State) -> Folded:
    """The other way round; both are exact."""
    from fsrs_rs_python import MemoryState

    learned, stability, difficulty, *rest = state
    return (learned, MemoryState(stability, difficulty), *rest)  # type: ignore[return-value]


def is_leech(lapses: int) -> bool:
    """Whether an item was forgotten so often that asking it again is not the cure."""
    return lapses >= LEECH_LAPSES


def turns_leech(before: int, after: int) -> bool:
    """Whether this lapse is one to speak up about: the sixth, and every third after that."""
    return after > before and after >= LEECH_LAPSES and (after - LEECH_LAPSES) % LEECH_STEP == 0
