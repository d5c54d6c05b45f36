"""A script with how it runs, to be submitted as a run of an experiment."""

from __future__ import annotations

import logging

from azureml._logging.chained_identity import ChainedIdentity
from azureml.core._experiment_method import register_submit as _register_submit
from azureml.core.runconfig import (
    DockerConfiguration,
    EnvironmentDefinition,
    MpiConfiguration,
    PyTorchConfiguration,
    RunConfiguration,
    TensorflowConfiguration,
)
from azureml.data.datapath import DataPath, DataPathComputeBinding
from azureml.exceptions._azureml_exception import RunConfigurationException, UserErrorException


def submit(
    script_run_config,
    workspace,
    experiment_name,
    run_id=None,
    _parent_run_id=None,
    credential_passthrough=False,
):
    """Submit the script; returns the run."""
    # Kept and shown: a local process has its user's credentials anyway.
    return _submit(
        script_run_config,
        workspace,
        experiment_name,
        run_id=run_id,
        _parent_run_id=_parent_run_id,
        credential_passthrough=credential_passthrough,
    )


def get_run_config_from_script_run(script_run_config):
    """The run configuration with the script and its arguments in it."""
    import copy

    made = copy.copy(script_run_config.run_config)
    made.script = script_run_config.script or made.script
    made.arguments = script_run_config.arguments or made.arguments
    made.command = script_run_config.command or made.command
    return made


class ScriptRunConfig(ChainedIdentity):
    """A script with how it runs.

    Args:
        source_directory: the folder whose snapshot the run gets.
        script: the script in there.
        arguments: its arguments, in a list; datasets may be among them.
        run_config: how it runs; instead of the following.
        compute_target: a target or its name; this machine by default.
        environment: the environment.
        distributed_job_config: how several processes run.
        resume_from: the checkpoints of an earlier run.
        max_run_duration_seconds: how long it may take.
        command: a command instead of the script.
        docker_runtime_config: whether and how a container is used.
    """

    MAX_DURATION_SECONDS_DEFAULT = 2592000

    def __init__(
        self,
        source_directory,
        script=None,
        arguments=None,
        run_config=None,
        _telemetry_values=None,
        compute_target=None,
        environment=None,
        distributed_job_config=None,
        resume_from=None,
        max_run_duration_seconds=2592000,
        command=None,
        docker_runtime_config=None,
    ):
        super().__init__()
        self.source_directory = source_directory
        self.script = script
        self.command = command
        self.arguments = arguments
        if run_config:
            others = (compute_target, environment, distributed_job_config, docker_runtime_config)
            if any(others) or max_run_duration_seconds != self.MAX_DURATION_SECONDS_DEFAULT:
                logging.warning(
                    "If 'run_config' is specified, the following parameters will be ignored: 'compute_target', "
                    "'environment', 'distributed_job_config', 'max_run_duration_seconds', and "
                    "'docker_runtime_config'."
                )
            self.run_config = run_config
            self.script = script or run_config.script
            self.arguments = arguments or run_config.arguments
            self.command = command or run_config.command or None
        else:
            self.run_config = RunConfiguration()
            self.run_config.target = compute_target if compute_target else "local"
            self.run_config.environment = environment or EnvironmentDefinition("default-environment")
            self.run_config.max_run_duration_seconds = max_run_duration_seconds
            self._distribute(distributed_job_config)
            self._contain(docker_runtime_config, environment)
        if resume_from:
            if not isinstance(resume_from, DataPath):
                raise UserErrorException(
                    f"resume_from parameter should be of type DataPath. Found {type(resume_from)}."
                )
            reference = resume_from.create_data_reference(
                "MODEL_LOCATION", DataPathComputeBinding(mode="mount")
            )
            self.arguments = [*(self.arguments or ()), "--resume-from", str(reference)]
            self.run_config.data_references[reference.data_reference_name] = reference.to_config()

    def _distribute(self, given):
        if not given:
            return
        if isinstance(given, TensorflowConfiguration):
            self.run_config.node_count = given.worker_count
            self.run_config.tensorflow = given
            self.run_config.framework, self.run_config.communicator = "TensorFlow", "ParameterServer"
        elif isinstance(given, MpiConfiguration):
            self.run_config.node_count = given.node_count
            self.run_config.mpi = given
            self.run_config.framework, self.run_config.communicator = "Python", "IntelMpi"
        elif isinstance(given, PyTorchConfiguration):
            self.run_config.node_count = given.node_count
            self.run_config.pytorch = given
            self.run_config.framework = "PyTorch"
            self.run_config.communicator = given.communication_backend
        else:
            raise RunConfigurationException(
                "'distributed_job_config' must be an 'azureml.core.runconfig.TensorflowConfiguration', "
                "'azureml.core.runconfig.MpiConfiguration', or 'azureml.core.runconfig.PyTorchConfiguration' object."
            )

    def _contain(self, given, environment):
        if given:
            if not isinstance(given, DockerConfiguration):
                raise RunConfigurationException(
                    "'docker_runtime_config' must be a 'DockerConfiguration' object."
                )
            self.run_config.docker = given
        elif environment is not None and environment.docker is not None:
            self.run_config.docker = DockerConfiguration(
                environment.docker._enabled,
                environment.docker._shared_volumes,
                environment.docker._arguments or (),
                environment.docker._shm_size,
            )


def _submit(
    config,
    workspace,
    experiment_name,
    tags=None,
    run_id=None,
    _parent_run_id=None,
    credential_passthrough=False,
):
    from azureml._local.submission import submitted

    if credential_passthrough:
        config.run_config.credential_passthrough = True
    return submitted(config, workspace, experiment_name, run_id, _parent_run_id, tags)


_register_submit(ScriptRunConfig, _submit)
