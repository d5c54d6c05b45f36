"""What an experiment does with each kind of configuration that is submitted to it."""

from __future__ import annotations

from azureml._common.exceptions import AzureMLException

_SUBMIT: dict = {}


def register_submit(cls, function):
    """Say that ``function(config, workspace, experiment_name, **kwargs)`` submits configurations of a class."""
    _SUBMIT[cls] = function


def get_experiment_submit(config):
    """The function that submits a configuration.

    Raises:
        AzureMLException: nothing of that kind can be submitted.
    """
    for cls in type(config).__mro__:
        if cls in _SUBMIT:
            return _SUBMIT[cls]
    if "__offline_name__" in vars(type(config)):
        from dp100.standin.engine.errors import NotOffline

        raise NotOffline(type(config).__offline_name__)
    raise AzureMLException("Method to be submitted has not been registered.")
