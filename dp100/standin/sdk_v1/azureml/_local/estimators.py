"""What estimators make of their parameters: a run configuration, or one of the SDK's refusals."""

from __future__ import annotations

import logging
from pathlib import Path

from azureml.core.compute.amlcompute import AmlCompute
from azureml.core.compute.hdinsight import HDInsightCompute
from azureml.core.compute.kubernetescompute import KubernetesCompute
from azureml.core.conda_dependencies import CondaDependencies
from azureml.core.environment import DEFAULT_CPU_IMAGE, DEFAULT_GPU_IMAGE
from azureml.core.runconfig import (
    DockerConfiguration,
    MpiConfiguration,
    ParallelTaskConfiguration,
    RunConfiguration,
)
from azureml.data.azure_storage_datastore import AbstractAzureStorageDatastore
from azureml.data.data_reference import DataReference
from azureml.data.datapath import DataPath, DataPathComputeBinding
from azureml.data.dataset_consumption_config import DatasetConsumptionConfig
from azureml.data.output_dataset_config import OutputDatasetConfig
from azureml.exceptions._azureml_exception import (
    ComputeTargetException,
    TrainingException,
    UserErrorException,
)
from azureml.train._distributed_training import Mpi, ParameterServer, _DistributedTraining

_logger = logging.getLogger("azureml.train._estimator_helper")
_RENAMED = ("conda_dependencies_file", "pip_requirements_file")


def configuration(estimator, source_directory, **given):
    """The run configuration for the parameters of an estimator.

    Args:
        given: the parameters by the names that the estimator has for them.

    Raises:
        TrainingException, UserErrorException, ComputeTargetException: some of them exclude each other, or are wrong.
    """
    _check(estimator, given)
    files = {name: given[name] or given[f"{name}_path"] for name in _RENAMED}
    made = RunConfiguration(script=given["entry_script"])
    params = given["script_params"]
    if given["resume_from"]:
        params = {**(params or {}), "--resume-from": _checkpoints(given["resume_from"])}
    made.arguments = arguments(params, made)
    for each in (*(given["inputs"] or ()), *filter(None, [given["source_directory_data_store"]])):
        add_input(made, each)
    _distribute(made, given)
    made.amlcompute.vm_size, made.amlcompute.vm_priority = given["vm_size"], given["vm_priority"]
    made.amlcompute._cluster_max_node_count = given["node_count"]
    made.target = given["compute_target"] or "amlcompute"
    environment = given["environment_definition"]
    if environment:
        made.environment, docker = environment, environment.docker
        made.docker = DockerConfiguration(
            docker._enabled, docker._shared_volumes, docker._arguments, docker._shm_size
        )
    else:
        made.docker = DockerConfiguration(given["use_docker"], shm_size=given["shm_size"])
        _fill(made.environment, _packages(given, files, Path(source_directory or ".")), given)
    if made.docker.use_docker is False and isinstance(given["compute_target"], KubernetesCompute):
        raise TrainingException("KubernetesCompute type doesn't support non-Docker runs.")
    made.environment_variables = given["environment_variables"]
    made.max_run_duration_seconds = given["max_run_duration_seconds"]
    if given["source_directory_data_store"]:
        made.source_directory_data_store = given["source_directory_data_store"].name
    return made


def arguments(params, config):
    """Script parameters, a dict, as an argument list; a value of None or "" leaves the name alone.

    Data, outputs and datastores among them are made known to ``config``.
    """
    found = []
    for name, value in (params or {}).items():
        found += [_word(each, config) for each in (name, value) if each is not None and each != ""]
    return found


def add_input(config, value):
    """Make data known to a run configuration."""
    if isinstance(value, AbstractAzureStorageDatastore):
        value = value.path()
    if isinstance(value, DatasetConsumptionConfig):
        config.data[value.name] = value
    elif isinstance(value, DataReference):
        config.data_references[value.data_reference_name] = value.to_config()
    else:
        raise UserErrorException(f"Type {type(value)} is not supported for inputs.")


def _word(value, config):
    if isinstance(value, AbstractAzureStorageDatastore):
        value = value.path()
    if isinstance(value, DataReference):
        add_input(config, value)
        return str(value)
    if isinstance(value, OutputDatasetConfig):
        config.output_data[value.name] = value
    return value


def _checkpoints(place):
    if not isinstance(place, DataPath):
        raise UserErrorException(f"resume_from parameter should be of type DataPath. Found {type(place)}.")
    return place.create_data_reference("MODEL_LOCATION", DataPathComputeBinding(mode="mount"))


def _distribute(made, given):
    made.node_count = given["node_count"]
    training = given["distributed_training"]
    if (given["distributed_backend"] or "").lower() == "mpi":
        made.communicator = "IntelMpi"
        made.mpi.process_count_per_node = given["process_count_per_node"]
    if isinstance(training, MpiConfiguration):
        made.communicator, made.mpi = "IntelMpi", training
    elif isinstance(training, ParallelTaskConfiguration):
        made.communicator, made.paralleltask = "ParallelTask", training
    elif isinstance(training, Mpi):
        made.communicator = "IntelMpi"
        made.mpi.process_count_per_node = training.process_count_per_node
    elif isinstance(training, ParameterServer):
        made.framework, made.communicator = "TensorFlow", "ParameterServer"
        made.tensorflow.worker_count = training.worker_count
        made.tensorflow.parameter_server_count = training.parameter_server_count
    elif isinstance(training, _DistributedTraining):
        made.framework, made.communicator = "PyTorch", type(training).__name__


def _fill(environment, packages, given):
    environment.python.user_managed_dependencies = given["user_managed"]
    environment.python.conda_dependencies = packages
    environment.spark.precache_packages = False
    environment.docker.base_image = (
        given["custom_docker_image"]
        or given["custom_docker_base_image"]
        or (DEFAULT_GPU_IMAGE if given["use_gpu"] else DEFAULT_CPU_IMAGE)
    )
    if given["image_registry_details"]:
        environment.docker.base_image_registry = given["image_registry_details"]


def _packages(given, files, folder):
    """The packages that an estimator names; its files are in the folder of the script."""
    lines = given["pip_packages"]
    if files["pip_requirements_file"]:
        file = _inside(folder, files["pip_requirements_file"], "pip requirements")
        written = file.read_text(encoding="utf-8-sig").splitlines()
        lines = CondaDependencies.merge_requirements(
            [*written, *(each for each in lines or () if each not in written)]
        )
    if files["conda_dependencies_file"]:
        return CondaDependencies(_inside(folder, files["conda_dependencies_file"], "conda dependencies"))
    made = CondaDependencies()
    if lines:
        made.set_pip_requirements(["azureml-defaults", *lines])
    for each in given["conda_packages"] or ():
        made.add_conda_package(each)
    return made


def _inside(folder, name, what):
    file = folder / name
    if not file.is_file():
        raise UserErrorException(
            f"{file} path doesn't exist. The {what} file should be inside the project folder"
        )
    return file


# --- what excludes each other ----------------------------------------------------------------------------


def _check(estimator, given):
    names = [_name_of(given, name) for name in _RENAMED]
    conda, pip = (given[name] for name in names)
    _warn(given)
    images = (given["custom_docker_image"], given["custom_docker_base_image"])
    if given["use_docker"] is False and any(images):
        raise TrainingException(
            "If use_docker parameter is set to false, custom_docker_image or custom_docker_base_image parameter is "
            "not allowed"
        )
    lists = (given["pip_packages"], pip, given["conda_packages"])
    others = ("image_registry_details", "use_gpu", "user_managed", "shm_size", "environment_variables")
    if given["environment_definition"] and any((*lists, conda, images[0], *(given[name] for name in others))):
        raise TrainingException(
            "If environment_definition parameter is specified, the following parameters cannot be specified: "
            f"pip_packages, {names[1]}, conda_packages, {names[0]}, custom_docker_image, image_registry_details, "
            "use_gpu, user_managed, shm_size"
        )
    if conda and any(lists):
        raise TrainingException(
            f"If {names[0]} parameter is specified, the following parameters cannot be specified: pip_packages, "
            f"{names[1]}, conda_packages"
        )
    _check_distribution(estimator, given)
    if given["user_managed"] and any((*lists, conda)):
        raise UserErrorException(
            f"If user_managed is True, then conda_packages, {names[0]}, pip_packages or {names[1]} cannot be specified."
        )
    _check_target(given)
    if all(images):
        raise TrainingException(
            "'custom_docker_base_image' parameter will be deprecated. Please use 'custom_docker_image' only."
        )


def _check_distribution(estimator, given):
    if given["node_count"] < 1:
        raise TrainingException("Node count should be at least 1.")
    if given["process_count_per_node"] < 1:
        raise TrainingException("Process count per node should be at least 1.")
    backend, training = given["distributed_backend"], given["distributed_training"]
    if backend:
        known = estimator._get_supported_backends()
        if backend.lower() not in known:
            raise TrainingException(
                f"Unsupported distributed backend value: {backend}. Supported backend(s): {known}."
            )
        if known == ["mpi"] and training and not isinstance(training, MpiConfiguration):
            raise TrainingException(
                f"Unsupported distributed backend value: {backend}. Supported backend: mpi."
            )
    if isinstance(training, _DistributedTraining):
        training.validate(type(estimator).__name__.lower())


def _check_target(given):
    target, several = given["compute_target"], given["node_count"] > 1
    distributed = given["distributed_backend"] or given["distributed_training"]
    if not distributed and (several or given["process_count_per_node"] > 1):
        raise TrainingException(
            "'distributed_backend' or 'distributed_training' must be specified when node_count > 1 or "
            "process_count_per_node > 1."
        )
    if isinstance(target, HDInsightCompute):
        raise ComputeTargetException(f"Unsupported compute target type. Type={type(target)}")
    if given["vm_size"] is None and target is None:
        raise TrainingException("Either compute target or VM size should be specified.")
    if several and target and not isinstance(target, AmlCompute | KubernetesCompute):
        raise TrainingException(
            "Compute target should be AmlCompute or KubernetesCompute for distributed training (node_count > 1)."
        )


def _name_of(given, name):
    """The name under which a file was given: that of the parameter, or the one that it had first."""
    older = f"{name}_path"
    return older if given[older] and not given[name] else name


def _warn(given):
    for name in _RENAMED:
        if _name_of(given, name) != name:
            _logger.warning("'%s_path' parameter will be deprecated. Please use '%s' instead", name, name)
        elif given[f"{name}_path"]:
            _logger.warning(
                "Either '%s' or '%s_path' should be used. '%s' will take precedence since '%s_path' will be "
                "deprecated.",
                *[name] * 4,
            )
    if given["process_count_per_node"] != 1:
        _logger.warning(
            "'process_count_per_node' parameter will be deprecated. Please use it as part of 'distributed_training' "
            "parameter."
        )
        if given["distributed_backend"] is None:
            _logger.warning(
                "'process_count_per_node' parameter will be used only in combination with 'distributed_backend' "
                "parameter. As both these parameters are to be deprecated, please use 'distributed_training' "
                "parameter and set 'process_count_per_node' on that object."
            )
    if given["use_docker"] is False:
        _logger.warning(
            "'use_docker' parameter will be deprecated. Please use 'environment_definition' instead."
        )
    if given["distributed_backend"]:
        _logger.warning(
            "'distributed_backend' parameter will be deprecated. Please use 'distributed_training' instead."
        )
    if given["custom_docker_base_image"] and not given["custom_docker_image"]:
        _logger.warning(
            "'custom_docker_base_image' parameter will be deprecated. Please use 'custom_docker_image' instead."
        )
