"""Environments: the packages, image and variables that a run needs."""

from __future__ import annotations

import json
import logging
from pathlib import Path as _Path

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement, _content
from azureml._local.collections import Named as _Named
from azureml._local.environment_sections import CPU_IMAGE as _CPU_IMAGE
from azureml._local.environment_sections import (
    DockerBuildContext,
    DockerEnvironment,
    DockerImagePlatform,
    DockerSection,
    PythonEnvironment,
    PythonSection,
    SparkEnvironment,
    SparkPackage,
    SparkSection,
)
from azureml._local.errors import raises as _raises
from azureml._local.later import absent as _absent
from azureml._version import VERSION as _VERSION
from azureml.core.conda_dependencies import PYTHON_DEFAULT_VERSION as PYTHON_DEFAULT_VERSION
from azureml.core.conda_dependencies import CondaDependencies
from azureml.core.databricks import DatabricksSection
from azureml.exceptions._azureml_exception import UserErrorException

from dp100.standin.engine.data.assets import AssetStore as _AssetStore
from dp100.standin.engine.errors import NotOffline as _NotOffline

DEFAULT_CPU_IMAGE = _CPU_IMAGE
DEFAULT_GPU_IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-cuda11.8-cudnn8-ubuntu22.04"

DockerImageDetails, ImageBuildDetails, RCranPackage, RGitHubPackage, RSection = _absent(
    __name__, "DockerImageDetails", "ImageBuildDetails", "RCranPackage", "RGitHubPackage", "RSection"
)

SDKVERSION = _VERSION

__all__ = [
    "DockerBuildContext",
    "DockerEnvironment",
    "DockerImageDetails",
    "DockerImagePlatform",
    "DockerSection",
    "Environment",
    "EnvironmentReference",
    "ImageBuildDetails",
    "PythonEnvironment",
    "PythonSection",
    "RCranPackage",
    "RGitHubPackage",
    "RSection",
    "SparkEnvironment",
    "SparkPackage",
    "SparkSection",
]

_CONDA_FILE = "conda_dependencies.yml"
_DOCKERFILE = "BaseDockerfile"
_DEFINITION_FILE = "azureml_environment.json"

_logger = logging.getLogger(__name__)


@_raises(UserErrorException)
class Environment(_AbstractRunConfigElement):
    """The packages, image and variables that a run needs.

    Args:
        name: the environment's name.
    """

    def __init__(self, name, **kwargs):
        if not isinstance(name, str) and name is not None:
            raise TypeError(f"Environment name expected str, {type(name)} found")
        self.name = name
        self.version = None
        self.python = PythonSection()
        self.docker = DockerSection()
        self.spark = SparkSection()
        self.databricks = DatabricksSection()
        self.r = None
        self.inferencing_stack_version = None
        self.asset_id = None
        self._environment_variables = {"EXAMPLE_ENV_VAR": "EXAMPLE_VALUE"}

    @property
    def environment_variables(self):
        """Variables of the run."""
        return self._environment_variables

    @environment_variables.setter
    def environment_variables(self, value):
        _logger.warning(
            "Property environment_variables is deprecated. "
            "Use RunConfiguration.environment_variables to set runtime variables."
        )
        self._environment_variables = value

    # --- making --------------------------------------------------------------------------------------------

    @staticmethod
    def from_conda_specification(name, file_path):
        """An environment from a conda file."""
        made = Environment(name)
        made.python.conda_dependencies = CondaDependencies(file_path)
        return made

    @staticmethod
    def from_pip_requirements(name, file_path, pip_version=None):
        """An environment from a pip requirements file."""
        made = Environment(name)
        packages = made.python.conda_dependencies
        packages.set_pip_requirements(_Path(file_path).read_text(encoding="utf-8-sig").splitlines())
        packages.add_conda_package(f"pip={pip_version}" if pip_version else "pip")
        return made

    @staticmethod
    def from_docker_image(
        name, image, container_registry=None, conda_specification=None, pip_requirements=None
    ):
        """An environment on an image, with its own Python where no packages are given."""
        made = Environment._with_packages(name, conda_specification, pip_requirements)
        made.docker.base_image = image
        if container_registry is not None:
            made.docker.base_image_registry = container_registry
        return made

    @staticmethod
    def from_dockerfile(name, dockerfile, conda_specification=None, pip_requirements=None):
        """An environment on an image built from a Dockerfile, given as text or path."""
        made = Environment._with_packages(name, conda_specification, pip_requirements)
        made.docker.base_image = None
        made.docker.base_dockerfile = dockerfile
        return made

    @staticmethod
    def from_docker_build_context(name, docker_build_context):
        """An environment on an image built from a folder."""
        made = Environment(name)
        made.python.conda_dependencies = None
        made.docker.base_image = None
        made.docker._shm_size = None
        made.docker.build_context = docker_build_context
        made._environment_variables = {}
        return made

    @staticmethod
    def from_existing_conda_environment(name, conda_environment_name):
        """An environment from a conda environment of this machine; None where there is none of that name.

        Raises:
            FileNotFoundError: there is no conda.
        """
        import subprocess

        import yaml

        listed = subprocess.run(["conda", "env", "list", "--json"], capture_output=True, check=True)
        known = [_Path(each).name for each in json.loads(listed.stdout).get("envs") or ()]
        if conda_environment_name not in known:
            print(f"Could not find existing conda environment named: {conda_environment_name}")
            return None
        print(f"Exporting conda specifications for existing conda environment: {conda_environment_name}")
        command = ["conda", "env", "export", "--no-builds", "--name", conda_environment_name]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            print(f"Exporting conda specifications failed with exit code: {done.returncode}")
            return None
        made = Environment(name)
        made.python.conda_dependencies = CondaDependencies(_underlying_structure=yaml.safe_load(done.stdout))
        return made

    @staticmethod
    def _with_packages(name, conda_specification, pip_requirements):
        if conda_specification and pip_requirements:
            raise UserErrorException(
                "Only one of conda_specification or pip_requirements can be specified as python dependencies"
            )
        if conda_specification:
            return Environment.from_conda_specification(name, conda_specification)
        if pip_requirements:
            return Environment.from_pip_requirements(name, pip_requirements)
        made = Environment(name)
        made.python.user_managed_dependencies = True
        return made

    def clone(self, new_name):
        """A copy under another name, without version."""
        if not new_name:
            raise UserErrorException("Name is required to instantiate an Environment object")
        made = Environment._from_dict(self._to_dict())
        made.name = new_name
        made.version = None
        made.asset_id = None
        return made

    # --- the workspace's -----------------------------------------------------------------------------------

    def register(self, workspace):
        """Keep the environment in the workspace; returns it with its version.

        As in the service, an unchanged environment keeps its version.
        """
        from azureml._local.environments import register

        return register(workspace._ws, self)

    @staticmethod
    def get(workspace, name, version=None, label=None):
        """The environment of that name; the latest version where none is named."""
        if version and label:
            raise UserErrorException("Only one of version or label can be specified")
        from azureml._local.environments import find

        return find(workspace._ws, name, version, label)

    @staticmethod
    def list(workspace):
        """The latest version of every environment, by name, those of the service among them."""
        names = _AssetStore(workspace._ws, "environments").names()
        return _Named(names, lambda name: Environment.get(workspace, name))

    @staticmethod
    def label(workspace, name, version, labels):
        """Give labels to a version."""
        raise _NotOffline("Environment.label")

    @staticmethod
    def add_private_pip_wheel(workspace, file_path, exist_ok=False):
        """Copy a wheel to the workspace; returns its address."""
        from dp100.standin.engine.data import datastores, transfer

        if not _Path(file_path).is_file():
            raise UserErrorException(f"Please make sure the wheel file exists at: {file_path}")
        default = datastores.default(workspace._ws)
        done = transfer.upload(
            workspace._ws, default, file_path, "azureml-private-packages", overwrite=exist_ok
        )
        if done.skipped:
            raise UserErrorException(
                f"A wheel with the name {_Path(file_path).name} already exists. Please make sure it is "
                "the package you want, or set exist_ok=True."
            )
        return (
            f"https://{default.account}.blob.core.windows.net/{default.container}/"
            f"azureml-private-packages/{_Path(file_path).name}"
        )

    def build(self, workspace, image_build_compute=None):
        """Build the image in the cloud."""
        raise _NotOffline("Environment.build")

    def build_local(self, workspace, platform=None, **kwargs):
        """Build the environment on this machine."""
        raise _NotOffline("Environment.build_local")

    def get_image_details(self, workspace):
        """What the built image is."""
        raise _NotOffline("Environment.get_image_details")

    # --- files ---------------------------------------------------------------------------------------------

    def save_to_directory(self, path, overwrite=False):
        """Write the environment to a folder: azureml_environment.json, a conda file, a Dockerfile."""
        folder = _Path(path)
        folder.mkdir(parents=True, exist_ok=overwrite)
        content = self._to_dict()
        if self.python.conda_dependencies:
            self.python.conda_dependencies.save_to_file(path, _CONDA_FILE)
            del content["python"]["condaDependencies"]
        if self.docker.base_dockerfile:
            (folder / _DOCKERFILE).write_text(self.docker.base_dockerfile, encoding="utf-8")
            del content["docker"]["baseDockerfile"]
        (folder / _DEFINITION_FILE).write_text(json.dumps(content, indent=4), encoding="utf-8")

    @staticmethod
    def load_from_directory(path):
        """The environment that :meth:`save_to_directory` has written."""
        file = _Path(path) / _DEFINITION_FILE
        if not file.is_file():
            raise FileNotFoundError(str(file))
        made = Environment._from_dict(json.loads(file.read_text(encoding="utf-8")))
        conda, dockerfile = file.with_name(_CONDA_FILE), file.with_name(_DOCKERFILE)
        if conda.is_file():
            made.python.conda_dependencies = CondaDependencies(conda)
        if dockerfile.is_file():
            made.docker.base_dockerfile = dockerfile.read_text(encoding="utf-8")
        return made

    # --- inside --------------------------------------------------------------------------------------------

    def _to_dict(self):
        return {
            "name": self.name,
            "version": self.version,
            "environmentVariables": dict(self._environment_variables or {}),
            "python": self.python._to_dict(),
            "docker": self.docker._to_dict(),
            "spark": _content(
                {
                    "repositories": self.spark.repositories,
                    "packages": self.spark.packages,
                    "precachePackages": self.spark.precache_packages,
                }
            ),
            "databricks": _content(
                {
                    "mavenLibraries": self.databricks.maven_libraries,
                    "pypiLibraries": self.databricks.pypi_libraries,
                    "rcranLibraries": self.databricks.rcran_libraries,
                    "jarLibraries": self.databricks.jar_libraries,
                    "eggLibraries": self.databricks.egg_libraries,
                }
            ),
            "r": _content(self.r),
            "inferencingStackVersion": self.inferencing_stack_version,
            "assetId": self.asset_id,
        }

    @staticmethod
    def _from_dict(held):
        from azureml._local.environments import from_dict

        return from_dict(held)

    def __str__(self):
        return f"Environment(Name: {self.name},\nVersion: {self.version})"


class EnvironmentReference(_AbstractRunConfigElement):
    """An environment of the workspace by its name."""

    def __init__(self, name, version=None):
        self.name = name
        self.version = version

    def get_environment(self, workspace):
        """The environment."""
        return Environment.get(workspace, self.name, self.version)
