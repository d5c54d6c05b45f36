"""What a refused request to the run history or artifact service raises."""

from __future__ import annotations

from types import SimpleNamespace


class AzureMLRestClientException(Exception):
    """The base of what the clients raise."""

    def __init__(self, exception_message, inner_exception=None, **kwargs):
        super().__init__(exception_message)
        self.inner_exception = inner_exception

    def print_stacktrace(self):
        """Print where it was raised."""
        import traceback

        traceback.print_exception(self)


class ServiceException(AzureMLRestClientException):
    """The service refused a request.

    Args:
        error_response_exception: the response, or here the sentence, with the code in brackets.
    """

    def __init__(self, error_response_exception, **kwargs):
        self.status_code = kwargs.get("status_code", 400)
        self.message = str(error_response_exception)
        self.details = kwargs.get("details") or []
        super().__init__(f"ServiceException:\n\tCode: {self.status_code}\n\tMessage: {self.message}")

    @property
    def error(self):
        """The answer: ``error.error`` has its ``code``, ``message`` and ``details``."""
        code, _, message = self.message.removeprefix("(").partition(") ")
        return SimpleNamespace(error=SimpleNamespace(code=code, message=message, details=self.details))

    @property
    def response(self):
        """The answer as HTTP has it: ``status_code``, ``headers`` and ``text``."""
        return SimpleNamespace(status_code=self.status_code, headers={}, text=self.message)

    def __reduce__(self):
        return _again, (self.message, self.status_code, self.details)


def _again(message, status_code, details):
    return ServiceException(message, status_code=status_code, details=details)
