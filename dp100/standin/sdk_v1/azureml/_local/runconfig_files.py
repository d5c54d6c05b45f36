"""Run configurations and environments, from the dicts and the files that they are written as."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

import yaml
from azureml._base_sdk_common.abstract_run_config_element import _AbstractRunConfigElement
from azureml._local import runconfig_parts as parts
from azureml._local.environment_sections import DockerBuildContext, SparkPackage
from azureml._local.naming import snake
from azureml.core import databricks
from azureml.core.conda_dependencies import CondaDependencies
from azureml.exceptions._azureml_exception import RunConfigurationException, UserErrorException

AML_CONFIG_DIR = "aml_config"
AZUREML_DIR = ".azureml"
EXTENSION = ".runconfig"
_CONDA = "conda_dependencies.yml"
_ENVIRONMENT = "environment.yml"

# What is made where a section is None until somebody sets it, or is one of several.
_SECTIONS: dict[str, type] = {
    "build_context": DockerBuildContext,
    "data_location": parts.DataLocation,
    "output_location": parts.DataLocation,
    "dataset": parts.Dataset,
    "data_path": parts.DataPath,
    "uri": parts.Uri,
    "additional_options": parts.OutputOptions,
    "registration_options": parts.RegistrationOptions,
    "upload_options": parts.UploadOptions,
    "mount_options": parts.MountOptions,
    "source_globs": parts.GlobsOptions,
}
_BY_NAME: dict[str, type] = {
    "data": parts.Data,
    "data_references": parts.DataReferenceConfiguration,
    "output_data": parts.OutputData,
    "services": parts.ApplicationEndpointConfiguration,
}
_LISTED: dict[str, type] = {
    "packages": SparkPackage,
    "maven_libraries": databricks.MavenLibrary,
    "pypi_libraries": databricks.PyPiLibrary,
    "rcran_libraries": databricks.RCranLibrary,
    "jar_libraries": databricks.JarLibrary,
    "egg_libraries": databricks.EggLibrary,
}
_NUMBERS = ("node_count", "max_run_duration_seconds", "priority")


def filled(element, held):
    """A section with the content of its dict form; what it has no attribute for is left out, as in the SDK.

    Args:
        held: names in camel or in snake case.
    """
    for key, value in held.items():
        name = {"application_endpoints": "services"}.get(snake(key), snake(key))
        if hasattr(element, name):
            # Properties warn of their own end, or do more than to keep what they are given.
            setattr(
                element, f"_{name}" if f"_{name}" in vars(element) else name, _value(element, name, value)
            )
    return element


def _value(element, name, value):
    if value is None:
        return None
    now = getattr(element, name)
    if isinstance(value, dict):
        if isinstance(now, _AbstractRunConfigElement):
            return filled(now, value)
        if name in _SECTIONS:
            return filled(_SECTIONS[name](), value)
        if name in _BY_NAME:
            return {key: filled(_BY_NAME[name](), each) for key, each in value.items()}
        if name == "conda_dependencies":
            return CondaDependencies(_underlying_structure=value)
    if isinstance(now, _AbstractRunConfigElement):
        raise RunConfigurationException(f"{name} of a run configuration has to be a mapping, not {value!r}.")
    if name in _LISTED:
        return [filled(_LISTED[name](), each) for each in value]
    if name == "location_type":
        return value if isinstance(value, Enum) else DockerBuildContext.LocationType(value)
    if name in _NUMBERS:
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise RunConfigurationException(
                f"{name} of a run configuration has to be a number, not {value!r}."
            ) from error
    return value


# --- files -----------------------------------------------------------------------------------------------


def write(configuration, path, name, separate_environment):
    """Write a configuration, its packages in a conda file beside it.

    Args:
        path: a file, or a folder, where it becomes ``.azureml/<name>``.
        separate_environment: have the environment in a file of its own, ``environment.yml``.

    Raises:
        FileNotFoundError: there is no such folder.
        UserErrorException: a folder without a name.
    """
    place = Path(path or ".")
    if place.is_dir():
        if not name:
            raise UserErrorException("Cannot save a runconfig without a name specified")
        top, inside = place, f"{_folder(place)}/"
        file = top / inside / name
        file.parent.mkdir(exist_ok=True)
    elif place.is_file() or (place.suffix and place.parent.is_dir()):
        top, inside, file = place.parent, "", place
    else:
        raise FileNotFoundError("Path does not exist")
    content = configuration._to_dict()
    environment, packages = content["environment"], configuration.environment.python.conda_dependencies
    python = environment["python"]
    del python["condaDependencies"]
    if packages is not None:
        python["condaDependenciesFile"] = python["condaDependenciesFile"] or f"{inside}{_CONDA}"
        packages.save_to_file(top, python["condaDependenciesFile"])
    if separate_environment:
        content["environment"] = f"{inside}{_ENVIRONMENT}"
        (top / content["environment"]).write_text(_text(environment), encoding="utf-8")
    file.write_text(_text(content), encoding="utf-8")


def read(configuration, path, name):
    """Fill a configuration from a file, or from that of its name in a folder.

    Raises:
        UserErrorException: there is none.
        RunConfigurationException: what is there is no run configuration.
    """
    place = Path(path or ".")
    file = _found(place, name)
    held = _content(file)
    top = file.parent if place.is_file() else place
    if isinstance(held.get("environment"), str):
        held["environment"] = _content(top / held["environment"])
    filled(configuration, held)
    python = getattr(configuration.environment, "python", None)
    if python is not None and python.conda_dependencies_file is not None:
        python.conda_dependencies = CondaDependencies(top / python.conda_dependencies_file)
    configuration._path = str(place)
    configuration._name = file.name if name else None
    return configuration


def delete(path, name):
    """Delete the configuration of that name in a folder."""
    known = [Path(path) / folder / f"{name}{EXTENSION}" for folder in (AML_CONFIG_DIR, AZUREML_DIR)]
    found = [file for file in known if file.is_file()]
    if not found:
        raise UserErrorException(f"Run config {name} not found in {Path.cwd()}")
    for file in found:
        file.unlink()


def _folder(top):
    return AML_CONFIG_DIR if (top / AML_CONFIG_DIR).exists() else AZUREML_DIR


def _found(place, name):
    known = [place]
    if name:
        inside = place / _folder(place) / name
        known = [*known, inside, inside.with_name(name + EXTENSION), place / (name + EXTENSION)]
    for file in known:
        if file.is_file():
            return file
    raise UserErrorException(f"Failed to load RunConfiguration from path={place} name={name}")


def _content(file):
    try:
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise RunConfigurationException(f"{file} is not valid YAML: {error}") from error
    if not isinstance(held, dict):
        raise RunConfigurationException(f"{file} is no run configuration: it has to hold a mapping.")
    return held


def _text(content):
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
