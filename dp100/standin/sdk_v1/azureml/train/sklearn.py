"""The estimator for scikit-learn."""

from __future__ import annotations

import logging as _logging

from azureml.train.estimator._framework_base_estimator import _FrameworkBaseEstimator

_logger = _logging.getLogger(__name__)


class SKLearn(_FrameworkBaseEstimator):
    """A script that uses scikit-learn. Deprecated in favour of ScriptRunConfig."""

    FRAMEWORK_NAME = "SKLearn"
    DEFAULT_VERSION = "0.20.3"
    _VERSIONS = ("0.20.3",)
    _IMAGE = "mcr.microsoft.com/azureml/intelmpi2018.3-ubuntu16.04:20200423.v1"
    _CONDA = ("python=3.6.2",)
    _PIP = ("azureml-defaults", "scikit-learn==0.20.3", "scipy==1.2.1", "joblib==0.13.2")

    def __init__(
        self,
        source_directory,
        *,
        compute_target=None,
        vm_size=None,
        vm_priority=None,
        entry_script=None,
        script_params=None,
        use_docker=True,
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
        shm_size=None,
        resume_from=None,
        max_run_duration_seconds=None,
        framework_version=None,
        _enable_optimized_mode=False,
        _disable_validation=True,
        _show_lint_warnings=False,
        _show_package_warnings=False,
    ):
        _logger.warning(
            "'SKLearn' estimator is deprecated. Please use 'ScriptRunConfig' from 'azureml.core.script_run_config' "
            "with your own defined environment or the AzureML-Tutorial curated environment."
        )
        super().__init__(
            source_directory,
            compute_target=compute_target,
            vm_size=vm_size,
            vm_priority=vm_priority,
            entry_script=entry_script,
            script_params=script_params,
            use_docker=use_docker,
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
            shm_size=shm_size,
            resume_from=resume_from,
            max_run_duration_seconds=max_run_duration_seconds,
            framework_name=self.FRAMEWORK_NAME,
            framework_version=framework_version,
        )
