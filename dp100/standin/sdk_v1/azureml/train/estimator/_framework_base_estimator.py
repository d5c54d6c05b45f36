"""What the estimators of frameworks have in common."""

from __future__ import annotations

import logging

from azureml.train.estimator._estimator import _reference
from azureml.train.estimator._mml_base_estimator import MMLBaseEstimator, environment_of

_logger = logging.getLogger(__name__)


class _FrameworkBaseEstimator(MMLBaseEstimator):
    """A script of one framework, with the packages that it needs."""

    FRAMEWORK_NAME: str | None = None
    DEFAULT_VERSION: str | None = None
    _VERSIONS: tuple[str, ...] = ()
    _CONDA: tuple[str, ...] = ()
    _PIP: tuple[str, ...] = ()

    def __init__(
        self,
        source_directory,
        *,
        compute_target=None,
        vm_size=None,
        vm_priority=None,
        entry_script=None,
        script_params=None,
        node_count=1,
        process_count_per_node=1,
        distributed_backend=None,
        distributed_training=None,
        use_gpu=False,
        use_docker=True,
        custom_docker_base_image=None,
        custom_docker_image=None,
        image_registry_details=None,
        user_managed=False,
        conda_packages=None,
        pip_packages=None,
        conda_dependencies_file_path=None,
        pip_requirements_file_path=None,
        conda_dependencies_file=None,
        pip_requirements_file=None,
        environment_variables=None,
        environment_definition=None,
        inputs=None,
        source_directory_data_store=None,
        shm_size=None,
        resume_from=None,
        max_run_duration_seconds=None,
        framework_name=None,
        framework_version=None,
        _enable_optimized_mode=False,
        _disable_validation=False,
        _show_lint_warnings=False,
        _show_package_warnings=False,
    ):
        super().__init__(source_directory, compute_target=compute_target or "amlcompute")
        if framework_version is None and self.DEFAULT_VERSION:
            _logger.warning(
                "framework_version is not specified, defaulting to version %s.", self.DEFAULT_VERSION
            )
        self._framework_version = framework_version or self.DEFAULT_VERSION
        environment = environment_of(
            "default-environment",
            conda_packages=conda_packages,
            pip_packages=pip_packages,
            conda_dependencies_file=conda_dependencies_file or conda_dependencies_file_path,
            pip_requirements_file=pip_requirements_file or pip_requirements_file_path,
            custom_docker_image=custom_docker_image or custom_docker_base_image,
            image_registry_details=image_registry_details,
            user_managed=user_managed,
            use_gpu=use_gpu,
            environment_definition=environment_definition,
            default_conda=[each.format(version=self._framework_version) for each in self._CONDA],
            default_pip=[each.format(version=self._framework_version) for each in self._PIP],
        )
        self._build(
            entry_script=entry_script,
            script_params=script_params,
            inputs=inputs,
            node_count=node_count,
            process_count_per_node=process_count_per_node,
            distributed_training=distributed_training,
            distributed_backend=distributed_backend,
            environment=environment,
            environment_variables=environment_variables,
            max_run_duration_seconds=max_run_duration_seconds,
            use_docker=use_docker,
            shm_size=shm_size,
            vm_size=vm_size,
            vm_priority=vm_priority,
            source_directory_data_store=source_directory_data_store,
        )
        if resume_from is not None:
            self._arguments += ["--resume-from", _reference(self.run_config, resume_from)]

    @property
    def framework_version(self):
        """The framework's version."""
        return self._framework_version

    @classmethod
    def get_supported_versions(cls):
        """The versions of the framework that the estimator knows."""
        return list(cls._VERSIONS)
