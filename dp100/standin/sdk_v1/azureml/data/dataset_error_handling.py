"""What is raised when data cannot be read."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import UserErrorException


class DatasetValidationError(UserErrorException):
    """The data that a dataset names cannot be used."""

    def __init__(self, message, exception=None):
        super().__init__(message, inner_exception=exception)
        self.error_code = None
        self.validation_error_code = None
        self.compliant_message = message


class DatasetExecutionError(UserErrorException):
    """Reading a dataset failed."""

    def __init__(self, message, exception):
        super().__init__(message, inner_exception=exception)
        self.error_code = None
        self.validation_error_code = None
        self.compliant_message = message
