"""Finds out by trying whether somebody may do something."""

from __future__ import annotations

from collections.abc import Callable

from azure.core.exceptions import HttpResponseError

FORBIDDEN = 403


def allowed(action: Callable[[], object]) -> bool:
    """Whether the service lets the caller do this. Errors that say nothing about rights are raised.

    Args:
        action: a function without arguments that asks something of the service.
    """
    try:
        action()
    except HttpResponseError as error:
        # 401: nobody has signed in. 404: it is not there. Only 403 is about rights.
        if error.status_code == FORBIDDEN:
            return False
        raise
    return True
