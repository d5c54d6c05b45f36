"""What a refused request to the run history or artifact service raises."""

from __future__ import annotations


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
        error_response_exception: the response, or here the sentence.
    """

    def __init__(self, error_response_exception, **kwargs):
        self.status_code = kwargs.get("status_code", 400)
        self.message = str(error_response_exception)
        self.details = kwargs.get("details")
        super().__init__(f"ServiceException:\n\tCode: {self.status_code}\n\tMessage: {self.message}")
