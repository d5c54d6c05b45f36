"""Registered models as plain records, and the rules for their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from dp100.standin.engine.errors import Invalid

CUSTOM, MLFLOW, TRITON = "custom_model", "mlflow_model", "triton_model"
TYPES = (CUSTOM, MLFLOW, TRITON)
STAGES = ("None", "Staging", "Production", "Archived")
LATEST = "latest"

_HIGHEST_VERSION = 2**31 - 1
_NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9\-._]{0,254}")
_LABEL = re.compile(r"[\w\-]{1,255}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Model:
    """One version of a registered model, as it was when it was read.

    Attributes:
        version: 1, 2, 3 ...
        type: ``custom_model``, ``mlflow_model`` or ``triton_model``.
        path: the file or folder on disk, under the name that it was registered with.
        source: the URI that MLflow knows it by.
        flavors: of an MLflow model, by name, as its MLmodel file has them.
        framework, framework_version: what SDK v1 was told, such as ``ScikitLearn``.
        stage: MLflow's: ``None``, ``Staging``, ``Production``, ``Archived``.
        labels: MLflow's aliases of this version.
        run_id: the run it comes from;  experiment: the name of that run's experiment.
        archived: hidden from lists, itself or with the whole model.
        extra: whatever else an SDK layer keeps with it.
    """

    name: str
    version: int
    type: str
    path: Path
    source: str
    description: str | None
    tags: Mapping[str, str]
    properties: Mapping[str, str]
    flavors: Mapping[str, Any]
    framework: str | None
    framework_version: str | None
    stage: str
    labels: tuple[str, ...]
    run_id: str | None
    experiment: str | None
    created: datetime | None
    updated: datetime | None
    created_by: str
    archived: bool
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``name:version``, as SDK v1 shows it."""
        return f"{self.name}:{self.version}"


@dataclass(frozen=True, slots=True)
class ModelContainer:
    """A registered model as a whole.

    Attributes:
        latest: its highest version that is not archived (the highest, if all are); None if all were deleted.
    """

    name: str
    latest: int | None
    description: str | None
    tags: Mapping[str, str]
    archived: bool
    created: datetime | None
    updated: datetime | None


def check_name(name: object) -> str:
    """``name``, if the service takes it for a model.

    Raises:
        Invalid: it does not.
    """
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        # The sentence of azureml-core's model_name_validation.
        raise Invalid(
            "Error, provided model name is invalid. It must only consist of letters, numbers, dashes, periods, or"
            " underscores, start with a letter or number, and be between 1 and 255 characters long.",
            target="model",
        )
    return name


def check_version(version: object) -> int:
    """A version as the number that it is; unlike those of other assets it must be a positive whole number.

    Raises:
        Invalid: it is not.
    """
    text = str(version)
    # MLflow's column for it is a 32-bit INTEGER in other databases; the time in seconds fits, and is often taken.
    whole = not isinstance(version, bool) and re.fullmatch(r"0*[1-9][0-9]{0,9}", text, re.ASCII)
    if not whole or int(text) > _HIGHEST_VERSION:
        raise Invalid(
            f"The model version '{text}' is invalid: it must be a positive integer up to {_HIGHEST_VERSION}.",
            target="model",
        )
    return int(text)


def check_label(label: str) -> str:
    """A label that may be given to a version.

    Raises:
        Invalid: it has other characters, or is one that means a version by itself (``latest``, ``v1``).
    """
    if not _LABEL.fullmatch(label):
        raise Invalid(
            f"Invalid alias name: '{label}'. Names may only contain alphanumerics, underscores (_), and dashes (-).",
            target="model",
        )
    if label.lower() == LATEST:
        raise Invalid("'latest' alias name (case insensitive) is reserved.", target="model")
    if re.fullmatch(r"[vV]\d+", label):
        raise Invalid(f"Version alias name '{label}' is reserved.", target="model")
    return label


def check_stage(stage: str) -> str:
    """MLflow's spelling of a stage.

    Raises:
        Invalid: there is none of that name.
    """
    for known in STAGES:
        if stage.lower() == known.lower():
            return known
    raise Invalid(
        f"Invalid Model Version stage: {stage}. Value must be one of {', '.join(STAGES)}.", target="model"
    )
