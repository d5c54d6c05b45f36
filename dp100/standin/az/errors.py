"""What `az` says when something is wrong, and the status that it leaves with."""

from __future__ import annotations

import sys
from typing import Any

GENERAL, USAGE, NOT_FOUND = 1, 2, 3


class CliError(Exception):
    """Something that ends the command.

    Args:
        message: what goes to standard error, behind ``ERROR:``.
        status: the exit status.
    """

    def __init__(self, message: str, status: int = GENERAL) -> None:
        super().__init__(message)
        self.message = message
        self.status = status


def explained(error: Exception) -> CliError | None:
    """What `az` says about an error of the engine, the SDK or a file; None for an error of the program.

    The SDKs need not be imported to tell their errors: one that is raised has been imported.
    """
    from dp100.standin.engine.errors import EngineError, NotFound, NotOffline

    if isinstance(error, CliError):
        return error
    if isinstance(error, NotOffline):
        return CliError(error.message)
    if isinstance(error, EngineError):
        return CliError(
            _coded(error.code, error.message), NOT_FOUND if isinstance(error, NotFound) else GENERAL
        )
    core = sys.modules.get("azure.core.exceptions")
    if core is not None and isinstance(error, core.AzureError):
        return CliError(
            _service(error), NOT_FOUND if isinstance(error, core.ResourceNotFoundError) else GENERAL
        )
    marshmallow = sys.modules.get("marshmallow.exceptions")
    if marshmallow is not None and isinstance(error, marshmallow.ValidationError):
        return CliError(str(error))
    if isinstance(error, FileNotFoundError):
        return CliError(f"No such file or directory: {error.filename}")
    if isinstance(error, OSError):
        return CliError(str(error))
    return None


def _coded(code: str, message: str) -> str:
    return f"({code}) {message}\nCode: {code}\nMessage: {message}"


def _service(error: Any) -> str:
    inner = getattr(error, "error", None)
    code, message = getattr(inner, "code", None), getattr(inner, "message", None)
    if code and message:
        return _coded(code, message)
    return str(getattr(error, "message", None) or error)
