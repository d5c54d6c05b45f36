"""Errors while the app runs: the learner reads the sentence, and the app goes on."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from textual.app import App
from textual.message_pump import MessagePump

from dp100.errors import Dp100Error

P = ParamSpec("P")
S = TypeVar("S", bound=MessagePump)


def tell(app: App[Any], error: Dp100Error) -> None:
    """Shows the sentence for long enough to be read, as written."""
    sentence = str(error)
    app.notify(sentence, severity="error", timeout=max(6, len(sentence) / 12), markup=False)


def told(handler: Callable[Concatenate[S, P], None]) -> Callable[Concatenate[S, P], None]:
    """Makes a message handler tell a :class:`Dp100Error` instead of letting it end the app.

    Key presses and clicks on actions need no such help: the app itself tells what goes wrong in an action.
    """

    @functools.wraps(handler)
    def guarded(self: S, /, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            handler(self, *args, **kwargs)
        except Dp100Error as error:
            tell(self.app, error)

    return guarded
