"""The packages of an environment, as in a conda file."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path as _Path

import yaml as _yaml
from azureml._version import VERSION
from azureml.exceptions._azureml_exception import UserErrorException

BASE_PROJECT_MODULE = "azureml._project"
BASE_PROJECT_FILE_RELATIVE_PATH = "base_project_files/conda_dependencies.yml"
CONDA_FILE_NAME = "auto_conda_dependencies.yml"
CHANNELS = "channels"
PACKAGES = "dependencies"
PIP = "pip"
PYTHON_PREFIX = "python"
PYTHON_DEFAULT_VERSION = "3.10.18"
DEFAULT_SDK_ORIGIN = "https://pypi.python.org/simple"
CPU = "cpu"
GPU = "gpu"
CNTK_DEFAULT_VERSION = "2.7"
CNTK_PACKAGE_PREFIX = "cntk"
TENSORFLOW_DEFAULT_VERSION = "2.2.0"
TENSORFLOW_PACKAGE_PREFIX = "tensorflow"
PYTORCH_DEFAULT_VERSION = "1.6.0"
PYTORCH_PACKAGE_PREFIX = "torch"
TORCHVISION_DEFAULT_VERSION = "0.7.0"
TORCHVISION_PACKAGE_PREFIX = "torchvision"
HOROVOD_DEFAULT_VERSION = "0.19.5"
CHAINER_PACKAGE_PREFIX = "chainer"
DEFAULT_CHAINER_VERSION = "7.7.0"
CUPY_DEFAULT_VERSION = "cupy-cuda102"
LINUX_PLATFORM = "linux"
WINDOWS_PLATFORM = "win32"

_VERSION = re.compile(r"(\d+)\.(\d+)(\.(\d+))?([ab](\d+))?$")
_KEYS = ("name", "channels", "dependencies", "prefix", "variables")


class CondaDependencies:
    """Packages from conda channels and from PyPI, and the version of Python.

    Args:
        conda_dependencies_file_path: a conda file; without it, Python and azureml-defaults.
    """

    DEFAULT_NUMBER_OF_CONDA_PACKAGES = 0
    DEFAULT_NUMBER_OF_PIP_PACKAGES = 0

    def __init__(self, conda_dependencies_file_path=None, _underlying_structure=None):
        if conda_dependencies_file_path is not None:
            text = _Path(conda_dependencies_file_path).read_text(encoding="utf-8")
            self._content = _yaml.safe_load(text)
        elif _underlying_structure is not None:
            self._content = json.loads(json.dumps(_underlying_structure))
        else:
            self._content = {
                "name": "project_environment",
                PACKAGES: ["python=3.8.13", {PIP: ["azureml-defaults"]}],
                CHANNELS: ["anaconda", "conda-forge"],
            }
        _check(self._content)

    @staticmethod
    def create(
        pip_indexurl=None,
        pip_packages=None,
        conda_packages=None,
        python_version=PYTHON_DEFAULT_VERSION,
        pin_sdk_version=True,
    ):
        """Dependencies from lists of packages; azureml-defaults alone where no pip packages are named."""
        made = CondaDependencies()
        made.set_python_version(python_version)
        if pip_indexurl:
            made.set_pip_option(f"--find-links {pip_indexurl}")
            made.set_pip_option(f"--extra-index-url {DEFAULT_SDK_ORIGIN}")
        if pip_packages is not None:
            made.remove_pip_package("azureml-defaults")
        for package in pip_packages or ():
            # Packages of the SDK itself are pinned to its version.
            if pin_sdk_version and re.fullmatch(r"azureml-[\w-]+(\[.*\])?", package.strip()):
                made.add_pip_package(f"{package.strip()}~={VERSION}")
            else:
                made.add_pip_package(package)
        for package in conda_packages or ():
            made.add_conda_package(package)
        return made

    @staticmethod
    def merge_requirements(requirements):
        """Several requirements of one package as one."""
        merged: dict = {}
        for each in requirements:
            name = re.split(r"[\[=<>~!|]", each)[0]
            merged.setdefault(name, []).append(each[len(name) :].strip())
        return [name + ",".join(filter(None, rest)) for name, rest in merged.items()]

    @staticmethod
    def sdk_origin_url():
        """Where the SDK's packages come from."""
        return DEFAULT_SDK_ORIGIN

    # --- reading -------------------------------------------------------------------------------------------

    @property
    def conda_channels(self):
        """The conda channels."""
        return iter(list(self._content.get(CHANNELS) or ()))

    @property
    def conda_packages(self):
        """The packages from conda, Python among them."""
        return iter([each for each in self._dependencies() if isinstance(each, str)])

    @property
    def pip_packages(self):
        """The packages from PyPI, without options."""
        return iter([each for each in self._pip() if not each.startswith("-")])

    @property
    def pip_options(self):
        """The options of pip."""
        return iter([each for each in self._pip() if each.startswith("-")])

    def get_default_number_of_packages(self):
        """How many packages there are without anybody's doing: from conda, and from PyPI."""
        if self.DEFAULT_NUMBER_OF_CONDA_PACKAGES == 0 and self.DEFAULT_NUMBER_OF_PIP_PACKAGES == 0:
            base = CondaDependencies()
            self.DEFAULT_NUMBER_OF_CONDA_PACKAGES = len(list(base.conda_packages))
            self.DEFAULT_NUMBER_OF_PIP_PACKAGES = len(list(base.pip_packages))
        return self.DEFAULT_NUMBER_OF_CONDA_PACKAGES, self.DEFAULT_NUMBER_OF_PIP_PACKAGES

    def get_python_version(self):
        """The version of Python, or None."""
        for each in self.conda_packages:
            if _is_python(each):
                return _version(each)
        return None

    def as_dict(self):
        """The content of a conda file."""
        return json.loads(json.dumps(self._content))

    def serialize_to_string(self):
        """The text of a conda file."""
        return _yaml.safe_dump(self._content, sort_keys=False, default_flow_style=False, allow_unicode=True)

    def save(self, path=None):
        """Write a conda file; returns its path."""
        if _Path(path).is_dir():
            raise UserErrorException(
                "Cannot save a conda environment specification file to a directory. Please specify a fully qualified "
                "path along with the file name to save the file."
            )
        if not _Path(path).parent.is_dir():
            raise UserErrorException(
                "Cannot save the conda environment specification file to an invalid path."
            )
        self._validate()
        _Path(path).write_text(self.serialize_to_string(), encoding="utf-8")
        return path.replace("\\", "/") if os.name == "nt" else path

    def save_to_file(self, base_directory, conda_file_path=None):
        """Write a conda file in a folder; returns its path in there."""
        name = conda_file_path or CONDA_FILE_NAME
        place = _Path(base_directory) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(self.serialize_to_string(), encoding="utf-8")
        return name

    # --- changing ------------------------------------------------------------------------------------------

    def set_python_version(self, version):
        """Ask for a version of Python."""
        packages = self._dependencies()
        for place, each in enumerate(packages):
            if _is_python(each):
                packages[place] = PYTHON_PREFIX + "=" + version
                return
        packages.append(PYTHON_PREFIX + "=" + version)

    def add_channel(self, channel):
        """Add a conda channel."""
        channels = self._content.setdefault(CHANNELS, [])
        if channel not in channels:
            channels.append(channel)

    def remove_channel(self, channel):
        """Take a conda channel away."""
        if channel in self.conda_channels:
            self._content[CHANNELS].remove(channel)

    def add_conda_package(self, conda_package):
        """Add a package from conda, beside others of its name; Python itself changes its version."""
        if not isinstance(conda_package, str):
            raise UserErrorException(f"A conda package has to be text, not {conda_package!r}.")
        if conda_package in self._dependencies():
            return
        if _is_python(conda_package):
            self.set_python_version(_version(conda_package))
        else:
            self._dependencies().append(conda_package)

    def remove_conda_package(self, conda_package):
        """Take a package from conda away, named as it was added."""
        if conda_package not in self._dependencies():
            return
        if _is_python(conda_package):
            raise UserErrorException("python must not be removed from conda dependencies")
        self._dependencies().remove(conda_package)

    def add_pip_package(self, pip_package):
        """Add a package from PyPI, instead of the one of that name."""
        if not isinstance(pip_package, str):
            raise UserErrorException(f"A pip package has to be text, not {pip_package!r}.")
        self.remove_pip_package(pip_package)
        self._pip(make=True).append(pip_package)

    def remove_pip_package(self, pip_package):
        """Take the package of that name from PyPI away."""
        if pip_package.startswith("-"):
            raise UserErrorException(f"Invalid package name {pip_package}")
        wanted = _name(pip_package)
        self._set_pip([each for each in self._pip() if each.startswith("-") or _name(each) != wanted])

    def set_pip_requirements(self, pip_requirements):
        """Have these packages from PyPI and these options of pip, and no others."""
        self._pip(make=True)[:] = pip_requirements

    def set_pip_option(self, pip_option):
        """Add an option of pip, or change the one of that name."""
        wanted = _option(pip_option)
        lines = self._pip(make=True)
        for place, each in enumerate(lines):
            if each.split()[:1] == [wanted]:
                lines[place] = pip_option
                return
        lines.append(pip_option)

    def remove_pip_option(self, pip_option):
        """Take an option of pip away."""
        wanted = _option(pip_option)
        self._set_pip([each for each in self._pip() if each.split()[:1] != [wanted]])

    def set_pip_index_url(self, index_url):
        """Add an option of pip that names another index, such as ``--index-url https://host/simple``."""
        self.set_pip_option(index_url)

    def add_tensorflow_conda_package(self, core_type=CPU, version=None):
        """Add TensorFlow from conda, instead of what is there of it."""
        name = _for_core(TENSORFLOW_PACKAGE_PREFIX, core_type)
        for each in [each for each in self.conda_packages if each.startswith(TENSORFLOW_PACKAGE_PREFIX)]:
            self.remove_conda_package(each)
        self.add_conda_package(f"{name}={version or TENSORFLOW_DEFAULT_VERSION}")

    def add_tensorflow_pip_package(self, core_type=CPU, version=None):
        """Add TensorFlow from PyPI, instead of what is there of it."""
        name = _for_core(TENSORFLOW_PACKAGE_PREFIX, core_type)
        self._remove_pip_packages(TENSORFLOW_PACKAGE_PREFIX)
        self.add_pip_package(f"{name}=={version or TENSORFLOW_DEFAULT_VERSION}")

    def add_cntk_package(self, core_type=CPU):
        """Add CNTK from PyPI, instead of what is there of it."""
        name = _for_core(CNTK_PACKAGE_PREFIX, core_type)
        self._remove_pip_packages(CNTK_PACKAGE_PREFIX)
        self.add_pip_package(f"{name}=={CNTK_DEFAULT_VERSION}")

    # --- inside --------------------------------------------------------------------------------------------

    def _dependencies(self):
        return self._content.setdefault(PACKAGES, [])

    def _pip(self, make=False):
        for each in self._dependencies():
            if isinstance(each, dict) and PIP in each:
                if each[PIP] is None:
                    each[PIP] = []
                return each[PIP]
        if not make:
            return []
        section: dict = {PIP: []}
        self._dependencies().append(section)
        return section[PIP]

    def _set_pip(self, lines):
        if lines or self._pip():
            self._pip(make=True)[:] = lines

    def _remove_pip_packages(self, prefix):
        for each in [each for each in self.pip_packages if each.startswith(prefix)]:
            self.remove_pip_package(each)

    def _validate(self):
        if not any(_is_python(each) for each in self.conda_packages):
            raise UserErrorException("Python package is missing.")


def _name(package):
    """The name in a requirement; of a wheel that in its file's name."""
    if package.endswith(".whl"):
        return package.rsplit("/", 1)[-1].split("-")[0]
    return re.split(r"[\[=|<>~!]", package)[0]


def _version(package):
    found = _VERSION.search(package)
    return found[0] if found else None


def _is_python(package):
    return isinstance(package, str) and _name(package) == PYTHON_PREFIX


def _option(given):
    if not given.startswith("-"):
        raise UserErrorException(f"Invalid pip option {given}")
    return given.split()[0]


def _for_core(name, core_type):
    if core_type not in (CPU, GPU):
        raise UserErrorException(f"Invalid core type {core_type}. Only accept 'cpu' or 'gpu'")
    return f"{name}-gpu" if core_type == GPU else name


def _check(content):
    if not isinstance(content, dict):
        raise UserErrorException("Environment error: not a valid YAML structure")
    for key in content:
        if str(key) not in _KEYS:
            raise UserErrorException(f"Environment error: unknown {key} key in environment specification")
    if not isinstance(content.get(PACKAGES, []), list):
        raise UserErrorException("Environment error: 'dependencies' has to be a list")
    if PACKAGES not in content:
        content[PACKAGES] = []
