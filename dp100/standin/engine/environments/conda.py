"""Conda and pip files: what they name, and what of that this machine lacks. Nothing is ever installed."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dp100.standin.engine.errors import Invalid

# Conda names that differ from the name on PyPI.
_PYPI = {
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "py-xgboost": "xgboost",
    "py-lightgbm": "lightgbm",
    "matplotlib-base": "matplotlib",
    "msgpack-python": "msgpack",
    "pillow-simd": "pillow",
    "tensorflow-gpu": "tensorflow",
    "opencv": "opencv-python",
    "pyarrow-core": "pyarrow",
}
# Not Python packages, or the conda installation itself.
_IGNORED = """
    python pip conda setuptools wheel nomkl mkl blas openblas libgcc libgcc-ng libstdcxx-ng cudatoolkit cudnn
    pytorch-cuda openssl ca-certificates certifi git gcc gxx nodejs graphviz r-base openjdk
"""
# What the stand-in, or the packages that it depends on, answer for.
_PROVIDED = re.compile(
    r"(azureml-|azure-ai-ml$|azure-identity$|mltable$|azureml$|mlflow$|mlflow-skinny$|azure-ml)"
)
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(\[[^\]]*\])?\s*(.*)$")
_PIN = re.compile(r"(?:===?|=)\s*([0-9][A-Za-z0-9.!+_-]*?)(?:=.*)?$")


@dataclass(frozen=True, slots=True)
class Package:
    """A package that an environment names.

    Attributes:
        name: normalized as PyPI does: lower case, ``-``.
        pin: the exact version that is asked for, or None.
        written: as it stands in the file.
    """

    name: str
    pin: str | None
    written: str


def parse(source: str | Path | Mapping[str, Any]) -> dict[str, Any]:
    """The content of a conda file.

    Args:
        source: the content itself, its text, or the path of the file.

    Raises:
        Invalid: there is no such file, or it is no conda file.
    """
    if isinstance(source, Mapping):
        return _checked(dict(source), "The conda specification")
    text, where = str(source), "The conda specification"
    if isinstance(source, Path) or ("\n" not in text and ":" not in Path(text).name):
        path = Path(source)
        where = f"The conda file {path}"
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise Invalid(f"{where} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    import yaml

    try:
        held = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" in line {mark.line + 1}" if mark else ""
        raise Invalid(f"{where} is not valid YAML{line}: {getattr(error, 'problem', error)}.") from error
    return _checked(held, where)


def requirements(path: str | Path) -> list[str]:
    """The requirements in a pip file, without comments, options and blank lines; ``-r`` includes are followed.

    Raises:
        Invalid: a file is missing.
    """
    return list(_requirements(Path(path), set()))


def _requirements(path: Path, seen: set[Path]) -> Iterable[str]:
    if path.absolute() in seen:  # files that include each other
        return
    seen.add(path.absolute())
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            f"The pip requirements file {path} cannot be read: {getattr(error, 'strerror', None) or error}."
        ) from error
    for written in text.replace("\\\n", " ").splitlines():
        line = " ".join(re.sub(r"(^|\s)#.*$", "", written).split())
        if include := re.match(r"(?:-r|--requirement)[ =]*(.+)$", line):
            yield from _requirements(path.parent / include[1], seen)
        elif line and not line.startswith("-"):
            yield line


def packages(spec: Mapping[str, Any]) -> list[Package]:
    """The Python packages that an environment names, each once, in the order of the file.

    Args:
        spec: an environment (``conda_file``: content, text or path; ``pip_requirements``: a list; ``contents``: what
            is in the image of a curated one), or the content of a conda file itself.
    """
    written: list[str] = []
    if "dependencies" in spec:
        written += _dependencies(spec)
    for named in ("contents", "conda_file"):
        if conda := spec.get(named):
            written += _dependencies(parse(conda))
    written += [str(each) for each in spec.get("pip_requirements") or ()]
    found: dict[str, Package] = {}
    for line in written:
        if (package := _package(line)) and package.name not in found:
            found[package.name] = package
    return list(found.values())


def missing_packages(spec: Mapping[str, Any], path: Sequence[str] | None = None) -> list[str]:
    """The packages that an environment names and this Python lacks, as they are written in it.

    Args:
        spec: as for :func:`packages`.
        path: the folders to look in; ``sys.path`` by default.
    """
    there = installed(path)
    return [
        package.written for package in packages(spec) if package.name not in there and not _provided(package)
    ]


def differing_packages(
    spec: Mapping[str, Any], path: Sequence[str] | None = None
) -> list[tuple[str, str, str]]:
    """Packages that are pinned to another version than the one here: name, wanted, here."""
    there = installed(path)
    return [
        (package.name, package.pin, there[package.name])
        for package in packages(spec)
        if package.pin
        and not _provided(package)
        and there.get(package.name)
        and not f"{there[package.name]}.".startswith(f"{package.pin.rstrip('.*')}.")
    ]


def installed(path: Sequence[str] | None = None) -> dict[str, str]:
    """Version by normalized name of what the folders hold. Reads names of folders only: importlib.metadata is slow."""
    return dict(_installed(tuple(sys.path if path is None else path)))


@cache
def _installed(path: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in path:
        try:
            names = os.listdir(folder or ".")  # noqa: PTH208 - a third of the time of Path.iterdir
        except OSError:
            continue
        for name in names:
            stem, dot, kind = name.rpartition(".")
            if dot and kind in {"dist-info", "egg-info"}:
                words = stem.split("-")
                found.setdefault(normalized(words[0]), words[1] if len(words) > 1 else "")
    return found


def normalized(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _checked(held: Any, where: str) -> dict[str, Any]:
    if not isinstance(held, dict):
        raise Invalid(f"{where} should hold name, channels and dependencies.")
    dependencies = held.get("dependencies", [])
    if not isinstance(dependencies, list):
        raise Invalid(f"{where}: 'dependencies' should be a list.")
    for each in dependencies:
        if not isinstance(each, str) and not (isinstance(each, Mapping) and set(each) == {"pip"}):
            raise Invalid(f"{where}: {each!r} is neither a package nor a list 'pip'.")
    return held


def _dependencies(conda: Mapping[str, Any]) -> Iterable[str]:
    for each in conda.get("dependencies") or ():
        if isinstance(each, Mapping):
            for line in each.get("pip") or ():
                if not str(line).strip().startswith("-"):
                    yield str(line)
        else:
            yield str(each).rpartition("::")[2]  # conda-forge::numpy


def _package(line: str) -> Package | None:
    text = re.sub(r"(^|\s)#.*$", "", line).partition(";")[0].strip()
    if "://" in text:
        if " @ " not in text:
            return None  # a wheel by its address; its name is anybody's guess
        text = text.partition(" @ ")[0]
    found = _REQUIREMENT.match(text)
    if not found:
        return None
    name = normalized(found[1])
    name = _PYPI.get(name, name)
    if name in _IGNORED.split():
        return None
    pin = _PIN.fullmatch(found[3].strip())
    return Package(name, pin[1] if pin else None, text)


def _provided(package: Package) -> bool:
    return _PROVIDED.match(package.name) is not None
