"""What the estimators of frameworks have in common."""

from __future__ import annotations

import logging

from azureml._local.estimators import configuration
from azureml.core.conda_dependencies import _name
from azureml.exceptions._azureml_exception import TrainingException
from azureml.train.estimator._mml_base_estimator import MMLBaseEstimator

_logger = logging.getLogger(__name__)

_ALWAYS = {"python", "azureml-defaults"}


class _FrameworkBaseEstimator(MMLBaseEstimator):
    """A script of one framework, with the packages that it needs."""

    FRAMEWORK_NAME: str | None = None
    DEFAULT_VERSION: str | None = None
    _VERSIONS: tuple[str, ...] = ()
    _IMAGE: str | None = None
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
        if environment_definition or conda_dependencies_file_path or conda_dependencies_file:
            _logger.warning(
                "If environment_definition or conda_dependencies_file%s is specified, Azure ML will not install any "
                "framework related packages on behalf of the user.",
                "" if conda_dependencies_file else "_path",
            )
        made = configuration(
            self,
            source_directory,
            compute_target=compute_target,
            vm_size=vm_size,
            vm_priority=vm_priority,
            entry_script=entry_script,
            script_params=script_params,
            node_count=node_count,
            process_count_per_node=process_count_per_node,
            distributed_backend=distributed_backend,
            distributed_training=distributed_training,
            use_gpu=use_gpu,
            use_docker=use_docker,
            custom_docker_base_image=custom_docker_base_image,
            custom_docker_image=custom_docker_image,
            image_registry_details=image_registry_details,
            user_managed=user_managed,
            conda_packages=conda_packages,
            pip_packages=pip_packages,
            conda_dependencies_file_path=conda_dependencies_file_path,
            pip_requirements_file_path=pip_requirements_file_path,
            conda_dependencies_file=conda_dependencies_file,
            pip_requirements_file=pip_requirements_file,
            environment_variables=environment_variables,
            environment_definition=environment_definition,
            inputs=inputs,
            source_directory_data_store=source_directory_data_store,
            shm_size=shm_size,
            resume_from=resume_from,
            max_run_duration_seconds=max_run_duration_seconds,
        )
        if framework_version is None:
            self._framework_version = self.DEFAULT_VERSION
        elif framework_version in self.get_supported_versions():
            self._framework_version = framework_version
        else:
            name = framework_name or self.FRAMEWORK_NAME
            raise TrainingException(
                f"{name} {framework_version} is not currently supported by the {name} estimator. Check "
                "https://docs.microsoft.com/python/api/azureml-train-core/azureml.train.dnn?view=azure-ml-py for all "
                f"supported versions. To use {name} {framework_version}, switch to the generic Estimator class for "
                "your experiment."
            )
        if not environment_definition:
            self._add_framework(made.environment, conda_dependencies_file or conda_dependencies_file_path)
            if custom_docker_image is None:
                made.environment.docker.base_image = self._IMAGE
        super().__init__(source_directory, compute_target=compute_target, estimator_config=made)

    def _add_framework(self, environment, own_file):
        """Add the framework's packages, but for those that the learner has named; that a conda file has none."""
        packages = environment.python.conda_dependencies
        if own_file:
            return
        named = {_name(each) for each in (*packages.pip_packages, *packages.conda_packages)} - _ALWAYS
        if taken := [_name(each) for each in (*self._PIP, *self._CONDA) if _name(each) in named]:
            _logger.warning(
                "You have specified to install packages in your run. Note that you have overridden Azure ML's "
                "installation of the following packages: %s. We cannot guarantee image build will succeed.",
                taken,
            )
        for each in self._CONDA:
            if _name(each) not in named:
                packages.add_conda_package(each)
        for each in self._PIP:
            if _name(each) not in named:
                packages.add_pip_package(each)

    @property
    def framework_version(self):
        """The framework's version."""
        return self._framework_version

    @classmethod
    def get_supported_versions(cls):
        """The versions of the framework that the estimator knows."""
        return list(cls._VERSIONS)
