"""The engine's errors as the exceptions that the SDK raises."""

from __future__ import annotations

import functools
import types

from dp100.standin.engine.errors import EngineError, NotOffline


def translated(kind):
    """Decorate a function so that what the engine refuses is raised as ``kind(message)``.

    :class:`~dp100.standin.NotOffline` stays as it is.
    """

    def decorate(function):
        @functools.wraps(function)
        def call(*args, **kwargs):
            try:
                return function(*args, **kwargs)
            except NotOffline:
                raise
            except EngineError as error:
                raise as_exception(error, kind) from error

        return call

    return decorate


def raises(kind):
    """Decorate a class so that its public methods raise ``kind`` for what the engine refuses."""

    def decorate(cls):
        for name, member in list(vars(cls).items()):
            if name.startswith("_") and name not in ("__init__", "__new__"):
                continue
            if isinstance(member, staticmethod | classmethod):
                setattr(cls, name, type(member)(translated(kind)(member.__func__)))
            elif isinstance(member, property):
                setattr(
                    cls,
                    name,
                    property(
                        translated(kind)(member.fget),
                        translated(kind)(member.fset) if member.fset else None,
                        None,
                        member.__doc__,
                    ),
                )
            elif isinstance(member, types.FunctionType):
                setattr(cls, name, translated(kind)(member))
        return cls

    return decorate


def as_exception(error, kind):
    """The exception of the SDK for an error of the engine."""
    return kind(error.message, target=error.target)
