"""Cores and memory of a web service."""

from __future__ import annotations

from azureml._local.later import absent as _absent

ContainerResourceRequirements = _absent(__name__, "ContainerResourceRequirements")
