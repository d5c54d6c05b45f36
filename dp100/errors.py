"""The one family of errors that the learner sees: a sentence, and the exit status that goes with it."""

from __future__ import annotations


class Dp100Error(Exception):
    """Something the learner can act on. The message says what is wrong, where, and what to do."""

    status = 1


class UsageError(Dp100Error):
    """The words of a command do not fit together."""

    status = 2
