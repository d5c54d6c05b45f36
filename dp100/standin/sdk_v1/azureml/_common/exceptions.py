"""The base of the SDK's exceptions."""

from __future__ import annotations

import json
import sys
import traceback


class AzureMLException(Exception):
    """The base of all exceptions of Azure Machine Learning.

    Args:
        exception_message: what happened.
        inner_exception: the exception, or its text, that led to it.
        target: the name of the element that caused it.
        details: more about it, such as other error responses.
    """

    def __init__(
        self,
        exception_message,
        inner_exception=None,
        target=None,
        details=None,
        message_format=None,
        message_parameters=None,
        reference_code=None,
        **kwargs,
    ):
        super().__init__(exception_message)
        self._exception_message = exception_message
        self._inner_exception = inner_exception
        self._exc_info = sys.exc_info()
        self._target = target
        self._details = details

    @property
    def message(self):
        """The sentence."""
        return self._exception_message

    @message.setter
    def message(self, value):
        self._exception_message = value

    @property
    def inner_exception(self):
        """What led to it."""
        return self._inner_exception

    @inner_exception.setter
    def inner_exception(self, value):
        self._inner_exception = value

    def print_stacktrace(self):
        """Print the traceback of the exception that was being handled when this one was made."""
        traceback.print_exception(*self._exc_info)

    def _serialize_json(self, indent=None, filter_fields=None):
        """The error response: codes from the most general inwards, then message, target and details."""
        error: dict = {}
        for cls in type(self).mro():
            code = vars(cls).get("_error_code")
            if cls is AzureMLException:
                break
            if code and error.get("code") != code:
                error = {"code": code, "inner_error": error} if error else {"code": code}
        error["message"] = self._exception_message
        if self._target is not None:
            error["target"] = self._target
        if self._details is not None:
            error["details"] = self._details
        for name in filter_fields or ():
            error.pop(name, None)
        return json.dumps({"error": error}, indent=indent, default=str)

    def __repr__(self):
        return (
            f"{type(self).__name__}:\n\tMessage: {self.message}\n\tInnerException {self.inner_exception}\n"
            f"\tErrorResponse \n{self._serialize_json(indent=4)}"
        )

    __str__ = __repr__


class AzureMLAggregatedException(AzureMLException):
    """Several errors at once.

    Args:
        exceptions_list: their messages.
    """

    def __init__(self, exceptions_list, **kwargs):
        super().__init__("\n".join(exceptions_list), **kwargs)
