"""The exceptions of the SDK, by what they are about."""

from __future__ import annotations

from azureml._common.exceptions import AzureMLException


class TrainingException(AzureMLException):
    """Configuring, running or updating a training run failed."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class ExperimentExecutionException(AzureMLException):
    """Configuring, running or updating a submitted run failed."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class ProjectSystemException(AzureMLException):
    """Reading or setting up a project failed; the scope of a workspace or experiment is missing or wrong."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class SnapshotException(AzureMLException):
    """A snapshot could not be taken, for instance because it is too large."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class RunEnvironmentException(AzureMLException):
    """A run was asked for outside of one."""

    def __init__(self, **kwargs):
        super().__init__(
            "Could not load a submitted run, if outside of an execution context, use experiment.start_logging to "
            "initialize an azureml.core.Run.",
            **kwargs,
        )


class WorkspaceException(AzureMLException):
    """A workspace could not be created or found."""

    def __init__(self, exception_message, found_multiple=False, **kwargs):
        super().__init__(exception_message, **kwargs)
        self.found_multiple = found_multiple


class WorkspacePrivateEndpointException(AzureMLException):
    """A private endpoint of a workspace could not be created or found."""

    def __init__(self, exception_message, found_multiple=False, **kwargs):
        super().__init__(exception_message, **kwargs)
        self.found_multiple = found_multiple


class ComputeTargetException(AzureMLException):
    """A compute target could not be created, found, configured or used."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class UserErrorException(AzureMLException):
    """An input is invalid or not supported."""

    _error_code = "UserError"

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class AuthenticationException(UserErrorException):
    """Who calls could not be authenticated."""

    _error_code = "Authentication"

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class RunConfigurationException(AzureMLException):
    """A run configuration could not be found, read or written."""

    def __init__(self, exception_message, **kwargs):
        super().__init__(exception_message, **kwargs)


class WebserviceException(AzureMLException):
    """A request to the model management service failed."""

    def __init__(self, exception_message, status_code=None, logger=None, **kwargs):
        super().__init__(exception_message, **kwargs)
        self.status_code = status_code


class ModelNotFoundException(AzureMLException):
    """There is no such model."""

    def __init__(self, exception_message, logger=None, **kwargs):
        super().__init__(exception_message, **kwargs)


class ModelPathNotFoundException(AzureMLException):
    """The files of a model to be registered are missing."""

    def __init__(self, exception_message, logger=None, **kwargs):
        super().__init__(exception_message, **kwargs)


class DiscoveryUrlNotFoundException(AzureMLException):
    """The service's address could not be found out."""

    def __init__(self, discovery_key, **kwargs):
        super().__init__(
            f"Could not load discovery key {discovery_key}, from environment variables.", **kwargs
        )


class ActivityFailedException(AzureMLException):
    """A run failed.

    Args:
        error_details: the error of the run, JSON text.
    """

    def __init__(self, error_details, **kwargs):
        super().__init__(f"Activity Failed:\n{error_details}", **kwargs)


class DatasetTimestampMissingError(AzureMLException):
    """A filter by time needs a timestamp column that the dataset has not."""

    def __init__(self, error_details, **kwargs):
        super().__init__(f"Activity Failed:\n{error_details}", **kwargs)


class ParallelRunException(AzureMLException):
    """Raised by the script of a parallel run step to choose how it is tried again.

    Args:
        exception_message: what happened.
        code: ``Retry.NoRetry``, ``Retry.StopProcess`` or ``Retry.RestartProcess``.
        delay_seconds: how long to wait before the next mini batch.
    """

    def __init__(self, exception_message, code=None, delay_seconds=0, **kwargs):
        super().__init__(exception_message, **kwargs)
        self.code = code
        self.delay_seconds = delay_seconds
