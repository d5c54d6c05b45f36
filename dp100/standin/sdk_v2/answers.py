"""Answers in azure-core's types, given at once: nothing here takes long or comes in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from azure.core.paging import ItemPaged
from azure.core.polling import LROPoller, PollingMethod

from dp100.standin.sdk_v2.errors import answering

T = TypeVar("T")


class _Done(PollingMethod[T]):
    """A polling method with nothing left to ask."""

    def __init__(self, value: T) -> None:
        self._value = value

    def initialize(self, client: Any, initial_response: Any, deserialization_callback: Any) -> None:
        """There is nothing to prepare."""

    def run(self) -> None:
        """There is nothing to wait for."""

    def status(self) -> str:
        """The state in which every operation is."""
        return "Succeeded"

    def finished(self) -> bool:
        """True, so that the poller starts no thread."""
        return True

    def resource(self) -> T:
        """What the operation was for."""
        return self._value

    def get_continuation_token(self) -> str:
        """A token with which nothing can be continued, for there is nothing left."""
        return ""


def done(value: T) -> LROPoller[T]:
    """A poller of an operation that has ended with ``value``."""
    return LROPoller(None, None, lambda _: value, _Done(value))


def paged(read: Callable[[], Iterable[T]]) -> ItemPaged[T]:
    """Items that are read when somebody wants the first of them, as the service's are."""

    def page(token: str | None) -> list[T]:
        with answering():
            return list(read())

    return ItemPaged(page, lambda items: (None, iter(items)))
