"""Checks of the lab "Environments"."""

from __future__ import annotations

import re
from importlib import metadata
from typing import Any

from dp100.labs.work import Seen, Work
from dp100.standin.engine.data.assets import Asset, AssetStore
from dp100.standin.engine.environments import conda
from dp100.standin.engine.errors import EngineError

CURATED = "AzureML-sklearn-1.5"
IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu22.04"
PINNED = {"pandas": "2.2.3", "scikit-learn": "1.5.2"}
TRACKING = ("mlflow", "azureml-mlflow")
DAIRY, REPORT, SERVICE = "dairy", "dairy-report", "dairy-service"


def curated_is_used(work: Work) -> None:
    """The newest job of the experiment smoke has completed in the curated environment for scikit-learn 1.5."""
    jobs = work.workspace.jobs("smoke")
    assert jobs, (
        "No job of the experiment smoke was submitted yet. A job does not begin without an `environment`: name the "
        "curated one in curated.yml."
    )
    job = jobs[0]
    given = job.spec.environment
    assert given, "The newest job names no environment. The key in curated.yml is `environment`."
    name = given.rpartition(":")[0] if isinstance(given, str) else "one that is described in the job itself"
    assert name.casefold() == CURATED.casefold(), (
        f"The newest job ran in {name}. Name the curated environment {CURATED}: `azureml:NAME@latest`."
    )
    log = job.log()
    assert job.status == "Completed", (
        f"The newest job is {job.status}. Its log ends with: {_last(log)}. smoke.py looks for the packages it is given."
    )
    for package in ("pandas", "scikit-learn"):
        assert re.search(rf"^{package} +{re.escape(metadata.version(package))}$", log, re.MULTILINE), (
            f"The log of the newest job does not tell which {package} it found. Leave the `command` of curated.yml as "
            "it was: `python smoke.py pandas scikit-learn joblib`."
        )


def environment_is_registered(work: Work) -> None:
    """A version of the environment dairy has the image, Python, both packages in their versions, and MLflow."""
    versions = _versions(work.workspace, DAIRY)
    faults = [_fault(version) for version in versions]
    # The newest one of this step: a later step adds pyarrow to a version of its own.
    own = [
        (version, fault)
        for version, fault in zip(versions, faults, strict=True)
        if "pyarrow" not in _packages(version)
    ]
    assert own, (
        f"Each version of {DAIRY} has pyarrow. That is the next step; register one from conda.yml first, without it."
    )
    assert any(not fault for _, fault in own), own[0][1]


def version_is_added(work: Work) -> None:
    """The newest version of dairy has pyarrow and all the rest, and an earlier one is as it was."""
    versions = _versions(work.workspace, DAIRY)
    newest = versions[0]
    assert "pyarrow" in _packages(newest), (
        f"The newest version, {DAIRY}:{newest.version}, has no pyarrow. Register another one, from conda-parquet.yml."
    )
    fault = _fault(newest)
    assert not fault, fault
    assert any("pyarrow" not in _packages(each) and not _fault(each) for each in versions[1:]), (
        f"There is no version of {DAIRY} as it was, without pyarrow, for last month's jobs. Do the step before this "
        "one first; a new version leaves it alone."
    )


def v1_environment_is_registered(work: Work) -> None:
    """The environment dairy-report was registered by SDK v1, with Python 3.11 and its packages."""
    found = work.workspace.environment(REPORT)
    definition = dict(dict(found.spec.get("v1") or {}).get("definition") or {})
    assert definition, (
        f"{REPORT}:{found.version} was registered by SDK v2. This step is about v1: `Environment` of `azureml.core`, "
        "and its method `register`."
    )
    assert not dict(definition.get("python") or {}).get("userManagedDependencies"), (
        f"{REPORT}:{found.version} manages its packages itself (`user_managed_dependencies`), so the service would "
        "install none. Leave that at False."
    )
    named = _packages(found)
    where = "`CondaDependencies.create` makes the packages; put them into `python.conda_dependencies`."
    for package, pin, manager in (("pandas", "2.2.3", "conda"), ("openpyxl", "3.1.5", "pip")):
        _names(found, package, pin, where)
        assert _manager(found, package) == manager, (
            f"{REPORT}:{found.version} takes {package} from {_manager(found, package)}; it should be {manager}: "
            f"`{manager}_packages` of `CondaDependencies.create`."
        )
    assert "azureml-defaults" in named, (
        f"{REPORT}:{found.version} has no azureml-defaults, so a script in it cannot import `Run`. Add it to "
        "`pip_packages`."
    )
    assert _python(found).startswith("3.11"), (
        f"{REPORT}:{found.version} has Python {_python(found) or 'of any version'}. Its argument is "
        '`python_version="3.11"`.'
    )


def copy_is_registered(work: Work) -> None:
    """dairy-service is a copy of the curated environment for scikit-learn 1.5, with an inferencing stack."""
    found = work.workspace.environment(SERVICE)
    curated = AssetStore(work.workspace.ws, "environments").list(CURATED)
    assert found.spec.get("dockerfile") in [each.spec["dockerfile"] for each in curated], (
        f"{SERVICE}:{found.version} is not built from the Dockerfile of {CURATED}. `Environment.get` finds the curated "
        "one, and `clone` copies it with its Dockerfile."
    )
    definition = dict(dict(found.spec.get("v1") or {}).get("definition") or {})
    assert dict(definition.get("python") or {}).get("userManagedDependencies"), (
        f"{SERVICE}:{found.version} has `user_managed_dependencies` False: the service would make a Python of its own "
        "beside the one in the image. Leave it as `clone` copied it."
    )
    stack = definition.get("inferencingStackVersion")
    assert stack == "latest", (
        f"The inferencing stack of {SERVICE}:{found.version} is {stack or 'not set'}, so it could train but not serve. "
        'Set `inferencing_stack_version` of the copy to "latest", and register it after that.'
    )


def _versions(seen: Seen, name: str) -> list[Asset]:
    """All versions of an environment, the newest first."""
    seen.environment(name)
    return seen.assets("environments", name)


def _packages(found: Asset) -> dict[str, str | None]:
    """Version by name of the Python packages; None where none is given. None at all if the file is no conda file."""
    try:
        return {package.name: package.pin for package in conda.packages(found.spec)}
    except EngineError:
        return {}


def _dependencies(found: Asset) -> list[Any]:
    held = found.spec.get("conda_file")
    try:
        return list(conda.parse(held).get("dependencies") or ()) if held else []
    except EngineError:
        return []


def _python(found: Asset) -> str:
    """The version of Python; empty where none is given."""
    for each in _dependencies(found):
        if isinstance(each, str) and each.split("=")[0].strip() == "python":
            return each.partition("=")[2].strip("= ")
    return ""


def _manager(found: Asset, package: str) -> str:
    """Whether a package comes from conda or from pip."""
    own = [each for each in _dependencies(found) if isinstance(each, str)]
    return "conda" if any(each.name == package for each in conda.packages({"dependencies": own})) else "pip"


def _fault(found: Asset) -> str:
    """What is wrong with a version of dairy; empty when nothing is."""
    label = f"{DAIRY}:{found.version}"
    after = f"A version never changes, so mend the file and register version {_next(found.version)}."
    image = found.spec.get("image")
    if image != IMAGE:
        return f"{label} has the image {image or '(none)'}, and should have {IMAGE}. {after}"
    if not found.spec.get("conda_file"):
        return f"{label} has an image and no packages. `conda_file` names a file that has some. {after}"
    try:
        for package, pin in PINNED.items():
            _names(found, package, pin, after)
    except AssertionError as error:
        return str(error)
    lacking = [package for package in TRACKING if package not in _packages(found)]
    if lacking:
        return f"{label} has no {' and no '.join(lacking)}, so a job could not log with MLflow. {after}"
    if not _python(found):
        return f"{label} names no Python. Keep the line `python=3.11` of the conda file. {after}"
    return ""


def _names(found: Asset, package: str, pin: str, after: str) -> None:
    named = _packages(found)
    label = f"{found.name}:{found.version}"
    assert package in named, (
        f"{label} has no {package}, only {', '.join(sorted(named)) or 'no package'}. {after}"
    )
    assert named[package] is not None, (
        f"{label} leaves open which {package} it has, and would stay at what is newest at the first build. Write the "
        f"version {pin}. {after}"
    )
    assert named[package] == pin, f"{label} has {package} {named[package]} instead of {pin}. {after}"


def _next(version: str) -> str:
    return str(int(version) + 1) if version.isdecimal() else "2"


def _last(log: str) -> str:
    lines = log.strip().splitlines()
    return lines[-1][:200] if lines else "(nothing)"
