"""Runs of profiles."""

from __future__ import annotations

from azureml._local.later import absent as _absent

DatasetActionRun = _absent(__name__, "DatasetActionRun")
