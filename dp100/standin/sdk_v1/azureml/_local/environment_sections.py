"""The sections of an environment. They belong to :mod:`azureml.core.environment`, which offers them."""

from __future__ import annotations

import logging
from enum import Enum
from pathlib import Path as _Path
from typing import Any

from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement, _content
from azureml.core.conda_dependencies import CondaDependencies
from azureml.core.container_registry import ContainerRegistry
from azureml.exceptions._azureml_exception import UserErrorException

CPU_IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04:20251130.v1"

_GPU = (
    "'gpu_support' is no longer necessary; AzureML now automatically detects and uses nvidia docker extension when it "
    "is available. It will be removed in a future release."
)

_logger = logging.getLogger("azureml.core.environment")


def _deprecated(name, more=""):
    _logger.warning(
        "'%s' is deprecated. Please use the azureml.core.runconfig.DockerConfiguration object%s instead.",
        name,
        more,
    )


class PythonSection(_AbstractRunConfigElement):
    """Which Python a run uses, and its packages."""

    def __init__(self, **kwargs):
        self.interpreter_path = "python"
        self.user_managed_dependencies = False
        self.conda_dependencies: Any = CondaDependencies()
        self._base_conda_environment = None
        self._conda_dependencies_file = None

    @property
    def conda_dependencies_file(self):
        """The conda file that the packages come from, or None."""
        return self._conda_dependencies_file

    @conda_dependencies_file.setter
    def conda_dependencies_file(self, value):
        _logger.warning(
            "Property conda_dependencies_file is deprecated. Use Environment.from_conda_specification"
        )
        self._conda_dependencies_file = value
        if value is not None:
            self.conda_dependencies = CondaDependencies(value)

    def _to_dict(self):
        return {
            "interpreterPath": self.interpreter_path,
            "userManagedDependencies": self.user_managed_dependencies,
            "condaDependencies": self.conda_dependencies.as_dict() if self.conda_dependencies else None,
            "condaDependenciesFile": self._conda_dependencies_file,
            "baseCondaEnvironment": self._base_conda_environment,
        }


class PythonEnvironment(PythonSection):
    """The section under the name it had first."""

    def __init__(self):
        super().__init__()


class DockerImagePlatform(_AbstractRunConfigElement):
    """The platform of an image."""

    def __init__(self):
        self.os = "Linux"
        self.architecture = "amd64"


class DockerBuildContext(_AbstractRunConfigElement):
    """The folder that an image is built from."""

    class LocationType(Enum):
        """Where a folder is."""

        Git = "git"
        StorageAccount = "storageAccount"

    def __init__(self, location_type=None, location=None, dockerfile_path="Dockerfile"):
        self.location_type = location_type
        self.location = location
        self.dockerfile_path = dockerfile_path

    @staticmethod
    def from_local_directory(workspace, path, dockerfile_path="Dockerfile"):
        """A folder, copied to the workspace."""
        from dp100.standin.engine.jobs import snapshot

        if not _Path(path).is_dir():
            raise UserErrorException(f"{path} is not a valid directory.")
        if not any(file.is_file() for file in _Path(path).rglob("*")):
            raise UserErrorException(f"No files found in {path}.")
        kept = snapshot.take(workspace._ws, path)
        return DockerBuildContext(DockerBuildContext.LocationType.StorageAccount, kept, dockerfile_path)

    def _to_dict(self):
        return {
            "locationType": getattr(self.location_type, "value", self.location_type),
            "location": self.location,
            "dockerfilePath": self.dockerfile_path,
        }


class DockerSection(_AbstractRunConfigElement):
    """The image of a run; kept, as runs use this machine's Python.

    Base image, Dockerfile and build context exclude each other: setting one unsets the others.
    """

    def __init__(self, **kwargs):
        self.platform = DockerImagePlatform()
        self.base_image_registry = ContainerRegistry()
        self._enabled = False
        self._base_image: str | None = CPU_IMAGE
        self._base_dockerfile = None
        self._build_context = None
        self._shared_volumes = True
        self._shm_size: str | None = "2g"
        self._arguments = []

    @property
    def enabled(self):
        """Whether a container is used; ``DockerConfiguration`` says it now."""
        return self._enabled

    @enabled.setter
    def enabled(self, value):
        _deprecated("enabled", " with the 'use_docker' param")
        self._enabled = value

    @property
    def base_image(self):
        """The image that the environment is built on."""
        return self._base_image

    @base_image.setter
    def base_image(self, value):
        self._base_image = value or None
        if value:
            self._unset("base_dockerfile", "base_image")
            self._unset("build_context", "base_image")

    @property
    def base_dockerfile(self):
        """The text of a Dockerfile; it can be set to a path or a stream, too."""
        return self._base_dockerfile

    @base_dockerfile.setter
    def base_dockerfile(self, value):
        if value and callable(getattr(value, "read", None)):
            value = value.read()
        elif value and "\n" not in value and _Path(value).is_file():
            value = _Path(value).read_text(encoding="utf-8")
        self._base_dockerfile = value or None
        if value:
            self._unset("base_image", "base_dockerfile")
            self._unset("build_context", "base_dockerfile")

    @property
    def build_context(self):
        """The folder that the image is built from."""
        return self._build_context

    @build_context.setter
    def build_context(self, value):
        self._build_context = value or None
        if value:
            self._unset("base_dockerfile", "build_context")
            self._unset("base_image", "build_context")

    @property
    def shared_volumes(self):
        """Whether folders are shared with the container; ``DockerConfiguration`` says it now."""
        return self._shared_volumes

    @shared_volumes.setter
    def shared_volumes(self, value):
        _deprecated("shared_volumes")
        self._shared_volumes = value

    @property
    def shm_size(self):
        """The size of shared memory; ``DockerConfiguration`` says it now."""
        return self._shm_size

    @shm_size.setter
    def shm_size(self, value):
        _deprecated("shm_size")
        self._shm_size = value

    @property
    def arguments(self):
        """More arguments of ``docker run``; ``DockerConfiguration`` says them now."""
        return self._arguments

    @arguments.setter
    def arguments(self, value):
        _deprecated("arguments")
        self._arguments = value

    @property
    def gpu_support(self):
        """No longer used: it is True, and setting it only warns."""
        _logger.warning(_GPU)
        return True

    @gpu_support.setter
    def gpu_support(self, _):
        _logger.warning(_GPU)

    def _unset(self, name, given):
        if getattr(self, f"_{name}"):
            setattr(self, f"_{name}", None)
            _logger.warning("Property %s is mutually exclusive with %s. Reset %s to None", name, given, name)

    def _to_dict(self):
        return {
            "enabled": self._enabled,
            "baseImage": self._base_image,
            "baseDockerfile": self._base_dockerfile,
            "buildContext": _content(self._build_context),
            "sharedVolumes": self._shared_volumes,
            "shmSize": self._shm_size,
            "arguments": list(self._arguments or ()),
            "baseImageRegistry": _content(self.base_image_registry),
            "platform": _content(self.platform),
        }


class DockerEnvironment(DockerSection):
    """The section under the name it had first."""

    def __init__(self):
        super().__init__()


class SparkPackage(_AbstractRunConfigElement):
    """A package of Spark's."""

    def __init__(self, group=None, artifact=None, version=None):
        self.group = group
        self.artifact = artifact
        self.version = version


class SparkSection(_AbstractRunConfigElement):
    """Packages for Spark."""

    def __init__(self, **kwargs):
        self.repositories = []
        self.packages = []
        self.precache_packages = True


class SparkEnvironment(SparkSection):
    """The section under the name it had first."""

    def __init__(self):
        super().__init__()
