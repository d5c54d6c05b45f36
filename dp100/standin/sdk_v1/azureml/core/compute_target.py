"""Compute targets as they were before :mod:`azureml.core.compute`."""

from __future__ import annotations

from azureml.exceptions._azureml_exception import ComputeTargetException, UserErrorException

from dp100.standin.engine.errors import NotOffline as _NotOffline

__all__ = [
    "AbstractComputeTarget",
    "ComputeTargetException",
    "LocalTarget",
    "UserErrorException",
    "attach_legacy_compute_target",
    "is_compute_target_prepared",
    "prepare_compute_target",
    "remove_legacy_compute_target",
]


class AbstractComputeTarget:
    """A compute target by type and name."""

    def __init__(self, compute_target_type, name):
        self._type = compute_target_type
        self._name = name

    @property
    def name(self):
        """Its name."""
        return self._name

    @property
    def type(self):
        """Its type."""
        return self._type

    @staticmethod
    def deserialize_from_dict(compute_target_name, compute_target_dict):
        """The target in a dict."""
        return AbstractComputeTarget(compute_target_dict.get("type"), compute_target_name)


class LocalTarget(AbstractComputeTarget):
    """This machine."""

    def __init__(self):
        super().__init__("local", "local")


def is_compute_target_prepared(experiment, source_directory, run_config):
    """Whether a target has what a run needs; here nothing has to be prepared."""
    return True


def prepare_compute_target(experiment, source_directory, run_config):
    """Prepare a target for runs."""
    raise _NotOffline("prepare_compute_target")


def attach_legacy_compute_target(experiment, source_directory, compute_target):
    """Attach a target to a project."""
    raise _NotOffline("attach_legacy_compute_target")


def remove_legacy_compute_target(experiment, source_directory, compute_target_name):
    """Take a target out of a project."""
    raise _NotOffline("remove_legacy_compute_target")
