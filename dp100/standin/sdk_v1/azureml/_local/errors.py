"""The engine's errors as the exceptions that the SDK raises."""

from __future__ import annotations

import functools
import types

from dp100.standin.engine.errors import EngineError, Forbidden, NotOffline


def translated(kind, forbidden=None):
    """Decorate a function so that what the engine refuses is raised as ``kind(message)``.

    :class:`~dp100.standin.NotOffline` stays as it is. Of a generator, what it gives is made under the same rule.

    Args:
        kind: the exception.
        forbidden: called with the error where the caller's roles do not allow the action; gives the exception.
    """

    def decorate(function):
        def given(generator):
            try:
                yield from generator
            except NotOffline:
                raise
            except EngineError as error:
                raise as_exception(error, kind, forbidden) from error

        @functools.wraps(function)
        def call(*args, **kwargs):
            try:
                made = function(*args, **kwargs)
            except NotOffline:
                raise
            except EngineError as error:
                raise as_exception(error, kind, forbidden) from error
            return given(made) if isinstance(made, types.GeneratorType) else made

        return call

    return decorate


def raises(kind, forbidden=None):
    """Decorate a class so that its public methods raise what the engine refuses as :func:`translated` says."""

    def decorate(cls):
        for name, member in list(vars(cls).items()):
            if name.startswith("_") and name not in ("__init__", "__new__"):
                continue
            if isinstance(member, staticmethod | classmethod):
                setattr(cls, name, type(member)(translated(kind, forbidden)(member.__func__)))
            elif isinstance(member, property):
                setattr(
                    cls,
                    name,
                    property(
                        translated(kind, forbidden)(member.fget),
                        translated(kind, forbidden)(member.fset) if member.fset else None,
                        None,
                        member.__doc__,
                    ),
                )
            elif isinstance(member, types.FunctionType):
                setattr(cls, name, translated(kind, forbidden)(member))
        return cls

    return decorate


def as_exception(error, kind, forbidden=None):
    """The exception of the SDK for an error of the engine."""
    if forbidden is not None and isinstance(error, Forbidden):
        return forbidden(error)
    return kind(error.message, target=error.target)


def refused(error):
    """What the clients of runs, files and secrets raise for the status 403 (``ClientBase._execute_with_arguments``)."""
    from azureml._restclient.exceptions import ServiceException

    return ServiceException(f"({error.code}) {error.message}", status_code=403)


def refused_model(error):
    """What the client of models raises for it (``ModelsClient.model_error_response_to_webservice_exception``)."""
    from azureml.exceptions._azureml_exception import WebserviceException

    return WebserviceException(
        f"Received bad response from Model Management Service:\nResponse Code: 403\nContent: {error.message}",
        status_code=403,
    )
