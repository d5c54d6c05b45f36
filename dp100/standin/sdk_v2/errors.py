"""What the engine refuses, as azure-core and azure-ai-ml say it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any, NoReturn

from azure.ai.ml.exceptions import ErrorCategory, ErrorTarget, ValidationErrorType, ValidationException
from azure.core.exceptions import HttpResponseError, ResourceExistsError, ResourceNotFoundError

from dp100.standin.engine.errors import (
    AlreadyExists,
    Conflict,
    EngineError,
    Forbidden,
    NotFound,
    NotOffline,
    TooLarge,
)

# Codes that say more than the service's usual "UserError".
_OWN_CODES = {"workspace", "resource_group", "subscription"}


class Refusal:
    """As much of an HTTP response as azure-core's errors look at.

    Attributes:
        status_code: of HTTP.
        reason: the words for it.
        headers: none.
    """

    def __init__(self, status_code: int, reason: str, code: str, message: str) -> None:
        self.status_code = status_code
        self.reason = reason
        self.headers: dict[str, str] = {}
        self.request = None
        self._body = json.dumps({"error": {"code": code, "message": message, "details": []}})

    def text(self, encoding: str | None = None) -> str:
        """The body: JSON in the form of OData 4."""
        return self._body

    def body(self) -> bytes:
        """The body as bytes."""
        return self._body.encode()


@contextlib.contextmanager
def answering() -> Iterator[None]:
    """Let what the engine raises inside appear as the error that the service's answer would become."""
    try:
        yield
    except NotOffline:
        raise
    except EngineError as error:
        raise translated(error) from error


def translated(error: EngineError) -> HttpResponseError:
    """The error of azure-core for one of the engine."""
    code = error.code
    if (
        code in {"ResourceNotFound", "ComputeTargetNotFound", "ValidationError"}
        and error.target not in _OWN_CODES
    ):
        code = "UserError"
    message = error.message
    if isinstance(error, NotFound):
        return ResourceNotFoundError(response=Refusal(404, "Not Found", code, message))
    if isinstance(error, AlreadyExists | Conflict):
        return ResourceExistsError(response=Refusal(409, "Conflict", code, message))
    if isinstance(error, Forbidden):
        return HttpResponseError(response=Refusal(403, "Forbidden", code, message))
    if isinstance(error, TooLarge):
        return HttpResponseError(response=Refusal(413, "Request Entity Too Large", code, message))
    return HttpResponseError(response=Refusal(400, "Bad Request", code, message))


def not_found(message: str, code: str = "UserError") -> ResourceNotFoundError:
    """The error for something that is not there."""
    return ResourceNotFoundError(response=Refusal(404, "Not Found", code, message))


def bad_request(message: str, code: str = "UserError") -> HttpResponseError:
    """The error for something that the service does not accept."""
    return HttpResponseError(response=Refusal(400, "Bad Request", code, message))


def refused(
    kind: Any, message: str, target: str, *, plain: str | None = None, system: bool = False, **more: Any
) -> Any:
    """One of azure-ai-ml's exceptions.

    Args:
        kind: its class.
        plain: the message without names and paths; the message itself by default.
        system: whether it is the service's fault and not the learner's.
    """
    return kind(
        message=message,
        no_personal_data_message=plain or message,
        target=target,
        error_category=ErrorCategory.SYSTEM_ERROR if system else ErrorCategory.USER_ERROR,
        **more,
    )


def invalid(
    message: str,
    target: str = ErrorTarget.GENERAL,
    kind: ValidationErrorType = ValidationErrorType.INVALID_VALUE,
) -> ValidationException:
    """What the SDK itself refuses, before it would ask the service."""
    error: ValidationException = refused(ValidationException, message, target, error_type=kind)
    return error


def missing(message: str, target: str = ErrorTarget.GENERAL) -> ValidationException:
    """:func:`invalid`, for something that was not given."""
    return invalid(message, target, ValidationErrorType.MISSING_FIELD)


def reported(error: Exception) -> NoReturn:
    """Raise an error of validation in the form in which the SDK shows it: an MlException with advice."""
    from azure.ai.ml._exception_helper import log_and_raise_error

    log_and_raise_error(error)


@contextlib.contextmanager
def reporting() -> Iterator[None]:
    """Let an error of validation appear in the form of :func:`reported`."""
    try:
        yield
    except ValidationException as error:
        reported(error)
