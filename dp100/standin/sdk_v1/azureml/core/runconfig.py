"""Run configurations: where and how a script runs."""

from __future__ import annotations

import json
import logging

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement, _content
from azureml._local.later import absent as _absent
from azureml._local.runconfig_parts import (
    AmlComputeConfiguration,
    ApplicationEndpointConfiguration,
    Data,
    DataLocation,
    DataPath,
    DataReferenceConfiguration,
    Dataset,
    DockerConfiguration,
    GlobsOptions,
    HdiConfiguration,
    HistoryConfiguration,
    KubernetesComputeConfiguration,
    MountOptions,
    MpiConfiguration,
    OutputData,
    OutputOptions,
    ParallelTaskConfiguration,
    PyTorchConfiguration,
    RegistrationOptions,
    SparkConfiguration,
    TensorflowConfiguration,
    UploadOptions,
    Uri,
)
from azureml.core.container_registry import ContainerRegistry as _ContainerRegistry
from azureml.core.environment import DEFAULT_CPU_IMAGE, DEFAULT_GPU_IMAGE, Environment

AML_CONFIG_DIR = "aml_config"
AZUREML_DIR = ".azureml"
COMPUTECONTEXT_EXTENSION = ".compute"
LOCAL_RUNCONFIG_NAME = "local"
RUNCONFIGURATION_EXTENSION = ".runconfig"
MPI_CPU_IMAGE = DEFAULT_CPU_IMAGE
MPI_GPU_IMAGE = DEFAULT_GPU_IMAGE
SUPPORTED_DATAREF_MODES = ["mount", "download", "upload"]
SUPPORTED_DELIVERY_MECHANISM = ["direct", "mount", "download", "upload"]
SUPPORTED_PYTORCH_BACKENDS = ["nccl", "gloo"]

__all__ = [
    "AmlComputeConfiguration",
    "ApplicationEndpointConfiguration",
    "AzureContainerRegistry",
    "ContainerRegistry",
    "Data",
    "DataLocation",
    "DataPath",
    "DataReferenceConfiguration",
    "DatacacheConfiguration",
    "Dataset",
    "DatasetRegistrationOptions",
    "DockerConfiguration",
    "EnvironmentDefinition",
    "GlobsOptions",
    "HdiConfiguration",
    "HistoryConfiguration",
    "KubernetesComputeConfiguration",
    "MountOptions",
    "MpiConfiguration",
    "OutputData",
    "OutputOptions",
    "ParallelTaskConfiguration",
    "PyTorchConfiguration",
    "RegistrationOptions",
    "RunConfiguration",
    "SparkConfiguration",
    "TensorflowConfiguration",
    "UploadOptions",
    "Uri",
]

DatacacheConfiguration, DatasetRegistrationOptions = _absent(
    __name__, "DatacacheConfiguration", "DatasetRegistrationOptions"
)

_UNUSED = "'auto_prepare_environment' is deprecated and unused. It will be removed in a future release."
_SECTIONS = (
    "spark",
    "docker",
    "hdi",
    "tensorflow",
    "mpi",
    "pytorch",
    "history",
    "paralleltask",
    "amlcompute",
    "kubernetescompute",
)

_logger = logging.getLogger(__name__)


class ContainerRegistry(_ContainerRegistry):
    """Where images are kept, under the name it has in this module."""

    def __init__(self):
        super().__init__()


class AzureContainerRegistry(ContainerRegistry):
    """Where images are kept, under the name it had first."""

    def __init__(self):
        super().__init__()


class EnvironmentDefinition(Environment):
    """An environment, under the name it had first."""

    def __init__(self, name=None):
        super().__init__(name)


class RunConfiguration(_AbstractRunConfigElement):
    """Where and how a script runs.

    Args:
        script: the script.
        arguments: its arguments.
        framework: ``Python``, ``PySpark``, ``PyTorch`` or ``TensorFlow``.
        communicator: ``None``, ``ParameterServer``, ``OpenMpi``, ``IntelMpi``, ``Nccl`` or ``Gloo``.
        conda_dependencies: the packages of the environment.
        command: a command instead of a script.
    """

    def __init__(
        self,
        script=None,
        arguments=None,
        framework=None,
        communicator=None,
        conda_dependencies=None,
        _history_enabled=None,
        _path=None,
        _name=None,
        command=None,
    ):
        self.script = script
        self.command = command or ""
        self.arguments = arguments or []
        self.framework = framework or "Python"
        self.communicator = communicator or "None"
        self._target: str | None = LOCAL_RUNCONFIG_NAME
        self.max_run_duration_seconds = None
        self.node_count = 1
        self.priority = None
        self.environment = EnvironmentDefinition("default-environment")
        if conda_dependencies is not None:
            self.environment.python.conda_dependencies = conda_dependencies
        self._environment_variables = {}
        self.spark = SparkConfiguration()
        self.docker = DockerConfiguration()
        self.hdi = HdiConfiguration()
        self.tensorflow = TensorflowConfiguration()
        self.mpi = MpiConfiguration()
        self.pytorch = PyTorchConfiguration()
        self.history = HistoryConfiguration()
        self.paralleltask = ParallelTaskConfiguration()
        self.amlcompute = AmlComputeConfiguration()
        self.kubernetescompute = KubernetesComputeConfiguration()
        if _history_enabled is False:
            self.history.output_collection = False
        self.data_references = {}
        self.data = {}
        self.datacaches = []
        self.output_data = {}
        self.source_directory_data_store = None
        self.auto_cluster_compute_specification = None
        self.credential_passthrough = False
        self.services = {}
        self._path = _path
        self._name = _name

    @property
    def target(self):
        """The name of the compute target."""
        return self._target

    @target.setter
    def target(self, value):
        from azureml.core.compute.compute import ComputeTarget
        from azureml.core.compute_target import AbstractComputeTarget

        if isinstance(value, str):
            self._target = value
        elif isinstance(value, AbstractComputeTarget | ComputeTarget):  # anything else changes nothing
            self._target = value.name

    @property
    def environment_variables(self):
        """Variables of the run."""
        return self._environment_variables

    @environment_variables.setter
    def environment_variables(self, value):
        self._environment_variables = value

    @property
    def auto_prepare_environment(self):
        """No longer used: it is True, and setting it only warns."""
        _logger.warning(_UNUSED)
        return True

    @auto_prepare_environment.setter
    def auto_prepare_environment(self, _):
        _logger.warning(_UNUSED)

    # --- files ---------------------------------------------------------------------------------------------

    def save(self, path=None, name=None, separate_environment_yaml=False):
        """Write the configuration: to a file, or as ``.azureml/<name>`` in a folder; its packages to a conda file."""
        from azureml._local import runconfig_files

        runconfig_files.write(self, path or self._path, name or self._name, separate_environment_yaml)

    @staticmethod
    def load(path, name=None):
        """The configuration in a file, or of that name in a folder."""
        from azureml._local import runconfig_files

        return runconfig_files.read(RunConfiguration(), path, name)

    @staticmethod
    def delete(path, name):
        """Delete the configuration ``.azureml/<name>.runconfig`` of a folder."""
        from azureml._local import runconfig_files

        runconfig_files.delete(path, name)

    # --- inside --------------------------------------------------------------------------------------------

    def _to_dict(self):
        return {
            "script": self.script,
            "arguments": [_argument(each) for each in self.arguments or ()],
            "target": self.target,
            "framework": self.framework,
            "communicator": self.communicator,
            "maxRunDurationSeconds": self.max_run_duration_seconds,
            "nodeCount": self.node_count,
            "priority": self.priority,
            "environment": self.environment._to_dict() if self.environment is not None else None,
            **{name: _content(getattr(self, name)) for name in _SECTIONS},
            "dataReferences": _content(
                {
                    key: getattr(value, "to_config", lambda v=value: v)()
                    for key, value in self.data_references.items()
                }
            ),
            "data": {key: _content(value) for key, value in self.data.items() if isinstance(value, Data)},
            "datacaches": [],
            "outputData": {
                key: _content(value)
                for key, value in self.output_data.items()
                if isinstance(value, OutputData)
            },
            "sourceDirectoryDataStore": self.source_directory_data_store,
            "autoClusterComputeSpecification": self.auto_cluster_compute_specification,
            "credentialPassthrough": self.credential_passthrough,
            "command": (
                self.command if isinstance(self.command, str) else [_argument(each) for each in self.command]
            ),
            "environmentVariables": dict(self._environment_variables or {}),
            "applicationEndpoints": _content(self.services),
        }

    def __repr__(self):
        return json.dumps(self._to_dict(), indent=4, default=str)


def _argument(value):
    return (
        value if isinstance(value, str | int | float | bool | None) else str(getattr(value, "arg_val", value))
    )
