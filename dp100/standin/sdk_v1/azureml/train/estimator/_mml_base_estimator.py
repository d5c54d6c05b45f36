"""What all estimators have in common."""

from __future__ import annotations

import logging

from azureml.core._experiment_method import register_submit
from azureml.core.conda_dependencies import CondaDependencies
from azureml.core.environment import DEFAULT_GPU_IMAGE, Environment
from azureml.core.runconfig import RunConfiguration
from azureml.core.script_run_config import ScriptRunConfig
from azureml.exceptions._azureml_exception import TrainingException, UserErrorException
from azureml.train._distributed_training import Gloo, Mpi, Nccl, ParameterServer

_logger = logging.getLogger(__name__)


class MMLBaseEstimator:
    """A script with its packages, compute and data.

    Args:
        source_directory: the folder of the script.
        compute_target: where it runs.
        estimator_config: the run configuration.
    """

    def __init__(self, source_directory, *, compute_target, estimator_config=None):
        self._source_directory = source_directory or "."
        self._compute_target = compute_target
        self._estimator_config = estimator_config or RunConfiguration()
        self._arguments = list(self._estimator_config.arguments or ())
        self._script = self._estimator_config.script
        if compute_target is not None:
            self._estimator_config.target = compute_target

    @property
    def source_directory(self):
        """The folder of the script."""
        return self._source_directory

    @property
    def run_config(self):
        """The run configuration."""
        return self._estimator_config

    @property
    def conda_dependencies(self):
        """The packages of the environment."""
        return self._estimator_config.environment.python.conda_dependencies

    # --- building ------------------------------------------------------------------------------------------

    def _build(
        self,
        *,
        entry_script,
        script_params,
        inputs=None,
        node_count=1,
        process_count_per_node=1,
        distributed_training=None,
        distributed_backend=None,
        environment=None,
        environment_variables=None,
        max_run_duration_seconds=None,
        use_docker=True,
        shm_size=None,
        vm_size=None,
        vm_priority=None,
        source_directory_data_store=None,
    ):
        """Put what an estimator was given into the run configuration."""
        if not entry_script:
            raise TrainingException("The entry_script has to be given.")
        config = self._estimator_config
        config.amlcompute.vm_size, config.amlcompute.vm_priority = vm_size, vm_priority
        if source_directory_data_store is not None:
            config.source_directory_data_store = source_directory_data_store.name
        config.script = self._script = entry_script
        self._arguments = _arguments(script_params, config)
        config.node_count = node_count
        config.max_run_duration_seconds = max_run_duration_seconds
        config.docker.use_docker = use_docker
        if shm_size:
            config.docker.shm_size = shm_size
        config.environment = environment
        if environment_variables:
            config.environment_variables = environment_variables
        self._distribute(distributed_training, distributed_backend, process_count_per_node)
        for each in inputs or ():
            _add_input(config, each)

    def _distribute(self, training, backend, processes):
        config = self._estimator_config
        if training is None and backend:
            training = {"mpi": Mpi(processes), "ps": ParameterServer(), "gloo": Gloo(), "nccl": Nccl()}.get(
                str(backend).lower()
            )
            if training is None:
                raise TrainingException(f"Unsupported distributed backend value: {backend}.")
        if isinstance(training, Mpi):
            config.communicator = "IntelMpi"
            config.mpi.process_count_per_node = training.process_count_per_node
        elif isinstance(training, ParameterServer):
            config.framework, config.communicator = "TensorFlow", "ParameterServer"
            config.tensorflow.worker_count = training.worker_count
            config.tensorflow.parameter_server_count = training.parameter_server_count
        elif isinstance(training, Gloo | Nccl):
            config.framework, config.communicator = "PyTorch", type(training).__name__
        elif training is not None:
            raise TrainingException(f"Unsupported distributed training: {type(training).__name__}.")

    def _overridden(self, script_params=None, inputs=None, source_directory_data_store=None):
        """The estimator with what ``Experiment.submit`` was given beside it."""
        import copy

        made = copy.copy(self)
        made._estimator_config = config = copy.copy(self._estimator_config)
        config.data, config.data_references = dict(config.data), dict(config.data_references)
        if script_params:
            made._arguments = _merged(self._arguments, _arguments(script_params, config))
        for each in inputs or ():
            _add_input(config, each)
        if source_directory_data_store is not None:
            config.source_directory_data_store = source_directory_data_store.name
        return made

    def _script_run_config(self):
        return ScriptRunConfig(
            self._source_directory,
            script=self._script,
            arguments=self._arguments,
            run_config=_with(self._estimator_config, script=None, arguments=None),
        )


def environment_of(
    name,
    *,
    conda_packages=None,
    pip_packages=None,
    conda_dependencies_file=None,
    pip_requirements_file=None,
    custom_docker_image=None,
    image_registry_details=None,
    user_managed=False,
    use_gpu=False,
    environment_definition=None,
    default_conda=(),
    default_pip=(),
):
    """The environment that the parameters of an estimator describe, or the one that it was given."""
    if environment_definition is not None:
        if (
            conda_packages
            or pip_packages
            or conda_dependencies_file
            or pip_requirements_file
            or custom_docker_image
            or image_registry_details
            or user_managed
            or use_gpu
        ):
            raise TrainingException(
                "If environment_definition parameter is specified, the following parameters cannot be specified: "
                "pip_packages, pip_requirements_file, conda_packages, conda_dependencies_file, custom_docker_image, "
                "image_registry_details, use_gpu, user_managed, shm_size"
            )
        return environment_definition
    made = Environment(name)
    if use_gpu:
        made.docker.base_image = DEFAULT_GPU_IMAGE
    if conda_dependencies_file:
        packages = CondaDependencies(conda_dependencies_file)
    else:
        packages = CondaDependencies.create(
            conda_packages=list(default_conda), pip_packages=["azureml-defaults", *default_pip]
        )
    for each in conda_packages or ():
        packages.add_conda_package(each)
    lines = []
    if pip_requirements_file:
        from pathlib import Path

        text = Path(pip_requirements_file).read_text(encoding="utf-8-sig")
        lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for each in [*lines, *(pip_packages or ())]:
        packages.add_pip_package(each)
    made.python.conda_dependencies = packages
    made.python.user_managed_dependencies = bool(user_managed)
    if custom_docker_image:
        made.docker.base_image = custom_docker_image
    if image_registry_details is not None:
        made.docker.base_image_registry = image_registry_details
    return made


def _arguments(params, config):
    """Script parameters, a dict, as an argument list; a value of None or "" leaves the name alone.

    References to data, and datastores, become placeholders, and are made known to ``config``.
    """
    if params is None:
        return []
    if not isinstance(params, dict):
        raise UserErrorException("script_params has to be a dict.")
    found = []
    for name, value in params.items():
        found.append(name)
        if value is not None and value != "":
            found.append(_word(value, config))
    return found


def _word(value, config):
    from azureml.data.azure_storage_datastore import AbstractAzureStorageDatastore
    from azureml.data.data_reference import DataReference

    if isinstance(value, AbstractAzureStorageDatastore):
        value = value.path()
    if not isinstance(value, DataReference):
        return value
    _add_input(config, value)
    return str(value)


def _merged(arguments, others):
    """An argument list in which the parameters of another have their values instead."""
    found, names = [], {each for each in others if str(each).startswith("-")}
    skipping = False
    for each in arguments:
        is_name = str(each).startswith("-")
        skipping = each in names if is_name else skipping
        if not skipping:
            found.append(each)
    return [*found, *others]


def _add_input(config, value):
    from azureml.data.data_reference import DataReference
    from azureml.data.dataset_consumption_config import DatasetConsumptionConfig

    if isinstance(value, DatasetConsumptionConfig):
        config.data[value.name] = value
    elif isinstance(value, DataReference):
        config.data_references[value.data_reference_name] = value.to_config()
    else:
        raise UserErrorException(
            f"An input of the type {type(value).__name__} is not supported. Use dataset.as_named_input(...) or a "
            "DataReference."
        )


def _with(config, **changes):
    import copy

    made = copy.copy(config)
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def _submit(estimator, workspace, experiment_name, tags=None, _parent_run_id=None, **kwargs):
    from azureml._local.submission import submitted

    if unexpected := [
        name for name in kwargs if name not in ("script_params", "inputs", "source_directory_data_store")
    ]:
        raise TrainingException(
            f"{unexpected} parameters cannot be overridden. Allowed parameters are: script_params, inputs and "
            "source_directory_data_store."
        )
    if kwargs:
        estimator = estimator._overridden(**kwargs)
    return submitted(estimator._script_run_config(), workspace, experiment_name, None, _parent_run_id, tags)


register_submit(MMLBaseEstimator, _submit)
