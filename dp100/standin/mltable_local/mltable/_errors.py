"""What is wrong with a table, for whoever wrote it."""

from __future__ import annotations


class UserErrorException(Exception):
    """A request that makes no sense; the message says why.

    Args:
        message: the sentence.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message
