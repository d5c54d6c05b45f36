"""The engine's errors as the exceptions that the SDK raises."""

from __future__ import annotations

import functools
import types

from dp100.standin.engine.errors import EngineError, Forbidden, NotFound, NotOffline


def translated(kind, forbidden=None, missing=None):
    """Decorate a function so that what the engine refuses is raised as ``kind(message)``.

    :class:`~dp100.standin.NotOffline` stays as it is. Of a generator, what it gives is made under the same rule.

    Args:
        kind: the exception.
        forbidden: called with the error where the caller's roles do not allow the action; gives the exception.
        missing: called with the error where the workspace itself is not there; gives the exception.
    """

    def decorate(function):
        def given(generator):
            try:
                yield from generator
            except NotOffline:
                raise
            except EngineError as error:
                raise as_exception(error, kind, forbidden, missing) from error

        @functools.wraps(function)
        def call(*args, **kwargs):
            try:
                made = function(*args, **kwargs)
            except NotOffline:
                raise
            except EngineError as error:
                raise as_exception(error, kind, forbidden, missing) from error
            return given(made) if isinstance(made, types.GeneratorType) else made

        return call

    return decorate


def raises(kind, forbidden=None, missing=None):
    """Decorate a class so that its public methods raise what the engine refuses as :func:`translated` says."""

    def decorate(cls):
        for name, member in list(vars(cls).items()):
            if name.startswith("_") and name not in ("__init__", "__new__"):
                continue
            if isinstance(member, staticmethod | classmethod):
                setattr(cls, name, type(member)(translated(kind, forbidden, missing)(member.__func__)))
            elif isinstance(member, property):
                setattr(
                    cls,
                    name,
                    property(
                        translated(kind, forbidden, missing)(member.fget),
                        translated(kind, forbidden, missing)(member.fset) if member.fset else None,
                        None,
                        member.__doc__,
                    ),
                )
            elif isinstance(member, types.FunctionType):
                setattr(cls, name, translated(kind, forbidden, missing)(member))
        return cls

    return decorate


def as_exception(error, kind, forbidden=None, missing=None):
    """The exception of the SDK for an error of the engine."""
    if missing is not None and isinstance(error, NotFound) and error.kind == "Workspace":
        return missing(error)
    if forbidden is not None and isinstance(error, Forbidden):
        return forbidden(error)
    return kind(error.message, target=error.target)


def refused(error):
    """What the clients of runs, files and secrets raise for the status 403 (``ClientBase._execute_with_arguments``)."""
    from azureml._restclient.exceptions import ServiceException

    return ServiceException(f"({error.code}) {error.message}", status_code=403)


def refused_workspace(error):
    """What the calls for workspaces raise for it (``resource_error_handling``)."""
    from azureml.exceptions._azureml_exception import ProjectSystemException

    return ProjectSystemException(error.message)


def no_workspace(_error):
    """What they raise for the status 404."""
    from azureml.exceptions._azureml_exception import ProjectSystemException

    return ProjectSystemException("Workspace not found.")


def refused_model(error):
    """What the client of models raises for it (``ModelsClient.model_error_response_to_webservice_exception``)."""
    from azureml.exceptions._azureml_exception import WebserviceException

    return WebserviceException(
        f"Received bad response from Model Management Service:\nResponse Code: 403\nContent: {error.message}",
        status_code=403,
    )
