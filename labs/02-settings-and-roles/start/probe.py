"""Finds out by trying whether somebody may do something."""

from __future__ import annotations

from collections.abc import Callable

from azure.core.exceptions import HttpResponseError


def allowed(action: Callable[[], object]) -> bool:
    """Whether the service lets the caller do this. Errors that say nothing about rights are raised.

    Args:
        action: a function without arguments that asks something of the service.
    """
    # TODO step 5: tell a refusal from success, and from every other error.
    action()
    return True
